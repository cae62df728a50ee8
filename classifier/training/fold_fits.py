"""Classifiers fitted on all reports and without each fold, in threads that share the rows; out-of-fold scores."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.features.tfidf import tf_idf
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.messages import message
from classifier.model.linear import ClassifierPair, best_of_groups
from classifier.progress import Progress, quiet
from classifier.settings import Settings
from classifier.training.solver import weigh_rows
from classifier.training.svm import Alphas, FittedRows, LabelledRows, fit_svms


@dataclass(frozen=True, slots=True, eq=False)
class FoldFits:
    """sentences, clauses: out-of-fold scores, of the best clause for the latter; shape (sentences, areas).

    classifiers: fitted on all reports. alphas: of sentences and of clauses, for all reports and without each fold,
    those of each round of fits, for a later training to begin with.
    """

    sentences: Floats
    clauses: Floats
    classifiers: ClassifierPair
    alphas: "FoldAlphas"


FoldAlphas = tuple[tuple[tuple[Alphas, ...], ...], ...]


def labelled_sentences_and_clauses(
    labelled_counts: LabelledCounts, idf_of_terms: Floats, sublinear: bool
) -> tuple[LabelledRows, LabelledRows]:
    """Return the rows that classifiers of sentences and of clauses are fitted on.

    Where clauses are not labelled, one carries what the sentence has, or if only the paragraph is known to have it,
    what that has.
    """
    counts, clause_counts = labelled_counts.sentence_counts, labelled_counts.clause_counts
    paragraph = np.broadcast_to(labelled_counts.sentence_to_paragraph[:, None], labelled_counts.labels.shape)
    own = len(labelled_counts.reports) + np.arange(counts.rows)  # numbers that no paragraph has
    group = np.where(labelled_counts.labels == 1, own[:, None], paragraph)[labelled_counts.clause_to_sentence]
    values, clause_values = (tf_idf(c, idf_of_terms, sublinear) for c in (counts, clause_counts))
    return (
        LabelledRows(weigh_rows(counts, values), labelled_counts.labels, paragraph),
        LabelledRows(weigh_rows(clause_counts, clause_values), labelled_counts.clause_labels, group),
    )


def fit_folds(
    labelled_counts: LabelledCounts,
    idf_of_terms: Floats,
    fold: Ints,
    settings: Settings,
    *,
    start: FoldAlphas = (),
    jobs: int = 1,
    progress: Progress = quiet,
) -> FoldFits:
    """Fit on all reports, and for each fold on those of the others.

    fold: that of each paragraph, shape (paragraphs,). start: alphas to begin with, as an earlier training of much the
    same rows has left them. jobs: threads, -1 for as many as there are processors.
    """
    held_out = [np.zeros(len(fold), dtype=np.bool_), *(fold == f for f in range(int(fold.max()) + 1))]
    in_sentences = [out[labelled_counts.sentence_to_paragraph] for out in held_out]
    out_rows = [in_sentences, [out[labelled_counts.clause_to_sentence] for out in in_sentences]]
    kinds = labelled_sentences_and_clauses(labelled_counts, idf_of_terms, settings.sublinear)

    def task(kind: int, part: int, begin: Sequence[Alphas]) -> FittedRows:
        given = start[kind][part] if start else begin
        return fit_svms(kinds[kind], out_rows[kind][part], settings, given)

    fitted = _run(task, len(held_out), jobs, progress)
    sentences, clauses = np.zeros((2, *labelled_counts.labels.shape))
    for part, out in enumerate(in_sentences[1:], start=1):
        of_sentences, of_clauses = (kinds[kind].weighed.scores(fitted[kind][part].classifiers) for kind in (0, 1))
        sentences[out] = of_sentences[out]
        clauses[out] = _best_clauses(labelled_counts, of_clauses, fitted[1][part].classifiers.intercept)[out]
    classifiers = ClassifierPair(idf_of_terms, fitted[0][0].classifiers, fitted[1][0].classifiers)
    return FoldFits(sentences, clauses, classifiers, tuple(tuple(f.alphas for f in own) for own in fitted))


def _run(
    task: Callable[[int, int, Sequence[Alphas]], FittedRows], parts: int, jobs: int, progress: Progress
) -> list[list[FittedRows]]:
    """Return the fits of sentences and of clauses for each part; those without a fold begin where that of all ended."""
    pool = ThreadPoolExecutor(_threads(jobs))
    try:
        # Clauses first, which take longer; no task waits for one that comes after it.
        whole = [pool.submit(task, kind, 0, ()) for kind in (1, 0)][::-1]
        folds = [[pool.submit(_after, task, whole[kind], kind, n) for n in range(1, parts)] for kind in (0, 1)]
        fitted = [[first, *others] for first, others in zip(whole, folds, strict=True)]
        for n, _ in enumerate(as_completed([f for own in fitted for f in own]), start=1):
            progress(message("classifiers fitted: {done} of {n}", done=n, n=2 * parts))
        return [[f.result() for f in own] for own in fitted]
    finally:
        pool.shutdown(cancel_futures=True)


def _after(
    task: Callable[[int, int, Sequence[Alphas]], FittedRows], whole: Future[FittedRows], kind: int, part: int
) -> FittedRows:
    return task(kind, part, whole.result().alphas)


def _threads(jobs: int) -> int:
    if jobs > 0:
        return jobs
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _best_clauses(labelled_counts: LabelledCounts, scores: Floats, intercept: Floats) -> Floats:
    """Return the best scores of the clauses of each sentence; a clause without a known term says nothing."""
    filled: Bools = np.diff(labelled_counts.clause_counts.indptr) > 0
    sentences = len(labelled_counts.sentence_to_paragraph)
    return best_of_groups(scores[filled], labelled_counts.clause_to_sentence[filled], sentences, intercept)
