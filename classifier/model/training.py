"""Labelled counts to a Model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from classifier.documents.normalise import plain_text
from classifier.errors import LabelError
from classifier.model import join, linear
from classifier.model.counted import Counted, count_examples, frequent_terms, keep_terms, take_paragraphs
from classifier.model.counts import Bools, Floats
from classifier.model.folds import by_report
from classifier.model.model import STEP, Model
from classifier.model.settings import Settings
from classifier.model.tokens import cutter
from classifier.model.weighting import idf, tf_idf
from classifier.records import Area, Example

Progress = Callable[[str], None]


def quiet(_: str) -> None:
    """Report no progress."""


def count_labels(
    examples: Sequence[Example], areas: Sequence[Area], words: dict[str, int], settings: Settings
) -> Counted:
    """Count the terms of labelled paragraphs, in the order of their ids."""
    ordered = sorted(examples, key=lambda e: e.id)
    plains = [[plain_text(s) for s in e.sentences] for e in ordered]
    return count_examples(ordered, plains, [a.id for a in areas], cutter(words), settings)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A model, and the probabilities, shape (paragraphs, areas), that classifiers without a report gave it.

    The terms and the join have seen all reports, so figures made of them are a little better than those of
    cross-validation.
    """

    model: Model
    out_of_fold: Floats


def train(
    counted: Counted,
    areas: Sequence[Area],
    words: dict[str, int],
    settings: Settings,
    *,
    data_hash: str = "",
    jobs: int = 1,
    progress: Progress = quiet,
) -> Trained:
    """Train a model on counted labels. Raises LabelError where there is too little to learn from."""
    reports = len(set(counted.reports))  # with fewer than the settings ask for, a term in all of them will do
    columns = frequent_terms(counted, settings.min_sentences, min(settings.min_reports, reports))
    if len(counted.reports) < 2 or not len(columns):
        raise LabelError(
            f"labels: too few to learn from ({len(counted.reports)} paragraphs, {len(columns)} terms that stand in "
            f"{settings.min_sentences} sentences); add labelled paragraphs"
        )
    kept = keep_terms(counted, columns)
    counts = kept.counts
    weights = idf(counts)
    values = tf_idf(counts, weights, settings.sublinear)
    progress(f"{len(counted.reports)} paragraphs, {counts.rows} sentences, {len(columns)} terms")
    whole, (coef, intercept) = _fit(kept, values, settings, jobs, progress)
    fitted = join.fit(whole, kept.targets, settings.context)
    model = Model(
        areas=tuple(areas),
        settings=settings,
        words=words,
        terms=kept.terms,
        idf=_rounded(weights),
        coef=_rounded(coef),
        intercept=_rounded(intercept),
        join=join.Join(_rounded(fitted.slope), _rounded(fitted.context), _rounded(fitted.offset)),
        data_hash=data_hash,
    )
    return Trained(model, model.probabilities(whole.best, whole.around))


def _fit(
    counted: Counted, values: Floats, settings: Settings, jobs: int, progress: Progress
) -> tuple[join.Paragraphs, tuple[Floats, Floats]]:
    """Return the scores of paragraphs that no classifier has seen, and classifiers fitted on all."""
    from joblib import Parallel, delayed

    fold = by_report(counted.reports, counted.targets, settings.folds, settings.seed)
    held_out = [fold == f for f in range(int(fold.max()) + 1)] + [np.zeros(len(fold), dtype=np.bool_)]
    tasks = (delayed(_fit_without)(counted, values, out, settings) for out in held_out)
    fitted = []
    for done in Parallel(n_jobs=jobs, return_as="generator")(tasks):
        fitted.append(done)
        progress(f"classifiers fitted: {len(fitted)} of {len(held_out)}")
    scores = np.zeros((counted.counts.rows, counted.targets.shape[1]))
    for (coef, intercept), out in zip(fitted[:-1], held_out[:-1], strict=True):
        rows = out[counted.paragraph]
        part = take_paragraphs(counted, out)
        entries = np.repeat(rows, np.diff(counted.counts.indptr))
        scores[rows] = linear.decision(values[entries], part.counts, coef, intercept)
    return join.gather(scores, counted.paragraph, len(counted.reports)), fitted[-1]


def _fit_without(counted: Counted, values: Floats, out: Bools, settings: Settings) -> tuple[Floats, Floats]:
    """Fit on the paragraphs that are not held out."""
    part = take_paragraphs(counted, ~out)
    entries = np.repeat(~out[counted.paragraph], np.diff(counted.counts.indptr))
    return linear.fit(values[entries], part.counts, part.labels, part.paragraph, settings)


def _rounded(values: Floats) -> Floats:
    return np.round(values / STEP) * STEP
