"""What must be beaten: no thought at all, a list of words, and what a tutorial would write."""

from collections.abc import Mapping, Sequence

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.documents.normalize import normalize_text
from classifier.features.terms import WORD_PREFIX
from classifier.features.tokenizer import segments
from classifier.labelling.labelled_counts import LabelledCounts, keep_terms, take_paragraphs

LEAST_PARAGRAPHS = 3  # that a word must stand in, for the plain classifier


def majority(train: LabelledCounts, test: LabelledCounts) -> Floats:
    """Tag every paragraph with the areas that more than half of the training paragraphs have."""
    return np.tile(train.targets.mean(axis=0) > 0.5, (len(test.reports), 1)).astype(np.float64)


def keywords(
    test: LabelledCounts, words: Mapping[str, Sequence[str]], areas: Sequence[str], mask_numbers: bool
) -> Floats:
    """Tag a paragraph with each area one of whose policy terms stands in it; shape (paragraphs, areas).

    words: the terms of each area, as in the files of seeds/terms; the user dictionary keeps them whole.
    """
    place = {term: i for i, term in enumerate(test.terms)}
    found = np.zeros((len(test.reports), len(areas)))
    paragraph = test.sentence_to_paragraph[test.sentence_counts.row_of_entry()]
    for column, area in enumerate(areas):
        runs = (segments(normalize_text(word), mask_numbers) for word in words.get(area, ()))
        own = {place[WORD_PREFIX + r[0]] for r in runs if len(r) == 1 and WORD_PREFIX + r[0] in place}
        found[paragraph[np.isin(test.sentence_counts.indices, list(own))], column] = 1
    return found


def tfidf_logistic(train: LabelledCounts, test: LabelledCounts) -> Floats:
    """Return the probabilities of TF-IDF and logistic regression over whole paragraphs of words, cut at 0.5.

    Both must have the same terms; the words among them are used.
    """
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    words = np.array([i for i, t in enumerate(train.terms) if t[0] == WORD_PREFIX], dtype=np.int64)
    rows, new = _paragraphs(keep_terms(train, words)), _paragraphs(keep_terms(test, words))
    common = np.flatnonzero(np.diff(rows.tocsc().indptr) >= LEAST_PARAGRAPHS)
    weights = TfidfTransformer().fit(rows[:, common])
    x, z = weights.transform(rows[:, common]), weights.transform(new[:, common])
    scores = np.zeros((len(test.reports), train.targets.shape[1]))
    for area, y in enumerate(train.targets.T):
        if y.all() or not y.any():
            scores[:, area] = float(y.all())
            continue
        scores[:, area] = LogisticRegression(max_iter=1000).fit(x, y).predict_proba(z)[:, 1]
    return scores


def _paragraphs(counted: LabelledCounts):  # type: ignore[no-untyped-def]
    """Return the counts of whole paragraphs as a scipy matrix, shape (paragraphs, terms)."""
    from scipy.sparse import csr_matrix

    counts = counted.sentence_counts
    paragraph = counted.sentence_to_paragraph[counts.row_of_entry()]
    return csr_matrix((counts.data, (paragraph, counts.indices)), shape=(len(counted.reports), counts.columns))


def of_fold(
    counted: LabelledCounts, out: Bools, words: Mapping[str, Sequence[str]], areas: Sequence[str], mask_numbers: bool
) -> dict[str, Floats]:
    """Return the probabilities of each baseline on the paragraphs that `out` marks, learned from the others."""
    train, test = take_paragraphs(counted, ~out), take_paragraphs(counted, out)
    return {
        "majority": majority(train, test),
        "keywords": keywords(test, words, areas, mask_numbers),
        "plain": tfidf_logistic(train, test),
    }


def held_out(
    counted: LabelledCounts, fold: Ints, words: Mapping[str, Sequence[str]], areas: Sequence[str], mask_numbers: bool
) -> dict[str, Floats]:
    """Return the probabilities of each baseline on each fold, learned from the others."""
    found: dict[str, Floats] = {}
    for f in np.unique(fold):
        for name, scores in of_fold(counted, fold == f, words, areas, mask_numbers).items():
            found.setdefault(name, np.zeros(counted.targets.shape))[fold == f] = scores
    return found
