import numpy as np
import pytest

from classifier.features.csr import TermOccurrences, occurrences
from classifier.features.term_counts import count_known_terms
from classifier.features.tfidf import tf_idf
from classifier.features.tokenizer import load_tokenizer
from classifier.model.explain import contributions
from classifier.model.model import Model


def test_contributions_add_up_to_the_score(small_model: Model) -> None:
    place = {t: i for i, t in enumerate(small_model.vocabulary.terms)}
    counts = count_known_terms(["改造国道30公里。"], place, load_tokenizer({}), small_model.settings)
    idf, linear = small_model.classifiers.idf, small_model.classifiers.sentences
    values = tf_idf(counts, idf, small_model.settings.sublinear)
    found = TermOccurrences((occurrences(counts),), np.array([0]), 1)
    whole = small_model.classifiers.score(found, small_model.settings.sublinear)[0][0, 2]
    pushed = contributions(small_model, counts, 0, 2, most=10**6)
    pulled = sum(v * c for v, c in zip(values, linear.coef[counts.indices, 2], strict=True) if c < 0)
    assert sum(w for _, w in pushed) + pulled + linear.intercept[2] == pytest.approx(whole, abs=1e-4)
    assert [w for _, w in pushed] == sorted((w for _, w in pushed), reverse=True)
