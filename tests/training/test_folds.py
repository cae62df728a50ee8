import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.training.folds import deal_folds, lacking_areas


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=60), st.integers(2, 6), st.integers(0, 3))
def test_folds_keep_reports_whole(reports: list[str], folds: int, seed: int) -> None:
    targets = np.random.default_rng(seed).random((len(reports), 3)) < 0.4
    fold = deal_folds(reports, targets, folds, seed)
    names = sorted(set(reports))
    if len(names) > 1:
        assert all(len({f for f, r in zip(fold, reports, strict=True) if r == name}) == 1 for name in names)
    assert len(set(fold.tolist())) == min(folds, len(names) if len(names) > 1 else len(reports))
    assert (deal_folds(reports, targets, folds, seed) == fold).all()


def test_folds_are_balanced_over_areas() -> None:
    generator = np.random.default_rng(0)
    reports = [f"r{i // 12:02d}" for i in range(1200)]
    rates = generator.random((100, 5)) * np.array([0.5, 0.3, 0.2, 0.1, 0.05])
    targets = generator.random((1200, 5)) < np.repeat(rates, 12, axis=0)
    fold = deal_folds(reports, targets, 5, 0)
    shares = np.array([targets[fold == f].sum(axis=0) for f in range(5)]) / targets.sum(axis=0)
    assert np.abs(shares - 0.2).max() < 0.05
    assert np.abs(np.bincount(fold) / 1200 - 0.2).max() < 0.05
    assert lacking_areas(fold, reports, targets) == []


def test_a_fold_without_an_area_is_found() -> None:
    reports = ["a", "b", "c", "d"]
    targets = np.array([[1], [1], [0], [0]], dtype=bool)
    assert lacking_areas(np.array([0, 0, 1, 1]), reports, targets) == [(1, 0)]
    assert lacking_areas(deal_folds(reports, targets, 2, 0), reports, targets) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from("abcdefgh"), min_size=6, max_size=40), st.lists(st.sampled_from("ghij"), max_size=9))
def test_folds_of_the_base_part_do_not_depend_on_further_reports(base: list[str], further: list[str]) -> None:
    targets = np.random.default_rng(1).random((len(base) + len(further), 3)) < 0.4
    fold = deal_folds(base + further, targets, 3, 0, len(base))
    if len(set(base)) >= 3:
        assert (fold[: len(base)] == deal_folds(base, targets[: len(base)], 3, 0)).all()
    of_report = dict(zip(base + further, fold.tolist(), strict=True))
    if len(set(base + further)) > 1:
        assert [of_report[r] for r in base + further] == fold.tolist()  # reports stay whole
