import pytest

from classifier.evaluation.intervals import Interval, WhyUndefined
from classifier.output.language import EvaluationWords
from classifier.output.reports.numbers import UNDEFINED, figure, interval_text

NAN = float("nan")


def test_figures_have_three_decimals_or_a_dash() -> None:
    assert [figure(0.12349), figure(1), figure(NAN), figure(NAN, "+.4f")] == ["0.123", "1.000", UNDEFINED, UNDEFINED]
    assert figure(-0.00126, "+.4f") == "-0.0013"


@pytest.mark.parametrize(
    ("lang", "reason", "text"),
    [
        ("zh", WhyUndefined.FEW_CASES, "无定义（例子太少）"),
        ("en", WhyUndefined.FEW_CASES, "undefined (too few cases)"),
        ("zh", WhyUndefined.FEW_REPORTS, "无定义（报告不足 5 份）"),
        ("en", WhyUndefined.FEW_REPORTS, "undefined (fewer than 5 reports)"),
    ],
)
def test_an_interval_without_bounds_says_why(lang: str, reason: WhyUndefined, text: str) -> None:
    assert interval_text(Interval(NAN, NAN, reason), EvaluationWords(lang)) == text


def test_an_interval_has_two_bounds() -> None:
    assert interval_text(Interval(0.25, 0.5), EvaluationWords("zh")) == "0.250 – 0.500"
