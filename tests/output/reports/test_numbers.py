import pytest

from classifier.evaluation.intervals import Interval
from classifier.output.language import EvaluationWords
from classifier.output.reports.numbers import UNDEFINED, figure, interval_text

NAN = float("nan")


def test_figures_have_three_decimals_or_a_dash() -> None:
    assert [figure(0.12349), figure(1), figure(NAN), figure(NAN, "+.4f")] == ["0.123", "1.000", UNDEFINED, UNDEFINED]
    assert figure(-0.00126, "+.4f") == "-0.0013"


@pytest.mark.parametrize(("lang", "text"), [("zh", "无定义 (too few cases)"), ("en", "undefined (too few cases)")])
def test_an_interval_without_bounds_says_why(lang: str, text: str) -> None:
    words = EvaluationWords(lang)
    assert interval_text(Interval(NAN, NAN, "too few cases"), words) == text
    assert interval_text(Interval(0.25, 0.5), words) == "0.250 – 0.500"
