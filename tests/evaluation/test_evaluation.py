import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, jaccard_score
from typer.testing import Result

from classifier.errors import ClassifierError
from classifier.evaluation import baselines, intervals, reliability
from classifier.evaluation.comparison import compare
from classifier.evaluation.duplicates import across_folds
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.metrics import average_precision, confusion_tables, f1_of, multilabel
from classifier.features.tfidf import tf_idf
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet
from classifier.model.explain import contributions
from classifier.model.model import Model
from classifier.output.reports import charts
from classifier.settings import Settings
from tests.conftest import labelled_rows, write_rows

pairs = st.integers(1, 12).flatmap(
    lambda n: st.tuples(*[st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=n, max_size=n)] * 2)
)


def made(truth: list[list[int]], scores: list[list[float]], reports: str) -> EvaluatedPredictions:
    areas = tuple("abc"[: len(truth[0])])
    return EvaluatedPredictions(areas, np.array(truth, dtype=bool), np.array(scores, dtype=float), tuple(reports))


@given(pairs)
def test_figures_of_paragraphs_are_those_of_scikit_learn(pair: tuple[list[list[bool]], list[list[bool]]]) -> None:
    truth, predicted = (np.array(p) for p in pair)
    found = multilabel(truth, predicted, predicted.astype(float))
    either = (truth | predicted).any(axis=1)
    f1 = f1_score(truth[either], predicted[either], average="samples", zero_division=0) if either.any() else 0
    jaccard = jaccard_score(truth[either], predicted[either], average="samples", zero_division=0) if either.any() else 0
    assert found.samples_f1 == pytest.approx((f1 * either.sum() + (~either).sum()) / len(truth))
    assert found.jaccard == pytest.approx((jaccard * either.sum() + (~either).sum()) / len(truth))
    assert found.exact_match == pytest.approx((truth == predicted).all(axis=1).mean())
    assert found.hamming_loss == pytest.approx((truth != predicted).mean())


def test_average_precision_of_nothing_is_undefined() -> None:
    found = average_precision(np.array([[1, 0], [0, 0]], dtype=bool), np.array([[0.9, 0.1], [0.2, 0.3]]))
    assert found[0] == 1
    assert np.isnan(found[1])


def test_confusion_tells_instead_from_beside() -> None:
    truth = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0]], dtype=bool)
    predicted = np.array([[0, 1, 0], [1, 0, 1], [1, 1, 0]], dtype=bool)
    instead, beside = confusion_tables(truth, predicted)
    assert instead.tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert beside.tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_a_bootstrap_of_equal_reports_has_no_width() -> None:
    run = made([[1], [0]] * 6, [[0.9], [0.9]] * 6, "aabbccddeeff")
    counts = intervals.counts_by_report(run)
    drawn = intervals.f1_draws(counts, intervals.draws(6, 0))
    found = intervals.interval(drawn[:, 0], 6)
    assert [found.low, found.high] == pytest.approx([2 / 3, 2 / 3])


def test_a_bootstrap_has_the_spread_of_a_binomial() -> None:
    """With one paragraph in each report, recall of all-true labels is a share of n draws: its spread is known."""
    n, p = 400, 0.8
    scores = [[0.9]] * int(n * p) + [[0.1]] * (n - int(n * p))
    run = EvaluatedPredictions(
        ("a",), np.ones((n, 1), dtype=bool), np.array(scores), tuple(f"{i:03d}" for i in range(n))
    )
    counts = intervals.counts_by_report(run)
    recall = (intervals.draws(n, 1) @ counts.hits / n)[:, 0]
    assert recall.std() == pytest.approx((p * (1 - p) / n) ** 0.5, rel=0.08)


def test_too_few_reports_or_cases_have_no_interval() -> None:
    assert intervals.interval(np.ones(50), 3).reason == "fewer than 5 reports"
    assert intervals.interval(np.r_[np.ones(40), np.full(10, np.nan)], 9).reason == "too few cases"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000))
def test_slow_and_fast_bootstrap_are_the_same(seed: int) -> None:
    generator = np.random.default_rng(seed)
    reports = tuple(sorted(generator.choice(list("abcdefg"), size=40)))
    run = EvaluatedPredictions(("x", "y"), generator.random((40, 2)) < 0.5, generator.random((40, 2)), reports)
    counts = intervals.counts_by_report(run)
    fast = intervals.micro_draws(counts, intervals.draws(len(counts.hits), seed, 5))

    def micro(r: EvaluatedPredictions) -> float:
        sums = (np.array(float(m.sum())) for m in (r.truth & r.predicted, r.predicted, r.truth))
        return float(f1_of(*sums))

    assert [micro(r) for r in intervals.resamples(run, seed, 5)] == pytest.approx(fast, nan_ok=True)


def test_the_paired_test_finds_nothing_between_equals_and_much_between_unequals() -> None:
    generator = np.random.default_rng(0)
    truth = generator.random((400, 3)) < 0.4
    reports = tuple(f"{i // 10:02d}" for i in range(400))
    good = np.where(generator.random(truth.shape) < 0.9, truth, ~truth).astype(float)
    as_good = np.where(generator.random(truth.shape) < 0.9, truth, ~truth).astype(float)
    bad = np.where(generator.random(truth.shape) < 0.6, truth, ~truth).astype(float)
    runs = [EvaluatedPredictions(("a", "b", "c"), truth, s, reports) for s in (good, as_good, bad)]
    same = compare(runs[0], runs[0], seed=0)
    assert (same.difference, same.p) == (0, 1)
    equal, unequal = compare(runs[0], runs[1], seed=0), compare(runs[0], runs[2], seed=0)
    assert equal.p > 0.05
    assert equal.interval.low < 0 < equal.interval.high
    assert unequal.p < 0.001
    assert unequal.interval.low > 0.1


def test_only_the_same_paragraphs_are_compared() -> None:
    one, other = made([[1]], [[0.9]], "a"), made([[0]], [[0.9]], "a")
    with pytest.raises(ClassifierError, match="not of the same paragraphs"):
        compare(one, other, seed=0)


def test_calibration_of_known_cases() -> None:
    truth = np.array([[1], [1], [0], [0]], dtype=bool)
    scores = np.array([[0.75], [0.75], [0.75], [0.05]])
    found = reliability.measure_reliability(truth, scores)
    assert found.count.tolist() == [1, 0, 0, 0, 0, 0, 0, 3, 0, 0]
    assert found.true[7] == pytest.approx(2 / 3)
    assert np.isnan(found.true[1])
    assert reliability.expected_error(found) == pytest.approx((0.05 + 3 * abs(0.75 - 2 / 3)) / 4)
    assert reliability.brier(truth, scores)[0] == pytest.approx((2 * 0.0625 + 0.5625 + 0.0025) / 4)


def test_baselines(small_set: LabelledSet) -> None:
    areas = small_set.taxonomy.areas
    counted = count_labels(small_set.examples, areas, {}, Settings())
    fold = np.array([int(r[1:]) % 2 for r in counted.reports])
    words = {"schools": ["新建小学", "学位", "教师"], "roads": ["国道", "桥梁"]}
    ids = [a.id for a in areas]
    found = baselines.held_out(counted, fold, words, ids, mask_numbers=True)
    assert set(found) == {"majority", "keywords", "plain"}
    roads = found["keywords"][:, ids.index("roads")] == 1
    has = np.array(
        [any("国道" in s or "桥梁" in s for s in e.sentences) for e in sorted(small_set.examples, key=lambda e: e.id)]
    )
    assert (roads == has).all()
    assert not found["keywords"][:, ids.index("farms")].any()
    assert ((found["plain"] >= 0) & (found["plain"] <= 1)).all()


def test_near_duplicates_across_folds_are_found(small_set: LabelledSet) -> None:
    counted = count_labels(small_set.examples, small_set.taxonomy.areas, {}, Settings())
    found = across_folds(counted, np.arange(len(counted.reports)))
    assert found == [(a, b) for a, b in found if a < b]
    assert across_folds(counted, np.zeros(len(counted.reports), dtype=np.int64)) == []


def test_contributions_add_up_to_the_score(small_model: Model, small_set: LabelledSet) -> None:
    from classifier.features.csr import TermOccurrences, occurrences
    from classifier.features.term_counts import count_known_terms
    from classifier.features.tokenizer import load_tokenizer

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


@pytest.fixture(scope="module")
def on_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp("on") / "on.jsonl", labelled_rows(6, by_sentence=False))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_report(
    classify: Callable[..., Result], small_labels: Path, small_bundle: Path, on_file: Path, tmp_path: Path, lang: str
) -> None:
    other = tmp_path / "other.toml"
    other.write_text("char_ngrams = 0\nmin_sentences = 2\n", encoding="utf-8")
    options = ("--labels", small_labels, "--jobs", 1, "--lang", lang, "--out", tmp_path / "out", "--compare", other)
    result = classify("evaluate", "--on", on_file, "--model", small_bundle, *options)
    assert result.exit_code == 0, result.output
    names = {p.name for p in (tmp_path / "out").iterdir()}
    figures = {f"{n}.{s}" for n in ("areas", "precision_recall", "reliability", "confusion") for s in ("svg", "png")}
    assert names == {"report.json", "report.md", "report.html"} | figures
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert {"majority", "keywords", "plain"} == set(report["baselines"])
    assert set(report["compared"]) == {"macro", "core"}
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert ("评估报告" if lang == "zh" else "Evaluation of") in page
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "![areas](areas.svg)" in text


def test_the_report_of_cross_validation(classify: Callable[..., Result], small_labels: Path, tmp_path: Path) -> None:
    chosen = tmp_path / "settings.toml"
    chosen.write_text("min_sentences = 2\nfolds = 2\n", encoding="utf-8")
    options = ("--labels", small_labels, "--jobs", 1, "--settings", chosen, "--out", tmp_path / "out", "--lang", "en")
    result = classify("evaluate", "--cv", 3, *options)
    assert result.exit_code == 0, result.output
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [f["fold"] for f in report["folds"]] == [1, 2, 3]
    assert len(report["curve"]["sentences"]) == 4
    assert report["duplicates"]["pairs"] >= 0
    assert (tmp_path / "out" / "learning_curve.svg").is_file()


def test_without_a_chinese_font_names_are_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    area = {"zh": "教育", "en": "Schools", "color": "#123456", "f1": 0.5, "precision": 0.5, "recall": 0.5}
    area |= {"interval": {"low": None, "high": None}, "curve": [[0, 1], [1, 0.5]]}
    bins = [{"predicted": 0.5, "true": 0.5, "count": 3}]
    report = {"areas": [area], "calibration": {"bins": bins}, "confusion": {"instead": [[0]]}, "curve": None}
    monkeypatch.setattr(charts, "chinese_font", lambda: None)
    drawn = charts.draw_all(report, tmp_path, "zh")
    assert "Schools" in drawn["areas"]
    assert "教育" not in "".join(drawn.values())
