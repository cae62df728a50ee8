"""Cross-validation: each paragraph is tagged by a model that never saw its report."""

from collections.abc import Sequence

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.errors import LabelError
from classifier.evaluation.error_cases import ErrorCase, find_error_cases, worst_cases
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.labelling.labelled_counts import LabelledCounts, take_paragraphs
from classifier.messages import message
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
    jobs: int = 1,
    progress: Progress = quiet,
) -> tuple[EvaluatedPredictions, list[ErrorCase]]:
    """Tag each report with a model trained on the other folds, its terms, tf-idf and calibration included.

    fold: shape (paragraphs,). With `paragraphs`, what is known of each, the worst error cases are returned too.
    """
    from joblib import Parallel, delayed

    scores = np.zeros(labelled_counts.targets.shape)
    found: list[ErrorCase] = []
    folds = np.unique(fold)
    tasks = (
        delayed(_tag_fold)(labelled_counts, fold == f, areas, user_words, settings, _those_of(paragraphs, fold == f))
        for f in folds
    )
    for done, (probabilities, worst) in enumerate(Parallel(n_jobs=jobs, return_as="generator")(tasks), start=1):
        scores[fold == folds[done - 1]] = probabilities
        found += worst
        progress(message("folds done: {done} of {n}", done=done, n=len(folds)))
    predictions = EvaluatedPredictions(
        tuple(a.id for a in areas), labelled_counts.targets, scores, labelled_counts.reports, fold
    )
    return predictions, worst_cases(found, CASES_SHOWN)


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
    areas: Sequence[Area],
    user_words: dict[str, int],
    settings: Settings,
    paragraphs: Sequence[EvaluatedParagraph],
) -> tuple[Floats, list[ErrorCase]]:
    """Return the probabilities of the held-out paragraphs, by a model of the others, and their worst error cases."""
    model = train_model(take_paragraphs(labelled_counts, ~held_out), areas, user_words, settings).model
    test = take_paragraphs(labelled_counts, held_out)
    scores = model.counted_probabilities(test)
    return scores, find_error_cases(model, test, paragraphs, scores, CASES_SHOWN) if paragraphs else []
