import math

import pytest

from classifier.analysis.changed_words import PRIOR_WEIGHT, changed_words


def test_words_that_grew_come_first() -> None:
    first = ["扶贫"] * 60 + ["发展"] * 50 + ["偶见"] * 2
    second = ["振兴"] * 60 + ["发展"] * 50
    found = changed_words(first, second)
    assert [w.word for w in found] == ["振兴", "发展", "扶贫"]  # what stands twice is too rare
    assert (found[0].first, found[0].second) == (0, 60)
    assert found[0].z > 1.96 > abs(found[1].z)
    assert found[2].z < -1.96


def test_the_score_is_that_of_the_formula() -> None:
    first, second = ["a"] * 6 + ["b"] * 14, ["a"] * 12 + ["b"] * 28
    (a,) = [w for w in changed_words(first, second) if w.word == "a"]
    prior = PRIOR_WEIGHT * 18 / 60
    one, two = 6 + prior, 12 + prior
    delta = math.log(two / (40 + PRIOR_WEIGHT - two)) - math.log(one / (20 + PRIOR_WEIGHT - one))
    assert a.z == pytest.approx(delta / math.sqrt(1 / one + 1 / two))


def test_equal_texts_change_nothing() -> None:
    text = ["修路"] * 5 + ["办学"] * 5
    assert all(abs(w.z) < 1e-9 for w in changed_words(text, text))
    assert changed_words([], []) == []
