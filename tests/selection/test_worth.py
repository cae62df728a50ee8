"""What a label is worth, compared with scikit-activeml where that has the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from classifier.selection.worth import NOVELTY_WEIGHT, rarities, uncertainties, unknown_words, worths

probabilities = arrays(np.float64, st.tuples(st.integers(1, 8), st.integers(1, 5)), elements=st.floats(0, 1))


@settings(deadline=None, max_examples=50)
@given(probabilities)
def test_uncertainty_is_that_of_margin_sampling(p: np.ndarray) -> None:
    from skactiveml.pool import uncertainty_scores

    for own, found in zip(p.T, uncertainties(p).T, strict=True):
        expected = uncertainty_scores(np.stack([1 - own, own], axis=1), method="margin_sampling")
        assert found == pytest.approx(expected, abs=1e-9)


def test_doubt_is_greatest_at_a_half_and_not_at_the_threshold() -> None:
    assert uncertainties(np.array([0, 0.45, 0.5, 1])) == pytest.approx([0, 0.9, 1, 0])


@settings(deadline=None)
@given(arrays(np.int64, st.integers(1, 13), elements=st.integers(0, 10_000)))
def test_rare_areas_weigh_more(counts: np.ndarray) -> None:
    weights = rarities(counts)
    assert weights.mean() == pytest.approx(1)
    assert (np.diff(weights[np.argsort(counts, kind="stable")]) <= 1e-12).all()


def test_a_quarter_of_the_labels_weighs_double() -> None:
    rare, usual = rarities(np.array([24, 99]))
    assert rare / usual == pytest.approx(2)


@settings(deadline=None)
@given(probabilities, st.data())
def test_worth_grows_with_doubt_and_with_novelty(p: np.ndarray, data: st.DataObject) -> None:
    novelty = data.draw(arrays(np.float64, len(p), elements=st.floats(0, 1)))
    rarity = rarities(np.arange(p.shape[1]))
    found = worths(p, rarity, novelty)
    assert (found >= 0).all()
    assert (worths(np.full_like(p, 0.5), rarity, novelty) >= found - 1e-12).all()
    assert worths(p, rarity, novelty * 0) * (1 + NOVELTY_WEIGHT * novelty) == pytest.approx(found)


def test_unknown_words_are_named_longest_first_with_their_share() -> None:
    cut = {"低空经济起步": ["低空经济", "起步"], "无人机配送": ["无人机", "配送"], "0": ["0"]}
    words, share = unknown_words(["低空经济起步，无人机配送。", "3"], {"起步": 0, "配送": 1}, cut.__getitem__, True)
    assert words == ("低空经济", "无人机")
    assert share == pytest.approx(7 / 11)
    assert unknown_words(["。"], {}, cut.__getitem__, True) == ((), 0.0)
