"""`classify train` in a workspace: the shipped labels and the user's -> a version, and what it makes of unseen ones."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.arrays import Floats
from classifier.errors import LabelError
from classifier.evaluation.held_out import HeldOut, held_out_of_outcomes, load_held_out, save_held_out
from classifier.evaluation.paragraphs import paragraphs_of_training
from classifier.evaluation.predict_examples import predict_examples
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.labelling.sources import LabelledSet
from classifier.labelling.taxonomy import load_taxonomy
from classifier.messages import message
from classifier.model import bundle
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.model.outcomes import Outcomes
from classifier.output.reports.model_card import model_card
from classifier.progress import Progress, quiet
from classifier.records import Example
from classifier.resources import default_model, labels_folder, taxonomy_file
from classifier.settings import Settings
from classifier.tasks.new_areas import write_tagging_model
from classifier.tasks.train import train_on
from classifier.tasks.versions import ABOUT_FILE
from classifier.training.training_set import TrainingSet, files_checksum, load_training_set
from classifier.training.update import MOST_NEW, Updated, out_of_fold, update_model, updated_hash
from classifier.workspace.areas import added_areas, seed_terms, workspace_taxonomy
from classifier.workspace.label_log import saved_labels
from classifier.workspace.new_areas import FULL_PART, areas_in_use
from classifier.workspace.place import Workspace, find_workspace, workspace_settings
from classifier.workspace.saved_labels import as_examples
from classifier.workspace.versions import MODEL_PART, SHIPPED, Version, new_version
from classifier.workspace.versions import version as version_of

HELD_OUT_FILE = "held-out.npz"
FEW_PARAGRAPHS = 20  # of an area, under which its figures mean little


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version that was just added.

    mine: the user's examples that it learned from. paragraphs: of how many paragraphs they are. few: areas
    with too few of the user's labels, and how many each has. trial: added areas that it does not tag before a sample of
    them is checked. updated: how it was made of the shipped model, if it was, and is not measured yet.
    """

    version: Version
    mine: tuple[Example, ...]
    paragraphs: int
    few: tuple[tuple[str, int], ...]
    trial: tuple[str, ...]
    updated: Updated | None


def retrain(workspace: Workspace, *, only_mine: bool = False, jobs: int = 1, progress: Progress = quiet) -> NewVersion:
    """Train on the shipped labels and on those of the workspace, or on the latter alone, and add a version.

    It is not used yet. With few labels beside the shipped ones, the shipped model is updated, which takes seconds, and
    `measure` then tells how good it is. Raises LabelError where there is nothing of the user to learn from.
    """
    mine = own_examples(workspace)
    if not mine:
        raise LabelError(
            message(
                "{place}: no labels yet; 'classify review REPORT' or 'classify labels import FILE' adds some",
                place=workspace.folder,
            )
        )
    settings = workspace_settings(workspace)
    trained = None
    if (updated := None if only_mine else _update(workspace, settings, mine, jobs, progress)) is not None:
        model, card = updated.model, model_card(updated.model, updated.rows.counts)
    else:
        training = training_set(workspace, mine, only_mine)
        terms = {area: seed_terms(workspace, area) for area in added_areas(workspace)}
        trained, counts = train_on(training, settings, seed_terms=terms, jobs=jobs, progress=progress)
        model, card = trained.model, model_card(trained.model, counts, trained.out_of_fold)
    with new_version(workspace) as growing:
        folder = growing.folder
        bundle.save_model(model, folder / MODEL_PART, card)
        load_model(folder / MODEL_PART)
        trial = write_tagging_model(workspace, folder, areas_in_use(workspace))
        if trained is not None:
            save_held_out(_held_out(training, counts, model, trained.out_of_fold), folder / HELD_OUT_FILE)
        about = {"own_paragraphs": own_paragraphs(mine), "only_mine": only_mine}
        (folder / ABOUT_FILE).write_text(json.dumps(about), encoding="utf-8")
    return NewVersion(
        version_of(workspace, growing.name),
        mine,
        own_paragraphs(mine),
        _few(mine, added_areas(workspace), only_mine),
        trial,
        updated,
    )


def measure(workspace: Workspace, added: NewVersion, *, jobs: int = 1, progress: Progress = quiet) -> None:
    """Keep what an updated version makes of paragraphs that it has not seen, for comparisons."""
    if added.updated is None or added.version.parts is None:
        return
    training = training_set(workspace, added.mine)
    scores = out_of_fold(added.updated, jobs, progress)
    held_out = _held_out(training, added.updated.rows.counts, added.updated.model, scores)
    save_held_out(held_out, added.version.parts / HELD_OUT_FILE)


def is_measured(version: Version) -> bool:
    """Whether it is known what a version made of paragraphs that it had not seen; not if its training was ended."""
    return version.parts is None or (version.parts / HELD_OUT_FILE).exists()


def can_be_updated(shipped: Model, workspace: Workspace, settings: Settings, mine: Sequence[Example]) -> bool:
    """Whether a training is that of the shipped model, but for a few labels more."""
    same = settings == shipped.settings and shipped_ids() == workspace_taxonomy(workspace).ids
    return same and shipped.outcomes is not None and own_paragraphs(mine) <= MOST_NEW * _paragraphs(shipped.outcomes)


def _paragraphs(outcomes: Outcomes) -> int:
    return int(outcomes.paragraph[-1]) + 1 if len(outcomes.paragraph) else 0


def _update(
    workspace: Workspace, settings: Settings, mine: Sequence[Example], jobs: int, progress: Progress
) -> Updated | None:
    """Update the shipped model with the user's labels; None where a training from the start is due."""
    shipped = load_model(default_model())
    if not can_be_updated(shipped, workspace, settings, mine):
        return None
    own = LabelledSet(workspace_taxonomy(workspace), tuple(mine))
    data_hash, areas = updated_hash(shipped.data_hash, own), own.taxonomy.areas
    return update_model(shipped, labels_folder(), mine, areas, data_hash=data_hash, jobs=jobs, progress=progress)


def _held_out(training: TrainingSet, counts: LabelledCounts, model: Model, scores: Floats) -> HeldOut:
    """Return out-of-fold probabilities with the paragraphs that they are of."""
    paragraphs = paragraphs_of_training(training)
    return HeldOut(
        tuple(a.id for a in model.areas),
        tuple(p.id for p in paragraphs),
        tuple(p.report for p in paragraphs),
        counts.targets,
        counts.known,
        scores,
        model.settings.threshold,
    )


def shipped_ids() -> tuple[str, ...]:
    """Return the ids of the shipped areas."""
    return load_taxonomy(taxonomy_file()).ids


def own_examples(workspace: Workspace) -> tuple[Example, ...]:
    """Return what the user labelled, as training takes it. Raises LabelError where the log is damaged."""
    return as_examples(saved_labels(workspace).values(), workspace_taxonomy(workspace).ids)


def training_set(workspace: Workspace, mine: Sequence[Example], only_mine: bool = False) -> TrainingSet:
    """Return the shipped labels and the user's, or the latter alone, over the areas of the workspace."""
    taxonomy = workspace_taxonomy(workspace)
    if only_mine:
        return TrainingSet(LabelledSet(taxonomy, tuple(mine)), ())
    shipped_areas = shipped_ids()
    if not set(shipped_areas) <= set(taxonomy.ids):
        raise LabelError(
            message(
                "{place}: it leaves the shipped areas out, so the shipped labels do not fit; train with --only-mine",
                place=workspace.taxonomy_file,
            )
        )
    shipped = load_training_set([labels_folder()])
    examples = shipped.labelled.examples
    if shipped_areas != taxonomy.ids:
        examples = tuple(replace(e, known=frozenset(shipped_areas)) for e in examples)
    return TrainingSet(
        LabelledSet(taxonomy, (*examples, *mine)),
        shipped.extracts,
        own=frozenset(e.id for e in mine),
        base_checksum=files_checksum(labels_folder()),
    )


def labels_at_hand() -> TrainingSet:
    """Return the shipped labels, and in a workspace the user's beside them: what a model here may have learned from."""
    workspace = find_workspace()
    if workspace is None:
        return load_training_set([labels_folder()])
    mine = own_examples(workspace)
    return training_set(workspace, mine, only_mine=not set(shipped_ids()) <= set(workspace_taxonomy(workspace).ids))


def own_paragraphs(mine: Sequence[Example]) -> int:
    """Return how many paragraphs examples are of; one that was decided in two ways is two examples."""
    return len({(e.report, e.text) for e in mine})


def held_out_of(version: Version, mine: Sequence[Example], whole_reports: bool = False) -> HeldOut | None:
    """Return what a version made of paragraphs that it had not seen; None where that is not known.

    mine: the user's paragraphs; those that the version did not learn from are tagged now. whole_reports: leave out
    those of reports that it learned other paragraphs from.
    """
    known = _shipped_held_out(version) if version.name == SHIPPED else _kept_held_out(version)
    if known is None and version.name != SHIPPED:
        return None
    ids, reports = (set(known.ids), set(known.reports)) if known is not None else (set(), set())
    unseen = [e for e in mine if e.id not in ids and not (whole_reports and e.report in reports)]
    if not unseen:
        return known
    full = version.parts / FULL_PART if version.parts is not None else version.model
    model = load_model(full if full.is_dir() else version.model)  # as the kept scores are: areas on trial tagged
    areas = tuple(a.id for a in model.areas)
    predictions = predict_examples(model, [replace(e, areas=e.areas & frozenset(areas)) for e in unseen])
    fresh = HeldOut(
        areas,
        tuple(e.id for e in unseen),
        predictions.reports,
        predictions.truth,
        np.array([[e.speaks_of(a) for a in areas] for e in unseen], dtype=np.bool_),
        predictions.scores,
        predictions.threshold,
    )
    return fresh if known is None else _joined(known, fresh)


def _joined(one: HeldOut, other: HeldOut) -> HeldOut:
    return HeldOut(
        one.areas,
        one.ids + other.ids,
        one.reports + other.reports,
        np.concatenate([one.truth, other.truth]),
        np.concatenate([one.known, other.known]),
        np.concatenate([one.scores, other.scores]),
        one.threshold,
    )


def _kept_held_out(version: Version) -> HeldOut | None:
    return load_held_out(version.parts / HELD_OUT_FILE) if version.parts is not None else None


def _shipped_held_out(version: Version) -> HeldOut | None:
    model = load_model(version.model)
    if model.outcomes is None:
        return None
    paragraphs = paragraphs_of_training(load_training_set([labels_folder()]))
    ids, reports = [p.id for p in paragraphs], [p.report for p in paragraphs]
    try:
        areas = [a.id for a in model.areas]
        return held_out_of_outcomes(model.outcomes, areas, ids, reports, model.settings.threshold)
    except ValueError:  # the model was made of other labels
        return None


def _few(mine: Sequence[Example], added: Sequence[str], only_mine: bool) -> tuple[tuple[str, int], ...]:
    """Return the areas with too few positive paragraphs: of all that are labelled, or of the added ones."""
    spoken = {a for e in mine for a in (e.known or e.areas)}
    counts = {area: sum(area in e.areas for e in mine) for area in (sorted(spoken) if only_mine else added)}
    return tuple((area, n) for area, n in counts.items() if n < FEW_PARAGRAPHS)
