"""Figures and intervals as text, with one dash for all that is undefined."""

import math

from classifier.evaluation.intervals import LEAST_REPORTS, Interval
from classifier.output.language import EvaluationWords

UNDEFINED = "—"


def figure(value: float, form: str = ".3f") -> str:
    """Return a figure with three decimals, or in another form; a dash where it is nan."""
    return UNDEFINED if math.isnan(value) else format(value, form)


def interval_text(found: Interval, words: EvaluationWords) -> str:
    """Return an interval as `low – high`, or that it is undefined and why."""
    if math.isnan(found.low):
        return words.undefined.format(why=words[found.reason.name.lower()].format(least=LEAST_REPORTS))
    return f"{figure(found.low)} – {figure(found.high)}"
