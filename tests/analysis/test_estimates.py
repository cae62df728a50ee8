import numpy as np
import pytest
from numpy.typing import NDArray

from classifier.analysis.correction import fit_correction
from classifier.analysis.estimates import (
    LEAST_SAMPLED,
    CorrectedBy,
    GroupSums,
    LabelledSums,
    estimate_difference,
    estimate_group,
    estimate_group_by_labels,
)
from classifier.analysis.measures import area_vectors
from tests.analysis.test_correction import AREAS, REPORT, SHARES, flags, with_errors


def report_sums(rng: np.random.Generator, reports: int) -> tuple[GroupSums, NDArray[np.float64]]:
    """The sums of reports of 60 units that differ in their mix, and their true vectors."""
    vectors, true = [], []
    for chance in rng.uniform(0.1, 0.7, reports):
        truth = flags(rng, 60, (chance, 0.15, 0.1))
        vectors.append(area_vectors(with_errors(rng, truth)).sum(axis=0))
        true.append(area_vectors(truth).sum(axis=0))
    return GroupSums(np.array(vectors), np.full(reports, 60.0)), np.array(true)


def test_without_a_correction_figures_stay_raw() -> None:
    sums, _ = report_sums(np.random.default_rng(0), 3)
    found = estimate_group(sums, None, SHARES)
    assert found.value == pytest.approx(found.raw)
    assert found.corrected_by is CorrectedBy.NOTHING
    assert np.isnan(found.low).all()
    assert np.isnan(found.high).all()


def test_few_reports_stand_for_themselves_and_many_for_more() -> None:
    rng = np.random.default_rng(1)
    truth = flags(rng, len(REPORT))
    correction = fit_correction(truth, with_errors(rng, truth), np.ones(len(REPORT)), REPORT)
    sums, _ = report_sums(rng, LEAST_SAMPLED)
    few = estimate_group(GroupSums(sums.vectors[:-1], sums.weights[:-1]), correction, SHARES)
    many, census = (estimate_group(sums, correction, SHARES, census) for census in (False, True))
    assert (few.sampled, many.sampled, census.sampled) == (False, True, False)
    assert (many.high - many.low)[0] > 2 * (census.high - census.low)[0]
    assert many.value == pytest.approx(census.value)


def test_intervals_hold_the_share_of_the_population_that_reports_were_drawn_from() -> None:
    rng = np.random.default_rng(2)
    _, everything = report_sums(rng, 4000)
    population = everything.sum(axis=0) / everything[:, :SHARES].sum()
    held = []
    for _ in range(200):
        truth = flags(rng, len(REPORT))
        correction = fit_correction(truth, with_errors(rng, truth), np.ones(len(REPORT)), REPORT)
        found = estimate_group(report_sums(rng, 12)[0], correction, SHARES)
        held.append((found.low <= population) & (population <= found.high))
    assert 0.93 < np.mean(held) < 0.975


def draw(rng: np.random.Generator, labels: int) -> tuple[GroupSums, LabelledSums, NDArray[np.float64]]:
    """Two reports of 2000 units, with `labels` of their units drawn and labelled."""
    truth = flags(rng, 4000)
    predicted = truth & (rng.random(truth.shape) < 0.5)  # much worse than a correction could know of
    true, raw = area_vectors(truth), area_vectors(predicted)
    drawn = rng.choice(4000, labels, replace=False)
    sums = GroupSums(raw.reshape(2, 2000, -1).sum(axis=1), np.full(2, 2000.0))
    return sums, LabelledSums(true[drawn], raw[drawn], np.ones(labels)), true.mean(axis=0)


def test_own_labels_hold_whatever_the_model_does() -> None:
    rng = np.random.default_rng(3)
    truth = flags(rng, len(REPORT))
    correction = fit_correction(truth, with_errors(rng, truth), np.ones(len(REPORT)), REPORT)
    held, wrong = [], []
    for _ in range(200):
        sums, labelled, true = draw(rng, 200)
        found = estimate_group_by_labels(sums, labelled, correction, SHARES)
        held.append((found.low <= true) & (true <= found.high))
        by_model = estimate_group(sums, correction, SHARES)
        wrong.append((by_model.low <= true) & (true <= by_model.high))
    assert 0.93 < np.mean(held) < 0.975
    assert np.mean(wrong) < 0.7


def test_as_many_more_labels_halve_the_interval() -> None:
    rng = np.random.default_rng(4)
    few = [estimate_group_by_labels(*draw(rng, 100)[:2], None, SHARES) for _ in range(20)]
    more = {found.more_labels for found in few}
    assert len(more) == 1
    wanted = more.pop()
    assert wanted is not None
    assert 250 < wanted < 300  # three times as many, less what is gained as fewer units are left unseen
    many = [estimate_group_by_labels(*draw(rng, 100 + wanted)[:2], None, SHARES) for _ in range(20)]
    width = [np.mean([found.high - found.low for found in each]) for each in (few, many)]
    assert width[1] / width[0] == pytest.approx(0.5, abs=0.05)


def test_where_reports_differ_most_no_labels_halve_the_interval() -> None:
    rng = np.random.default_rng(5)
    sums, true = report_sums(rng, 6)
    labelled = LabelledSums(true[:, : 2 * AREAS + 1] / 10, sums.vectors / 10, np.full(6, 6.0))
    found = estimate_group_by_labels(sums, labelled, None, SHARES)
    assert found.sampled
    assert found.more_labels is None
    assert estimate_group_by_labels(sums, labelled, None, SHARES, census=True).more_labels is not None


def some_text(rng: np.random.Generator, units: int, chance: float) -> tuple[GroupSums, NDArray[np.float64]]:
    """The sums of one report, and its true vector."""
    truth = flags(rng, units, (chance, 0.15, 0.1))
    raw = area_vectors(with_errors(rng, truth)).sum(axis=0, keepdims=True)
    return GroupSums(raw, np.array([float(units)])), area_vectors(truth).mean(axis=0)


@pytest.mark.parametrize("second", [0.2, 0.5])
def test_intervals_hold_the_difference_of_two_texts(second: float) -> None:
    rng = np.random.default_rng(4)
    held, widths, apart = [], [], []
    for _ in range(300):
        truth = flags(rng, len(REPORT))
        correction = fit_correction(truth, with_errors(rng, truth), np.ones(len(REPORT)), REPORT)
        (a, true_a), (b, true_b) = some_text(rng, 2000, 0.2), some_text(rng, 2000, second)
        difference, low, high = estimate_difference(a, b, correction, SHARES)
        each = [estimate_group(sums, correction, SHARES) for sums in (a, b)]
        assert difference == pytest.approx(each[1].value - each[0].value)
        held.append((low <= true_b - true_a) & (true_b - true_a <= high))
        widths.append(high - low)
        apart.append(np.hypot(*(e.high - e.low for e in each)))
    assert 0.93 < np.mean(held) < 0.985
    assert np.mean(widths) < 0.99 * np.mean(apart)  # what the matrix has wrong falls out


def test_a_text_does_not_differ_from_itself_and_the_other_way_round_is_the_opposite() -> None:
    rng = np.random.default_rng(5)
    truth = flags(rng, len(REPORT))
    correction = fit_correction(truth, with_errors(rng, truth), np.ones(len(REPORT)), REPORT)
    (a, _), (b, _) = some_text(rng, 300, 0.2), some_text(rng, 300, 0.5)
    assert estimate_difference(a, a, correction, SHARES)[0] == pytest.approx(0)
    there, back = estimate_difference(a, b, correction, SHARES), estimate_difference(b, a, correction, SHARES)
    assert there[0] == pytest.approx(-back[0])
    assert there[1] == pytest.approx(-back[2])
    assert np.isnan(estimate_difference(a, b, None, SHARES)[1]).all()
