"""Cross-validation: each paragraph is tagged by a model that never saw its report."""

from collections.abc import Sequence

import numpy as np

from classifier.arrays import Bools, Ints
from classifier.errors import LabelError
from classifier.evaluation.error_cases import ErrorCase, find_error_cases, worst_cases
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED, LabelledCounts, take_paragraphs
from classifier.messages import message
from classifier.model.model import Tags
from classifier.progress import Progress, quiet
from classifier.records import Area
from classifier.settings import Settings
from classifier.training.folds import deal_folds, lacking_areas
from classifier.training.train import train_model

CASES_SHOWN = 3  # misses and false alarms of each area that are shown


def cross_validate(
    labelled_counts: LabelledCounts,
    areas: Sequence[Area],
    user_words: dict[str, int],
    fold: Ints,
    settings: Settings,
    *,
    paragraphs: Sequence[EvaluatedParagraph] = (),
    learned: Bools | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> tuple[EvaluatedPredictions, list[ErrorCase]]:
    """Tag each report with a model trained on the other folds, its terms, tf-idf and calibration included.

    fold: shape (paragraphs,). With `paragraphs`, what is known of each, the worst error cases are returned too.
    learned: shape (paragraphs,), which may be learned from; all by default.
    """
    whole = np.zeros(labelled_counts.targets.shape)
    single = np.zeros(labelled_counts.labels.shape)
    evidence = np.zeros(labelled_counts.labels.shape, dtype=np.bool_)
    found: list[ErrorCase] = []
    folds = np.unique(fold)
    may_learn = np.ones(len(fold), dtype=np.bool_) if learned is None else learned
    for done, f in enumerate(folds, start=1):
        held_out = fold == f
        tags, worst = _tag_fold(
            labelled_counts, held_out, may_learn, areas, user_words, settings, _those_of(paragraphs, held_out), jobs
        )
        rows = held_out[labelled_counts.sentence_to_paragraph]
        whole[held_out], single[rows], evidence[rows] = tags.paragraphs, tags.sentences, tags.evidence
        found += worst
        progress(message("folds done: {done} of {n}", done=done, n=len(folds)))
    ids = tuple(a.id for a in areas)
    tags = Tags(whole, single, evidence)
    return evaluated_counts(labelled_counts, tags, ids, fold, settings.threshold), worst_cases(found, CASES_SHOWN)


def evaluated_counts(
    labelled_counts: LabelledCounts, tags: Tags, ids: Sequence[str], fold: Ints, threshold: float
) -> EvaluatedPredictions:
    """Return what was found in counted paragraphs beside their labels, and in those sentences whose areas are known.

    What is not labelled counts for nothing, like what is disputed.

    fold: that of each paragraph, shape (paragraphs,), or empty. threshold: that of the models.
    """
    labels = labelled_counts.labels
    known = (labels != UNKNOWN).all(axis=1) & (labels != UNLABELLED).any(axis=1)
    paragraph = labelled_counts.sentence_to_paragraph[known]
    sentences = EvaluatedPredictions(
        tuple(ids),
        labelled_counts.labels[known] == 1,
        tags.sentences[known],
        tuple(labelled_counts.reports[p] for p in paragraph),
        fold[paragraph] if len(fold) else fold,
        disputed=_any(labelled_counts.labels[known] == UNLABELLED),
        evidence=tags.evidence[known],
        row_to_paragraph=paragraph,
    )
    return EvaluatedPredictions(
        tuple(ids),
        labelled_counts.targets,
        tags.paragraphs,
        labelled_counts.reports,
        fold,
        disputed=_any(~labelled_counts.known),
        threshold=threshold,
        sentences=sentences if known.any() else None,
    )


def _any(disputed: Bools) -> Bools | None:
    return disputed if disputed.any() else None


def _those_of(paragraphs: Sequence[EvaluatedParagraph], held_out: Bools) -> list[EvaluatedParagraph]:
    """Return the held-out paragraphs; none where nothing is known of any."""
    return [p for p, out in zip(paragraphs, held_out, strict=True) if out] if paragraphs else []


def folds_of(labelled_counts: LabelledCounts, folds: int, seed: int) -> Ints:
    """Return the fold of each paragraph, from 0, shape (paragraphs,).

    Raises LabelError where there are fewer reports than folds, or a fold has no case of an area that enough reports
    have.
    """
    if (reports := len(set(labelled_counts.reports))) < folds:
        raise LabelError(
            message(
                "labels: {reports} reports cannot make {folds} folds; give a smaller --cv or more reports",
                reports=reports,
                folds=folds,
            )
        )
    fold = deal_folds(labelled_counts.reports, labelled_counts.targets, folds, seed)
    if lacking := lacking_areas(fold, labelled_counts.reports, labelled_counts.targets):
        raise LabelError(
            message(
                "labels: fold {fold} has no case of an area; give a smaller --cv or more reports",
                fold=lacking[0][0] + 1,
            )
        )
    return fold


def _tag_fold(
    labelled_counts: LabelledCounts,
    held_out: Bools,
    learned: Bools,
    areas: Sequence[Area],
    user_words: dict[str, int],
    settings: Settings,
    paragraphs: Sequence[EvaluatedParagraph],
    jobs: int,
) -> tuple[Tags, list[ErrorCase]]:
    """Return what a model of those others that may be learned from finds in the held-out paragraphs, and its errors."""
    taken = take_paragraphs(labelled_counts, learned & ~held_out)
    model = train_model(taken, areas, user_words, settings, jobs=jobs).model
    test = take_paragraphs(labelled_counts, held_out)
    tags = model.tag_counted(test)
    return tags, find_error_cases(model, test, paragraphs, tags.paragraphs, CASES_SHOWN) if paragraphs else []
