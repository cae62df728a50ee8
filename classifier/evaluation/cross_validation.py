"""Truth and prediction side by side: on given paragraphs, or each paragraph by a model that never saw its report."""

from collections.abc import Sequence

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.errors import LabelError
from classifier.evaluation.error_cases import ErrorCase, EvaluatedParagraph, find_error_cases, worst_cases
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.labelling.labelled_counts import LabelledCounts, take_paragraphs
from classifier.progress import Progress, quiet
from classifier.records import Area
from classifier.settings import Settings
from classifier.training.folds import deal_folds, lacking_areas
from classifier.training.train import train_model

CASES_SHOWN = 3  # misses and false alarms of each area that are shown


def cross_validate(
    counted: LabelledCounts,
    areas: Sequence[Area],
    words: dict[str, int],
    fold: Ints,
    settings: Settings,
    *,
    units: Sequence[EvaluatedParagraph] = (),
    jobs: int = 1,
    progress: Progress = quiet,
) -> tuple[EvaluatedPredictions, list[ErrorCase]]:
    """Tag each report with a model trained on the other folds, terms, weights and join included.

    fold: shape (paragraphs,). With `units`, what is known of each paragraph, the worst cases are returned too.
    """
    from joblib import Parallel, delayed

    scores = np.zeros(counted.targets.shape)
    found: list[ErrorCase] = []
    folds = np.unique(fold)
    chosen = [[u for u, o in zip(units, fold == f, strict=True) if o] if units else [] for f in folds]
    tasks = (
        delayed(_held_out)(counted, fold == f, areas, words, settings, own)
        for f, own in zip(folds, chosen, strict=True)
    )
    for f, (part, worst) in enumerate(Parallel(n_jobs=jobs, return_as="generator")(tasks)):
        scores[fold == folds[f]] = part
        found += worst
        progress(f"folds done: {f + 1} of {len(folds)}")
    run = EvaluatedPredictions(tuple(a.id for a in areas), counted.targets, scores, counted.reports, fold)
    return run, worst_cases(found, CASES_SHOWN)


def folds_of(counted: LabelledCounts, folds: int, seed: int) -> Ints:
    """Return folds for cross-validation. Raises LabelError where there are fewer reports than folds, or an area
    that enough reports have is lacking in one of them."""
    if (reports := len(set(counted.reports))) < folds:
        raise LabelError(f"labels: {reports} reports cannot make {folds} folds; give a smaller --cv or more reports")
    fold = deal_folds(counted.reports, counted.targets, folds, seed)
    if lacking := lacking_areas(fold, counted.reports, counted.targets):
        raise LabelError(
            f"labels: fold {lacking[0][0] + 1} has no case of an area; give a smaller --cv or more reports"
        )
    return fold


def _held_out(
    counted: LabelledCounts,
    out: Bools,
    areas: Sequence[Area],
    words: dict[str, int],
    settings: Settings,
    units: Sequence[EvaluatedParagraph],
) -> tuple[Floats, list[ErrorCase]]:
    """Return the probabilities of the paragraphs of one fold, by a model of the others, and the worst cases."""
    model = train_model(take_paragraphs(counted, ~out), areas, words, settings).model
    part = take_paragraphs(counted, out)
    scores = model.counted_probabilities(part)
    return scores, find_error_cases(model, part, units, scores, CASES_SHOWN) if units else []
