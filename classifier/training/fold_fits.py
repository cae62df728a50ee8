"""Classifiers fitted on all reports and without each fold, in threads that share the rows; out-of-fold scores."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Floats
from classifier.features.tfidf import tf_idf
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.messages import message
from classifier.model.linear import ClassifierPair, best_of_groups
from classifier.progress import Progress, quiet
from classifier.settings import Settings
from classifier.training.folds import deal_folds
from classifier.training.solver import weigh_rows
from classifier.training.svm import Alphas, FittedRows, LabelledRows, fit_svms


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRows:
    """What classifiers of sentences and of clauses are fitted on, made of the same labelled counts."""

    counts: LabelledCounts
    idf: Floats
    sentences: LabelledRows
    clauses: LabelledRows


PairAlphas = tuple[Alphas, Alphas]  # of sentences and of clauses


@dataclass(frozen=True, slots=True, eq=False)
class FittedPair:
    """Classifiers of sentences and of clauses, and the alphas of both, for another fit to begin with."""

    classifiers: ClassifierPair
    alphas: PairAlphas


def training_rows(
    labelled_counts: LabelledCounts, idf_of_terms: Floats, sublinear: bool, jobs: int = 1
) -> TrainingRows:
    """Return the rows that classifiers of sentences and of clauses are fitted on.

    Where clauses are not labelled, one carries what the sentence has, or if only the paragraph is known to have it,
    what that has. jobs: threads; -1 for as many as there are processors.
    """
    counts, clause_counts = labelled_counts.sentence_counts, labelled_counts.clause_counts
    paragraph = np.broadcast_to(labelled_counts.sentence_to_paragraph[:, None], labelled_counts.labels.shape)
    own = len(labelled_counts.reports) + np.arange(counts.rows)  # numbers that no paragraph has
    group = np.where(labelled_counts.labels == 1, own[:, None], paragraph)[labelled_counts.clause_to_sentence]
    with ThreadPoolExecutor(threads(jobs)) as pool:
        values, clause_values = pool.map(lambda c: tf_idf(c, idf_of_terms, sublinear), (counts, clause_counts))
    return TrainingRows(
        labelled_counts,
        idf_of_terms,
        LabelledRows(weigh_rows(counts, values), labelled_counts.labels, paragraph),
        LabelledRows(weigh_rows(clause_counts, clause_values), labelled_counts.clause_labels, group),
    )


def fit_pair(rows: TrainingRows, held_out: Bools, settings: Settings, start: PairAlphas | None = None) -> FittedPair:
    """Fit the classifiers of sentences, and with the clauses that these choose those of clauses.

    held_out: sentences that are not learned from, shape (sentences,). start: alphas to begin with, as a fit on much the
    same rows has left them.
    """
    begun = start or (None, None)
    sentences = fit_svms(rows.sentences, held_out, settings, start=begun[0])
    clauses = fit_svms(
        rows.clauses,
        held_out[rows.counts.clause_to_sentence],
        settings,
        chooser=sentences.classifiers,
        start=begun[1],
    )
    return _pair(rows, sentences, clauses)


def fit_both(rows: TrainingRows, settings: Settings, start: PairAlphas | None = None, jobs: int = 1) -> FittedPair:
    """Fit on all reports those of sentences and those of clauses at the same time; every label is known.

    start: alphas to begin with. jobs: threads; -1 for as many as there are processors.
    """
    begun = start or (None, None)
    with ThreadPoolExecutor(threads(jobs)) as pool:
        kinds = (rows.clauses, rows.sentences)  # those of clauses first, which take longer
        tasks = [
            pool.submit(fit_svms, kind, np.zeros(kind.weighed.rows, dtype=np.bool_), settings, start=alphas)
            for kind, alphas in zip(kinds, begun[::-1], strict=True)
        ]
        clauses, sentences = (task.result() for task in tasks)
    return _pair(rows, sentences, clauses)


def _pair(rows: TrainingRows, sentences: FittedRows, clauses: FittedRows) -> FittedPair:
    pair = ClassifierPair(rows.idf, sentences.classifiers, clauses.classifiers)
    return FittedPair(pair, (sentences.alphas, clauses.alphas))


@dataclass(frozen=True, slots=True, eq=False)
class PartFits:
    """Fits that were each made without some sentences.

    first: the first fit. sentences, clauses: scores of each sentence by the fit that was made without it, of its best
    clause for the latter; shape (sentences, areas). alphas: of each fit, for a later training to begin with.
    """

    first: FittedPair
    sentences: Floats
    clauses: Floats
    alphas: tuple[PairAlphas, ...]


def fit_parts(
    rows: TrainingRows,
    held_out: Sequence[Bools],
    settings: Settings,
    start: Sequence[PairAlphas] = (),
    *,
    jobs: int = 1,
    progress: Progress = quiet,
) -> PartFits:
    """Fit several times, each time without some sentences.

    held_out: for each fit what it is made without, shape (sentences,). start: for each fit alphas to begin with. jobs:
    threads, each with a fit at a time; -1 for as many as there are processors.
    """
    sentences, clauses = np.zeros((2, *rows.counts.labels.shape))
    first: list[FittedPair] = []

    def fit(n: int) -> PairAlphas:
        out = held_out[n]
        fitted = fit_pair(rows, out, settings, start[n] if start else None)
        if n == 0:
            first.append(fitted)
        if out.any():
            of_sentences = rows.sentences.weighed.scores(fitted.classifiers.sentences)
            of_clauses = rows.clauses.weighed.scores(fitted.classifiers.clauses)
            sentences[out] = of_sentences[out]
            clauses[out] = _best_clauses(rows.counts, of_clauses, fitted.classifiers.clauses.intercept)[out]
        return fitted.alphas

    pool = ThreadPoolExecutor(threads(jobs))
    try:
        tasks = [pool.submit(fit, n) for n in range(len(held_out))]
        for done, _ in enumerate(as_completed(tasks), start=1):
            progress(message("classifiers fitted: {done} of {n}", done=done, n=len(held_out)))
        alphas = tuple(task.result() for task in tasks)
        return PartFits(first[0], sentences, clauses, alphas)
    finally:
        pool.shutdown(cancel_futures=True)


def without_folds(counts: LabelledCounts, settings: Settings, base: int = 0) -> list[Bools]:
    """Return the sentences of each fold, shape (sentences,); reports are whole in them.

    base: how many paragraphs come first whose folds do not depend on the others.
    """
    fold = deal_folds(counts.reports, counts.targets, settings.folds, settings.seed, base)
    return [(fold == f)[counts.sentence_to_paragraph] for f in range(int(fold.max()) + 1)]


def threads(jobs: int) -> int:
    """Return how many threads `jobs` means: -1 is as many as there are processors for this process."""
    if jobs > 0:
        return jobs
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _best_clauses(labelled_counts: LabelledCounts, scores: Floats, intercept: Floats) -> Floats:
    """Return the best scores of the clauses of each sentence; a clause without a known term says nothing."""
    filled: Bools = np.diff(labelled_counts.clause_counts.indptr) > 0
    sentences = len(labelled_counts.sentence_to_paragraph)
    return best_of_groups(scores[filled], labelled_counts.clause_to_sentence[filled], sentences, intercept)
