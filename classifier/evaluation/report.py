"""Everything that a report of an evaluation says, as plain values; computed here, drawn and written elsewhere."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from classifier.arrays import Floats
from classifier.evaluation import intervals, reliability
from classifier.evaluation.comparison import Difference
from classifier.evaluation.error_cases import ErrorCase, EvaluatedParagraph
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.intervals import interval
from classifier.evaluation.learning_curve import LearningCurve
from classifier.evaluation.metrics import (
    area_figures,
    average_precision,
    confusion_tables,
    f1_of,
    macro,
    micro,
    multilabel,
)
from classifier.model.model import THRESHOLD
from classifier.records import Area

SLOW_DRAWS = 300  # of statistics that are not sums over reports
YEARS_OF_SLICE = 5  # that are counted together
LENGTHS = ((1, 1), (2, 4), (5, 8), (9, 10**6))  # sentences of a paragraph


@dataclass(frozen=True, slots=True)
class Extras:
    """What a report holds beside the figures of its run."""

    baselines: Mapping[str, Floats] = field(default_factory=dict)
    error_cases: Sequence[ErrorCase] = ()
    compared: Mapping[str, Difference] = field(default_factory=dict)
    learning_curve: LearningCurve | None = None
    annotator_agreement: Mapping[str, float] = field(default_factory=dict)
    duplicates: Sequence[tuple[int, int]] = ()


def build_report(
    run: EvaluatedPredictions,
    areas: Sequence[Area],
    units: Sequence[EvaluatedParagraph],
    about: Mapping[str, Any],
    extras: Extras,
    seed: int = 0,
) -> dict[str, Any]:
    """Return the report as nested plain values, nan as None; shapes are those of Run."""
    counts = intervals.counts_by_report(run)
    drawn = intervals.draws(len(counts.hits), seed)
    f1 = intervals.f1_draws(counts, drawn)
    core = np.array([a.core for a in areas])
    reports = len(counts.hits)
    instead, beside = confusion_tables(run.truth, run.predicted)
    near = extras.duplicates
    report = {
        "about": dict(about) | {"paragraphs": len(run.truth), "reports": reports, "cut": THRESHOLD},
        "areas": _areas(run, areas, f1, reports),
        "averages": _averages(run, core, f1, intervals.micro_draws(counts, drawn), reports),
        "paragraphs": _paragraphs(run, seed),
        "folds": _folds(run),
        "baselines": {name: _baseline(run, scores, core) for name, scores in extras.baselines.items()},
        "compared": {name: asdict(d) for name, d in extras.compared.items()},
        "calibration": _calibration(run),
        "confusion": {"instead": instead.tolist(), "beside": beside.tolist()},
        "curve": asdict(extras.learning_curve) if extras.learning_curve else None,
        "ceiling": dict(extras.annotator_agreement) or None,
        "slices": _slices(run, units),
        "duplicates": {"pairs": len(near), "examples": [[units[a].id, units[b].id] for a, b in near[:5]]},
        "gallery": [asdict(case) for case in extras.error_cases],
    }
    plain: dict[str, Any] = _plain(report)
    return plain


def _areas(run: EvaluatedPredictions, areas: Sequence[Area], f1: Floats, reports: int) -> list[dict[str, Any]]:
    figures = area_figures(run.truth, run.predicted)
    precision, errors = average_precision(run.truth, run.scores), reliability.brier(run.truth, run.scores)
    rows = []
    for i, area in enumerate(areas):
        found = reliability.measure_reliability(run.truth[:, i], run.scores[:, i])
        rows.append(
            {
                "id": area.id,
                "zh": area.zh,
                "en": area.en,
                "color": area.color,
                "core": area.core,
                "precision": figures.precision[i],
                "recall": figures.recall[i],
                "f1": figures.f1[i],
                "interval": asdict(interval(f1[:, i], reports)),
                "average_precision": precision[i],
                "support": int(figures.support[i]),
                "brier": errors[i],
                "calibration_error": reliability.expected_error(found),
                "curve": _precision_recall(run.truth[:, i], run.scores[:, i]),
            }
        )
    return rows


def _precision_recall(truth: Any, scores: Any) -> list[list[float]]:
    """Return up to 60 points of recall and precision, for drawing."""
    from sklearn.metrics import precision_recall_curve

    if not truth.any():
        return []
    precision, recall, _ = precision_recall_curve(truth, scores)
    chosen = np.unique(np.linspace(0, len(recall) - 1, 60).astype(int))
    return [[round(float(recall[i]), 4), round(float(precision[i]), 4)] for i in chosen]


def _averages(run: EvaluatedPredictions, core: Any, f1: Floats, micro_f1: Floats, reports: int) -> dict[str, Any]:
    figures = area_figures(run.truth, run.predicted)
    rows = {"macro": (macro(figures), interval(intervals.macro_draws(f1), reports))}
    if core.any():
        rows["core"] = (macro(figures, core), interval(intervals.macro_draws(f1, core), reports))
    rows["micro"] = (micro(run.truth, run.predicted), interval(micro_f1, reports))
    return {name: asdict(average) | {"interval": asdict(found)} for name, (average, found) in rows.items()}


def _paragraphs(run: EvaluatedPredictions, seed: int) -> dict[str, Any]:
    """Figures of paragraphs, each with an interval of a bootstrap over whole reports."""
    seen = asdict(multilabel(run.truth, run.predicted, run.scores))
    reports = len(set(run.reports))
    runs = intervals.resamples(run, seed, SLOW_DRAWS) if reports >= intervals.LEAST_REPORTS else ()
    drawn = [asdict(multilabel(r.truth, r.predicted, r.scores)) for r in runs]
    return {
        name: {"value": value, "interval": asdict(interval(np.array([d[name] for d in drawn]), reports))}
        for name, value in seen.items()
    }


def _folds(run: EvaluatedPredictions) -> list[dict[str, Any]]:
    """Macro-F1 of each fold, for cross-validation."""
    rows = []
    for f in np.unique(run.fold) if len(run.fold) else ():
        out = run.fold == f
        figures = area_figures(run.truth[out], run.predicted[out])
        rows.append({"fold": int(f) + 1, "paragraphs": int(out.sum()), "macro": macro(figures).f1})
    return rows


def _baseline(run: EvaluatedPredictions, scores: Floats, core: Any) -> dict[str, Any]:
    figures = area_figures(run.truth, scores >= THRESHOLD)
    return {
        "macro": macro(figures).f1,
        "core": macro(figures, core).f1,
        "micro": micro(run.truth, scores >= THRESHOLD).f1,
    }


def _calibration(run: EvaluatedPredictions) -> dict[str, Any]:
    found = reliability.measure_reliability(run.truth, run.scores)
    rows = zip(found.predicted, found.true, found.count, strict=True)
    return {
        "bins": [{"predicted": p, "true": t, "count": int(n)} for p, t, n in rows],
        "brier": float(reliability.brier(run.truth, run.scores).mean()),
        "expected_error": reliability.expected_error(found),
    }


def _slices(run: EvaluatedPredictions, units: Sequence[EvaluatedParagraph]) -> dict[str, list[dict[str, Any]]]:
    """Micro-F1 by level, years and length; micro, since a slice may lack an area."""
    years = [_years(u.year) for u in units]
    lengths = [next(_span(a, b) for a, b in LENGTHS if u.sentences <= b) for u in units]
    found = {}
    for name, values in (("level", [u.level for u in units]), ("years", years), ("sentences", lengths)):
        rows = []
        for value in sorted({v for v in values if v is not None}):
            own = np.array([v == value for v in values])
            truth, predicted = run.truth[own], run.predicted[own]
            f1 = f1_of(*(np.array(float(m.sum())) for m in (truth & predicted, predicted, truth)))
            rows.append({"value": value, "paragraphs": int(own.sum()), "micro": float(f1)})
        found[name] = rows
    return found


def _years(year: int | None) -> str | None:
    return (
        None if year is None else _span(year - year % YEARS_OF_SLICE, year - year % YEARS_OF_SLICE + YEARS_OF_SLICE - 1)
    )


def _span(low: int, high: int) -> str:
    if high == LENGTHS[-1][1]:
        return f"{low}+"
    return str(low) if low == high else f"{low}-{high}"


def _plain(value: Any) -> Any:
    """Return plain Python values; nan becomes None, so that the JSON is one that all can read."""
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    return value
