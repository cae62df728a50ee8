"""Simple classifiers that a model must beat: the majority, a list of keywords, and TF-IDF with logistic regression."""

from collections.abc import Mapping, Sequence

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.documents.normalize import normalize_text
from classifier.features.terms import WORD_PREFIX
from classifier.features.tokenizer import segments
from classifier.labelling.labelled_counts import LabelledCounts, keep_terms, take_paragraphs

LEAST_PARAGRAPHS = 3  # that a word must stand in, for logistic regression


def majority(train: LabelledCounts, test: LabelledCounts) -> Floats:
    """Tag every paragraph with the areas that more than half of the training paragraphs have.

    Returns 0 or 1, shape (paragraphs, areas), as the other baselines return probabilities.
    """
    more = train.targets.sum(axis=0) > (train.known & ~train.targets).sum(axis=0)
    return np.tile(more, (len(test.reports), 1)).astype(np.float64)


def keyword_rules(
    test: LabelledCounts, keywords: Mapping[str, Sequence[str]], areas: Sequence[str], mask_numbers: bool
) -> Floats:
    """Tag a paragraph with each area one of whose keywords stands in it; shape (paragraphs, areas).

    keywords: the policy terms of each area, as in seeds/terms; the user dictionary keeps them whole.
    """
    place = {term: i for i, term in enumerate(test.terms)}
    found = np.zeros((len(test.reports), len(areas)))
    paragraph = test.sentence_to_paragraph[test.sentence_counts.row_of_entry()]
    for column, area in enumerate(areas):
        parts = (segments(normalize_text(word), mask_numbers) for word in keywords.get(area, ()))
        own = {place[WORD_PREFIX + p[0]] for p in parts if len(p) == 1 and WORD_PREFIX + p[0] in place}
        found[paragraph[np.isin(test.sentence_counts.indices, list(own))], column] = 1
    return found


def tfidf_logistic(train: LabelledCounts, test: LabelledCounts) -> Floats:
    """Return the probabilities of TF-IDF and logistic regression over the words of whole paragraphs.

    train, test: over the same terms. Shape (paragraphs, areas).
    """
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    words = np.array([i for i, t in enumerate(train.terms) if t[0] == WORD_PREFIX], dtype=np.int64)
    learned, new = _paragraphs(keep_terms(train, words)), _paragraphs(keep_terms(test, words))
    common = np.flatnonzero(np.diff(learned.tocsc().indptr) >= LEAST_PARAGRAPHS)
    tfidf = TfidfTransformer().fit(learned[:, common])
    x, z = tfidf.transform(learned[:, common]), tfidf.transform(new[:, common])
    scores = np.zeros((len(test.reports), train.targets.shape[1]))
    for area, (all_targets, known) in enumerate(zip(train.targets.T, train.known.T, strict=True)):
        y = all_targets[known]
        if y.all() or not y.any():
            scores[:, area] = float(y.any())
            continue
        scores[:, area] = LogisticRegression(max_iter=1000).fit(x[known], y).predict_proba(z)[:, 1]
    return scores


def _paragraphs(labelled_counts: LabelledCounts):  # type: ignore[no-untyped-def]
    """Return the counts of whole paragraphs as a scipy matrix, shape (paragraphs, terms)."""
    from scipy.sparse import csr_matrix

    counts = labelled_counts.sentence_counts
    paragraph = labelled_counts.sentence_to_paragraph[counts.row_of_entry()]
    return csr_matrix((counts.data, (paragraph, counts.indices)), shape=(len(labelled_counts.reports), counts.columns))


def baselines_of_fold(
    labelled_counts: LabelledCounts,
    held_out: Bools,
    keywords: Mapping[str, Sequence[str]],
    areas: Sequence[str],
    mask_numbers: bool,
) -> dict[str, Floats]:
    """Return the probabilities of each baseline on the held-out paragraphs, learned from the others.

    held_out: shape (paragraphs,).
    """
    train, test = take_paragraphs(labelled_counts, ~held_out), take_paragraphs(labelled_counts, held_out)
    return {
        "majority": majority(train, test),
        "keywords": keyword_rules(test, keywords, areas, mask_numbers),
        "plain": tfidf_logistic(train, test),
    }


def cross_validate_baselines(
    labelled_counts: LabelledCounts,
    fold: Ints,
    keywords: Mapping[str, Sequence[str]],
    areas: Sequence[str],
    mask_numbers: bool,
) -> dict[str, Floats]:
    """Return the probabilities of each baseline on each fold, learned from the other folds."""
    found: dict[str, Floats] = {}
    for f in np.unique(fold):
        for name, scores in baselines_of_fold(labelled_counts, fold == f, keywords, areas, mask_numbers).items():
            found.setdefault(name, np.zeros(labelled_counts.targets.shape))[fold == f] = scores
    return found
