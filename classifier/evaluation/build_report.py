"""Builds the report of an evaluation from truth and predictions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import numpy as np

from classifier.arrays import Bools, Floats
from classifier.evaluation import intervals, reliability
from classifier.evaluation.annotator_agreement import AnnotatorAgreement
from classifier.evaluation.comparison import Difference
from classifier.evaluation.error_cases import ErrorCase
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.intervals import interval
from classifier.evaluation.learning_curve import LearningCurve
from classifier.evaluation.metrics import (
    Average,
    area_figures,
    average_precision,
    confusion_tables,
    macro,
    micro,
    multilabel,
    precision_recall_points,
)
from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.evaluation.report import (
    AreaRow,
    AverageRow,
    BaselineRow,
    CalibrationFigures,
    Confusion,
    Duplicates,
    EvaluationReport,
    FoldRow,
    Measure,
    ReliabilityBin,
    SentenceFigures,
)
from classifier.evaluation.slices import era_of, measure_slices, slice_rows
from classifier.records import Area

SLOW_DRAWS = 300  # of the bootstrap, for figures that must be computed anew from all paragraphs of a draw
DUPLICATES_SHOWN = 5
BASELINE_THRESHOLD = 0.5
REPORT_DIGITS = 6  # of every figure


@dataclass(frozen=True, slots=True)
class Extras:
    """What a report may hold beside the figures of its predictions. `baselines`: their probabilities, by name."""

    baselines: Mapping[str, Floats] = field(default_factory=dict)
    error_cases: Sequence[ErrorCase] = ()
    compared: Mapping[str, Difference] = field(default_factory=dict)
    sentences_compared: Mapping[str, Difference] = field(default_factory=dict)
    learning_curve: LearningCurve | None = None
    annotator_agreement: AnnotatorAgreement | None = None
    duplicates: Sequence[tuple[int, int]] = ()


def build_report(
    predictions: EvaluatedPredictions,
    areas: Sequence[Area],
    paragraphs: Sequence[EvaluatedParagraph],
    about: Mapping[str, Any],
    extras: Extras,
    seed: int = 0,
) -> EvaluationReport:
    """Return the report of predictions.

    areas, paragraphs: those of `predictions`, in the same order.
    """
    counts = intervals.counts_by_report(predictions)
    reports = len(counts.hits)
    drawn = intervals.draws(reports, seed)
    f1 = intervals.f1_draws(counts, drawn)
    core = np.array([a.core for a in areas])
    instead, beside = confusion_tables(predictions.truth, predictions.predicted)
    near = [(paragraphs[a].id, paragraphs[b].id) for a, b in extras.duplicates]
    report = EvaluationReport(
        about={**about, "paragraphs": len(predictions.truth), "reports": reports, "threshold": predictions.threshold},
        areas=_areas(predictions, areas, f1, reports),
        averages=_averages(predictions, core, f1, intervals.micro_draws(counts, drawn), reports),
        paragraphs=_measures(predictions, seed),
        folds=_folds(predictions),
        baselines={name: _baseline(predictions.truth, s, core) for name, s in extras.baselines.items()},
        compared=extras.compared,
        calibration=_calibration(predictions),
        confusion=Confusion(tuple(map(tuple, instead.tolist())), tuple(map(tuple, beside.tolist()))),
        learning_curve=extras.learning_curve,
        annotator_agreement=extras.annotator_agreement,
        slices=measure_slices(predictions, paragraphs),
        duplicates=Duplicates(len(near), tuple(near[:DUPLICATES_SHOWN])),
        error_cases=tuple(extras.error_cases),
        sentences=_sentence_figures(predictions, areas, paragraphs, extras.sentences_compared, seed),
    )
    rounded: EvaluationReport = _rounded(report)
    return rounded


def _sentence_figures(
    predictions: EvaluatedPredictions,
    areas: Sequence[Area],
    paragraphs: Sequence[EvaluatedParagraph],
    compared: Mapping[str, Difference],
    seed: int,
) -> SentenceFigures | None:
    """Return the figures of those sentences whose areas are known; None where there are none."""
    if (found := predictions.sentences) is None:
        return None
    counts = intervals.counts_by_report(found)
    reports = len(counts.hits)
    drawn = intervals.draws(reports, seed)
    f1 = intervals.f1_draws(counts, drawn)
    core = np.array([a.core for a in areas])
    own = [paragraphs[i] for i in found.row_to_paragraph]
    return SentenceFigures(
        sentences=len(found.truth),
        disputed=int((~found.counted).sum()),
        areas=_areas(found, areas, f1, reports),
        averages=_averages(found, core, f1, intervals.micro_draws(counts, drawn), reports),
        compared=compared,
        calibration=_calibration(found),
        level=slice_rows(found, [p.level for p in own]),
        eras=slice_rows(found, [era_of(p.year) for p in own]),
    )


def _areas(predictions: EvaluatedPredictions, areas: Sequence[Area], f1: Floats, reports: int) -> tuple[AreaRow, ...]:
    """Return a row for each area. f1: of each area in each draw, shape (draws, areas)."""
    truth, scores = predictions.truth, np.where(predictions.counted, predictions.scores, 0.0)
    figures = area_figures(truth, predictions.predicted)
    precisions, errors = average_precision(truth, scores), reliability.brier(truth, scores)
    return tuple(
        AreaRow(
            id=area.id,
            zh=area.zh,
            en=area.en,
            color=area.color,
            core=area.core,
            precision=figures.precision[i],
            recall=figures.recall[i],
            f1=figures.f1[i],
            interval=interval(f1[:, i], reports),
            average_precision=precisions[i],
            support=int(figures.support[i]),
            brier=errors[i],
            calibration_error=reliability.expected_error(reliability.measure_reliability(truth[:, i], scores[:, i])),
            precision_recall=precision_recall_points(truth[:, i], scores[:, i]),
        )
        for i, area in enumerate(areas)
    )


def _averages(
    predictions: EvaluatedPredictions, core: Bools, f1: Floats, micro_f1: Floats, reports: int
) -> dict[str, AverageRow]:
    """core: shape (areas,). f1, micro_f1: of each draw, shapes (draws, areas) and (draws,)."""
    figures = area_figures(predictions.truth, predictions.predicted)
    found: dict[str, tuple[Average, Floats]] = {"macro": (macro(figures), intervals.macro_draws(f1))}
    if core.any():
        found["core"] = (macro(figures, core), intervals.macro_draws(f1, core))
    found["micro"] = (micro(predictions.truth, predictions.predicted), micro_f1)
    return {
        name: AverageRow(mean.precision, mean.recall, mean.f1, interval(drawn, reports))
        for name, (mean, drawn) in found.items()
    }


def _measures(predictions: EvaluatedPredictions, seed: int) -> dict[str, Measure]:
    """Return the figures of paragraphs, each with an interval of a bootstrap over whole reports."""
    reports = len(set(predictions.reports))
    enough = reports >= intervals.LEAST_REPORTS
    drawn = [
        asdict(multilabel(d.truth, d.predicted, d.scores))
        for d in (intervals.resamples(predictions, seed, SLOW_DRAWS) if enough else ())
    ]
    seen = asdict(multilabel(predictions.truth, predictions.predicted, predictions.scores))
    return {name: Measure(value, interval(np.array([d[name] for d in drawn]), reports)) for name, value in seen.items()}


def _folds(predictions: EvaluatedPredictions) -> tuple[FoldRow, ...]:
    rows = []
    for f in np.unique(predictions.fold):
        own = predictions.fold == f
        figures = area_figures(predictions.truth[own], predictions.predicted[own])
        rows.append(FoldRow(int(f) + 1, int(own.sum()), macro(figures).f1))
    return tuple(rows)


def _baseline(truth: Bools, scores: Floats, core: Bools) -> BaselineRow:
    predicted = scores >= BASELINE_THRESHOLD
    figures = area_figures(truth, predicted)
    return BaselineRow(macro(figures).f1, macro(figures, core).f1, micro(truth, predicted).f1)


def _calibration(predictions: EvaluatedPredictions) -> CalibrationFigures:
    counted = predictions.counted
    truth, scores = predictions.truth[counted], predictions.scores[counted]
    found = reliability.measure_reliability(truth, scores)
    rows = zip(found.predicted, found.true, found.count, strict=True)
    return CalibrationFigures(
        bins=tuple(ReliabilityBin(p, t, int(n)) for p, t, n in rows),
        brier=float(reliability.brier(truth, scores)),
        expected_error=reliability.expected_error(found),
    )


def _rounded(value: Any) -> Any:
    """Return records and mappings with every number in them rounded, so that all files show the same."""
    if isinstance(value, float):
        return round(float(value), REPORT_DIGITS)  # float first, since numpy's own rounds in another way
    if isinstance(value, tuple):
        return tuple(_rounded(v) for v in value)
    if isinstance(value, Mapping):
        return {k: _rounded(v) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _rounded(getattr(value, f.name)) for f in fields(value)})
    return value
