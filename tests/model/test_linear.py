from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.arrays import Floats
from classifier.features.csr import CsrCounts, TermOccurrences, occurrences, sum_rows
from classifier.features.tfidf import tf_idf
from classifier.model.linear import ClassifierPair, LinearClassifiers
from tests.matrices import as_counts, dense, matrices


@given(matrices, st.integers(1, 3), st.booleans(), st.booleans(), st.data())
def test_scores_are_those_of_tf_idf_rows(
    rows: list[list[int]], areas: int, sublinear: bool, use_scipy: bool, data: st.DataObject
) -> None:
    """Clauses are the rows, and some neighbours of them one sentence."""
    clauses = as_counts(rows)
    clause_to_sentence = np.cumsum([0, *(data.draw(st.booleans()) for _ in rows[1:])])
    sentences = sum_rows(clauses, clause_to_sentence, int(clause_to_sentence[-1]) + 1)
    generator = np.random.default_rng(len(rows))
    weights = generator.uniform(1, 3, size=clauses.columns)
    first, second = (
        LinearClassifiers(
            generator.integers(-99, 99, size=(clauses.columns, areas)).astype(np.int16),
            generator.normal(size=areas),
            0.125,
        )
        for _ in range(2)
    )
    found = TermOccurrences((occurrences(clauses), occurrences(clauses)), clause_to_sentence, sentences.rows)
    twice, twice_whole = replace(clauses, data=2 * clauses.data), replace(sentences, data=2 * sentences.data)
    whole, parts = ClassifierPair(weights, first, second).score(found, sublinear, use_scipy=use_scipy)
    assert whole == pytest.approx(by_rows(twice_whole, weights, first, sublinear), abs=1e-3)
    of_clauses = by_rows(twice, weights, second, sublinear)
    for sentence in range(sentences.rows):
        own = of_clauses[(clause_to_sentence == sentence) & (np.diff(clauses.indptr) > 0)]
        assert parts[sentence] == pytest.approx(own.max(axis=0) if len(own) else second.intercept, abs=1e-3)


def by_rows(counts: CsrCounts, weights: Floats, linear: LinearClassifiers, sublinear: bool) -> Floats:
    values = dense(replace(counts, data=tf_idf(counts, weights, sublinear)))
    return np.asarray(values @ (linear.coef * linear.unit)) + linear.intercept
