"""`classify audit` without a terminal: labels in, out come those that are probably wrong or contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from classifier.arrays import Bools, Floats
from classifier.documents.structure import single_paragraph
from classifier.errors import ClassifierError, LabelError
from classifier.evaluation.held_out import HeldOut
from classifier.evaluation.predict_examples import predict_examples
from classifier.features.user_dictionary import policy_words
from classifier.labelling.inconsistencies import contradictions, disputes
from classifier.labelling.sources import PARAGRAPHS_FOLDER
from classifier.messages import message
from classifier.model.bundle import load_model
from classifier.model.explain import explain
from classifier.model.model import Model
from classifier.progress import Progress, quiet
from classifier.records import CONTENT, Example, Paragraph, Prediction
from classifier.resources import labels_folder
from classifier.selection.audited import Audit, AuditedParagraph, DoubtfulLabel, WhyAudited
from classifier.selection.label_issues import label_issues, self_confidences, worst_first
from classifier.settings import Settings
from classifier.tasks.retrain import held_out_of, own_examples
from classifier.training.train import train_model
from classifier.training.training_set import TrainingSet, count_training_set, load_training_set
from classifier.workspace.place import Workspace
from classifier.workspace.reader_differences import reader_differences
from classifier.workspace.versions import SHIPPED, used_versions, version

LEAST_TO_LEARN = 500  # labelled paragraphs that can be learned from by themselves
_WORDS = 4  # that are named


@dataclass(frozen=True, slots=True, eq=False)
class OutOfFold:
    """Labels and what a model that has not seen them makes of each; arrays have shape (examples, areas).

    areas: ids, one column each. known: of which areas the labels of an example speak.
    """

    areas: tuple[str, ...]
    truth: Bools
    known: Bools
    scores: Floats


def audit_workspace(workspace: Workspace, model: Model | None, size: int) -> tuple[Audit, Model]:
    """Look for wrong labels among those of a workspace; returns with what was found the model that explains it.

    model: one that has not seen them; without it, each is judged by what the version that is used made of it when it
    had not seen its report. Raises LabelError where nothing is labelled, ClassifierError where that was not kept.
    """
    examples = own_examples(workspace)
    if not examples:
        raise LabelError(message("{place}: nothing is labelled yet; nothing to audit", place=workspace.folder))
    used = version(workspace, used_versions(workspace)[-1])
    judge = load_model(used.model) if model is None else model
    own = model is None and used.name != SHIPPED
    kept = held_out_of(used, examples) if own else None
    if own and kept is None:
        raise ClassifierError(
            message(
                "version {name} does not keep what it made of labels that it had not seen; 'classify train' adds one "
                "that does, --model shipped judges by the shipped model",
                name=used.name,
            )
        )
    found = tagged(judge, examples) if kept is None else _of_held_out(kept, examples)
    audit = audit_examples(examples, found, judge, size)
    return replace(audit, readers=reader_differences(workspace)), judge


def _of_held_out(kept: HeldOut, examples: Sequence[Example]) -> OutOfFold:
    """Return what was kept of examples; the labels are those of now."""
    places = {identity: i for i, identity in enumerate(kept.ids)}
    rows = np.array([places[e.id] for e in examples], dtype=np.int64)
    areas = kept.areas
    truth = np.array([[a in e.areas for a in areas] for e in examples], dtype=np.bool_)
    known = np.array([[e.speaks_of(a) for a in areas] for e in examples], dtype=np.bool_)
    return OutOfFold(areas, truth, known, kept.scores[rows])


def audit_files(
    labels: Sequence[Path], model: Model | None, size: int, *, jobs: int = 1, progress: Progress = quiet
) -> tuple[Audit, Model]:
    """Look for wrong labels in label files and folders; returns with what was found the model that explains it.

    model: one that has not seen them; without it, those that belong together judge each other: those that are named, or
    all shipped ones where they are a part of these. No label is judged by what was learned from its own report. Raises
    LabelError with a line for each fault, or where there is too little to learn from.
    """
    training = load_training_set(labels)
    examples = tuple(sorted(training.labelled.examples, key=lambda e: e.id))
    textless = sum(len(named.extract.paragraphs) for named in training.extracts)
    if model is not None:
        return replace(audit_examples(examples, tagged(model, examples), model, size), without_text=textless), model
    judges, settings = _shipped_around(training) or training, Settings()
    areas, user_words = judges.labelled.taxonomy.areas, policy_words(settings)
    counts = count_training_set(judges, user_words, settings)
    trained = train_model(counts, areas, user_words, settings, jobs=jobs, progress=progress)
    places = {identity: i for i, identity in enumerate(sorted(e.id for e in judges.labelled.examples))}
    rows = np.array([places[e.id] for e in examples], dtype=np.int64)
    ids = tuple(area.id for area in areas)
    found = OutOfFold(ids, counts.targets[rows], counts.known[rows], trained.out_of_fold[rows])
    return replace(audit_examples(examples, found, trained.model, size), without_text=textless), trained.model


def too_few_to_judge(labels: Sequence[Path]) -> int:
    """Return how many labelled paragraphs there are where these are too few to judge each other; else 0.

    Raises LabelError with a line for each fault.
    """
    training = load_training_set(labels)
    paragraphs = len(training.labelled.examples) + sum(len(named.extract.paragraphs) for named in training.extracts)
    return paragraphs if paragraphs < LEAST_TO_LEARN and _shipped_around(training) is None else 0


def _shipped_around(training: TrainingSet) -> TrainingSet | None:
    """Return all shipped labels where some of them are named; None where others are, or the shipped are not here."""
    if training.extracts or not (labels_folder() / PARAGRAPHS_FOLDER).is_dir():
        return None
    shipped = load_training_set([labels_folder()])
    known = {e.id: e for e in shipped.labelled.examples}
    return shipped if all(known.get(e.id) == e for e in training.labelled.examples) else None


def tagged(model: Model, examples: Sequence[Example]) -> OutOfFold:
    """Return what a model that has not seen them makes of labelled paragraphs; areas that it lacks are left out."""
    ids = frozenset(a.id for a in model.areas)
    found = predict_examples(model, [replace(e, areas=e.areas & ids) for e in examples])
    return OutOfFold(found.areas, found.truth, found.counted, found.scores)


def audit_examples(examples: Sequence[Example], found: OutOfFold, model: Model, size: int) -> Audit:
    """Return at most `size` paragraphs with doubtful labels, and all contradictions and disputes.

    found: rows are those of the examples. model: explains what speaks for and against an area.
    """
    confidence = self_confidences(found.truth, found.scores)
    issues = label_issues(found.truth, found.scores, found.known)
    by_example: dict[int, list[int]] = {}
    for row, area in zip(*(part.tolist() for part in worst_first(issues, confidence)), strict=True):
        by_example.setdefault(row, []).append(area)
    differing, disputed = contradictions(examples), disputes(examples)
    why: dict[int, list[WhyAudited]] = {row: [WhyAudited.LABEL_DOUBTFUL] for row in list(by_example)[:size]}
    for unit in (unit for one in differing for unit in one.units):
        _add(why, unit.example, WhyAudited.DUPLICATE_DIFFERS)
    for one in disputed:
        _add(why, one.example, WhyAudited.READERS_DIFFER)
    audited = _Audited(examples, found, model)
    rows = tuple(audited.paragraph(row, by_example.get(row, []), codes) for row, codes in why.items())
    counted = (int(issues.sum()), len(by_example), int(found.known.sum()))
    return Audit(rows, tuple(examples), *counted, differing, disputed)


def _add(why: dict[int, list[WhyAudited]], example: int, code: WhyAudited) -> None:
    own = why.setdefault(example, [])
    if code not in own:
        own.append(code)


class _Audited:
    """Makes the rows of an audit."""

    def __init__(self, examples: Sequence[Example], found: OutOfFold, model: Model) -> None:
        self.examples, self.found, self.model = examples, found, model
        self.columns = {area.id: i for i, area in enumerate(model.areas)}

    def paragraph(self, row: int, areas: Sequence[int], why: Sequence[WhyAudited]) -> AuditedParagraph:
        """Return the row of an example. areas: columns of its doubtful labels."""
        example = self.examples[row]
        own = single_paragraph(example.text)
        paragraph = own._replace(line=example.line or 1, heading=example.heading)
        (prediction,) = self.model.predict_paragraphs([paragraph], by_sentence=True)
        doubtful = tuple(self._doubtful(example, prediction, row, area) for area in areas)
        judged = [a for a in self.found.areas if a in example.areas]
        labelled = (*judged, *sorted(example.areas.difference(judged)))  # kept labels must be whole, whoever judges
        name = example.document or example.report
        return AuditedParagraph(example.id, name, prediction, labelled, tuple(why), doubtful, example.known)

    def _doubtful(self, example: Example, prediction: Prediction, row: int, column: int) -> DoubtfulLabel:
        area, labelled = self.found.areas[column], bool(self.found.truth[row, column])
        sentence = self._sentence(example, prediction, area, labelled)
        words = self._words(prediction.paragraph, area, labelled)
        return DoubtfulLabel(area, labelled, round(float(self.found.scores[row, column]), 4), sentence, words)

    def _sentence(self, example: Example, prediction: Prediction, area: str, labelled: bool) -> str:
        """Return the first sentence that is labelled with the area; else the one that the model finds likeliest."""
        if labelled and example.sentence_areas is not None:
            pairs = zip(example.sentences, example.sentence_areas, strict=True)
            return next((text for text, areas in pairs if areas and area in areas), example.text)
        column = self.columns.get(area)
        if column is None or not prediction.sentence_probabilities:
            return example.text
        best = max(
            range(len(prediction.sentence_probabilities)), key=lambda i: prediction.sentence_probabilities[i][column]
        )
        sentence = prediction.paragraph.sentences[best]
        return prediction.paragraph.text[sentence.start : sentence.end]

    def _words(self, paragraph: Paragraph, area: str, labelled: bool) -> tuple[str, ...]:
        """Return the words that speak most for the area where the label says no, and against it where it says yes."""
        if paragraph.kind not in CONTENT or area not in self.columns:
            return ()
        sign = -1 if labelled else 1
        values = [word for explanation in explain(self.model, paragraph, [area]) for word in explanation.words]
        best = sorted((w for w in values if sign * w.value > 0), key=lambda w: -sign * w.value)
        texts = dict.fromkeys(paragraph.text[w.start : w.end] for w in best)
        return tuple(text for text in texts if any(c.isalpha() for c in text))[:_WORDS]


def too_few_to_learn(paragraphs: int) -> str:
    """Return what users are told whose labels are too few to judge each other."""
    return message(
        "{n} labelled paragraphs are too few to judge each other; the model that is used judges them, as if it had not "
        "seen them",
        n=paragraphs,
    )
