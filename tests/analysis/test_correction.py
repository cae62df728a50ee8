import numpy as np
import pytest
from numpy.typing import NDArray

from classifier.analysis.correction import correct_vectors, error_variance, feasible, fit_correction
from classifier.analysis.measures import MeasuredIn, area_vectors, measured_units

AREAS = 3
SHARES = AREAS + 1
REPORT = np.repeat(np.arange(40), 30)


def flags(rng: np.random.Generator, rows: int, chances: tuple[float, ...] = (0.4, 0.3, 0.2)) -> NDArray[np.bool_]:
    """The areas of units: one or none, by its chance, and in a tenth of them another one beside it."""
    first = rng.choice(SHARES, rows, p=(*chances, 1 - sum(chances)))
    found = np.eye(SHARES, dtype=np.bool_)[first, :AREAS]
    beside = (rng.random((rows, AREAS)) < np.array(chances) / 8) & found.any(axis=1, keepdims=True)
    return found | beside


def with_errors(rng: np.random.Generator, truth: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What a model makes of it that misses a fifth of all areas, and tags every thirtieth wrongly."""
    return np.where(truth, rng.random(truth.shape) < 0.8, rng.random(truth.shape) < 0.03)


def test_a_unit_is_divided_among_its_areas_and_covers_each() -> None:
    vectors = area_vectors(np.array([[1, 0, 1], [0, 0, 0]], np.bool_))
    assert vectors.tolist() == [[0.5, 0, 0.5, 0, 1, 0, 1], [0, 0, 0, 1, 0, 0, 0]]


def test_a_paragraph_has_the_areas_of_its_sentences() -> None:
    one = np.array([[1, 0], [0, 1], [0, 0]], np.bool_)
    for measure, weights, first in (
        (MeasuredIn.CHARACTERS, [9, 4, 2], [0, 1, 2]),
        (MeasuredIn.SENTENCES, [1, 1, 1], [0, 1, 2]),
        (MeasuredIn.PARAGRAPHS, [1, 1], [0, 2]),
    ):
        found = measured_units(measure, np.array([9, 4, 2]), np.array([0, 0, 1]), one)
        assert (found[0].tolist(), found[1].tolist()) == (weights, first)
    assert found[2][0].tolist() == [[True, True], [False, False]]


def test_a_model_without_errors_is_left_as_it_is() -> None:
    truth = flags(np.random.default_rng(0), len(REPORT))
    correction = fit_correction(truth, truth, np.ones(len(REPORT)), REPORT)
    assert correction is not None
    raw = area_vectors(truth)[:7].mean(axis=0)
    assert correct_vectors(correction, raw) == pytest.approx(raw)
    assert error_variance(correction, raw[:SHARES], 50).max() < 1e-12


def test_one_area_a_unit_gives_the_adjusted_count_of_a_confusion_matrix() -> None:
    """Errors that are the same at every mix are taken out exactly, at a mix unlike that of the labels."""
    rng = np.random.default_rng(3)
    confusion = np.array([[70, 10, 0, 20], [5, 80, 5, 10], [0, 10, 60, 30], [10, 0, 10, 80]])  # true by predicted
    pairs = np.array([(t, p) for t in range(SHARES) for p in range(SHARES) for _ in range(confusion[t, p])])
    pairs = np.tile(pairs, (50, 1))
    one_hot = np.eye(SHARES, dtype=np.bool_)[:, :AREAS]
    report = np.repeat(np.arange(100), len(pairs) // 100)
    mixed = pairs[rng.permutation(len(pairs))]
    correction = fit_correction(one_hot[mixed[:, 0]], one_hot[mixed[:, 1]], np.ones(len(pairs)), report)
    assert correction is not None
    true = np.array([0.7, 0.1, 0.15, 0.05])
    raw = true @ (confusion / 100)
    found = correct_vectors(correction, np.hstack([raw, raw[:AREAS]]))
    assert np.linalg.solve((confusion / 100).T, raw) == pytest.approx(true)  # the adjusted count, by itself
    assert found[:SHARES] == pytest.approx(true, abs=1e-3)
    assert found[SHARES:] == pytest.approx(true[:AREAS], abs=1e-3)


def test_it_is_nearer_to_the_truth_than_raw_sums_and_knows_how_near() -> None:
    """With several areas a unit, and a text whose mix is far from that of the labels; 300 texts of 400 units."""
    rng = np.random.default_rng(5)
    raw_errors, errors, held = [], [], []
    for _ in range(300):
        truth = flags(rng, len(REPORT))
        correction = fit_correction(truth, with_errors(rng, truth), np.ones(len(REPORT)), REPORT)
        assert correction is not None
        true = flags(rng, 400, (0.05, 0.1, 0.7))
        target, raw = area_vectors(true).mean(axis=0), area_vectors(with_errors(rng, true)).mean(axis=0)
        found = feasible(correct_vectors(correction, raw)[None], SHARES)[0]
        deviation = np.sqrt(error_variance(correction, found[:SHARES], 400))
        raw_errors.append(abs(raw - target))
        errors.append(abs(found - target))
        held.append(abs(found - target) <= 1.96 * deviation)
    assert np.mean(errors) < 0.5 * np.mean(raw_errors)
    assert 0.92 < np.mean(held) < 0.98


def test_an_area_without_a_case_is_left_as_it_is() -> None:
    rng = np.random.default_rng(6)
    truth = flags(rng, len(REPORT), (0.4, 0.0, 0.3))
    predicted = with_errors(rng, truth) & [True, False, True]
    correction = fit_correction(truth, predicted, np.ones(len(REPORT)), REPORT)
    assert correction is not None
    raw = np.array([0, 0.3, 0, 0.7, 0, 0.3, 0])
    assert correct_vectors(correction, raw)[[1, 5]] == pytest.approx(0.3, abs=1e-6)


def test_too_few_reports_or_an_area_that_is_never_found_give_no_correction() -> None:
    rng = np.random.default_rng(7)
    truth = flags(rng, len(REPORT))
    ones = np.ones(len(REPORT))
    assert fit_correction(truth, truth, ones, REPORT // 6) is None
    assert fit_correction(truth[:0], truth[:0], ones[:0], REPORT[:0]) is None
    assert fit_correction(truth, truth & [True, True, False], ones, REPORT) is None


def test_what_can_be_is_the_nearest_there_is() -> None:
    rng = np.random.default_rng(8)
    vectors = rng.normal(0.25, 0.4, (50, 2 * AREAS + 1))
    found = feasible(vectors, SHARES)
    assert found.min() >= 0
    assert found[:, :SHARES].sum(axis=1) == pytest.approx(1)
    assert found[:, SHARES:].max() <= 1
    others = rng.dirichlet(np.ones(SHARES), 2000)
    distance = ((vectors[:, None, :SHARES] - others) ** 2).sum(axis=2).min(axis=1)
    assert (((vectors - found)[:, :SHARES] ** 2).sum(axis=1) <= distance + 1e-12).all()
