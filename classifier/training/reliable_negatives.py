"""Areas that few labels speak of: unlabelled sentences that surely lack such an area are found, and learned from.

Learning from positive and unlabelled examples in two steps (Liu, Dai, Li, Lee and Yu, ICDM 2003). First, unlabelled
sentences without a seed term of the area stand for negatives, which hardly changes the order of scores (Elkan and Noto,
KDD 2008). Those that score lower than nearly all known positives do, each scored by a fit that did not see its
paragraph, are taken for negatives; the others stay unlabelled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Floats, Ints
from classifier.documents.normalize import normalize_text
from classifier.features.terms import NGRAM_PREFIX, WORD_PREFIX
from classifier.features.tokenizer import segments
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED, LabelledCounts
from classifier.messages import message
from classifier.progress import Progress, quiet
from classifier.records import Area
from classifier.settings import Settings
from classifier.training.solver import weigh_rows
from classifier.training.svm import LabelledRows, fit_svms

_FOLDS = 5
_BELOW = 0.1  # the share of known positives that may score lower than a sentence that is taken for a negative


def sentences_with_terms(labelled_counts: LabelledCounts, terms: Sequence[str], settings: Settings) -> Bools:
    """Return whether a clause of each sentence has one of some terms, shape (sentences,).

    A term is found by its character n-grams, as many characters long as are counted, or else as a word.
    """
    from scipy.sparse import csr_array

    counts = labelled_counts.clause_counts
    matrix = csr_array((counts.data, counts.indices, counts.indptr), shape=(counts.rows, counts.columns)).tocsc()
    place = {term: i for i, term in enumerate(labelled_counts.terms)}
    found = np.zeros(counts.rows, dtype=np.bool_)
    for pieces in _pieces(terms, settings):
        columns = [place[p] for p in pieces if p in place]
        if len(columns) == len(pieces):
            found |= np.diff((matrix[:, columns] > 0).tocsr().indptr) == len(columns)
    whole = np.zeros(len(labelled_counts.sentence_to_paragraph), dtype=np.bool_)
    whole[labelled_counts.clause_to_sentence[found]] = True
    return whole


def _pieces(terms: Sequence[str], settings: Settings) -> list[list[str]]:
    """Return what is counted of each term that has no punctuation in it."""
    parts = [segments(normalize_text(term), settings.mask_numbers) for term in terms]
    found = []
    for text in (own[0] for own in parts if len(own) == 1):
        n = min(len(text), settings.char_ngrams)
        ngrams = sorted({NGRAM_PREFIX + text[i : i + n] for i in range(len(text) - n + 1)}) if n else []
        found.append(ngrams or [WORD_PREFIX + text])
    return found


def add_negatives(
    labelled_counts: LabelledCounts,
    values: Floats,
    seeded: Mapping[str, Bools],
    areas: Sequence[Area],
    settings: Settings,
    progress: Progress = quiet,
) -> LabelledCounts:
    """Label sentences that surely lack an area, for each area of which more sentences are unlabelled than labelled.

    values: the tf-idf of the counts of sentences. seeded: by the id of an area whether each sentence has one of its
    seed terms, shape (sentences,). Other areas keep their labels. How many are taken is told.
    """
    labels, clause_labels = labelled_counts.labels.copy(), labelled_counts.clause_labels.copy()
    for column, area in enumerate(areas):
        own = labels[:, column]
        if (own != UNLABELLED).sum() * 2 >= len(own) or not _has(own).any():
            continue
        candidate = _candidates(labelled_counts, own) & ~seeded.get(area.id, np.zeros(len(own), dtype=np.bool_))
        taken = candidate & _low(labelled_counts, values, own, candidate, settings)
        unlabelled = int((own == UNLABELLED).sum())  # before the next line, as `own` is a part of `labels`
        labels[taken, column] = 0
        clause_labels[taken[labelled_counts.clause_to_sentence], column] = 0
        progress(
            message(
                "{area}: labelled in {paragraphs} paragraphs; {n} of {unlabelled} unlabelled sentences are taken as "
                "surely not about it",
                area=area.id,
                paragraphs=len(np.unique(labelled_counts.sentence_to_paragraph[_has(own)])),
                n=int(taken.sum()),
                unlabelled=unlabelled,
            )
        )
    return replace(labelled_counts, labels=labels, clause_labels=clause_labels)


def _has(labels: NDArray[np.int8]) -> Bools:
    positive: Bools = (labels == 1) | (labels == UNKNOWN)
    return positive


def _candidates(labelled_counts: LabelledCounts, labels: NDArray[np.int8]) -> Bools:
    """Return the unlabelled sentences of paragraphs that are not known to have the area, shape (sentences,)."""
    paragraph = labelled_counts.sentence_to_paragraph
    with_area = np.bincount(paragraph[_has(labels)], minlength=len(labelled_counts.reports)) > 0
    found: Bools = (labels == UNLABELLED) & ~with_area[paragraph]
    return found


def _low(
    labelled_counts: LabelledCounts, values: Floats, labels: NDArray[np.int8], candidate: Bools, settings: Settings
) -> Bools:
    """Return the sentences that score lower than most paragraphs that have the area do by their best sentence.

    Known positives and candidates are held out, fold by fold, paragraphs whole. Shape (sentences,).
    """
    paragraph = labelled_counts.sentence_to_paragraph
    fold, positives = _deal(paragraph, _has(labels))
    if positives < 2:
        return np.zeros(len(labels), dtype=np.bool_)
    scores = np.zeros(len(labels))
    first = np.where(candidate, np.int8(0), labels)
    weighed = weigh_rows(labelled_counts.sentence_counts, values)
    rows = LabelledRows(weighed, first[:, None], paragraph[:, None])
    for f in range(int(fold.max()) + 1):
        held_out = fold[paragraph] == f
        fitted = fit_svms(rows, held_out, settings).classifiers
        own = weighed.scores(fitted)
        scores[held_out] = own[held_out, 0]
    best = np.full(len(labelled_counts.reports), -np.inf)
    np.maximum.at(best, paragraph[_has(labels)], scores[_has(labels)])
    low: Bools = scores < np.quantile(best[np.isfinite(best)], _BELOW)
    return low


def _deal(sentence_to_paragraph: Ints, positive: Bools) -> tuple[Ints, int]:
    """Return the fold of each paragraph, and how many have the area; those are dealt out by themselves."""
    with_area = np.unique(sentence_to_paragraph[positive])
    fold = np.arange(int(sentence_to_paragraph.max(initial=-1)) + 1) % min(_FOLDS, max(len(with_area), 1))
    fold[with_area] = np.arange(len(with_area)) % min(_FOLDS, max(len(with_area), 1))
    return fold, len(with_area)
