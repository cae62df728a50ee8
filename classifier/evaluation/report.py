"""The report of an evaluation, as frozen records; report.json has the same names.

Figures are rounded to six decimals, and nan where they are undefined.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from classifier.evaluation.annotator_agreement import AnnotatorAgreement
from classifier.evaluation.comparison import Difference
from classifier.evaluation.error_cases import ErrorCase
from classifier.evaluation.intervals import Interval
from classifier.evaluation.learning_curve import LearningCurve
from classifier.evaluation.slices import SliceRow, Slices

TRAINED_ON = "trained_on"  # in `about`: how many paragraphs the model was trained on; None where that is not known


@dataclass(frozen=True, slots=True)
class AreaRow:
    """The figures of one area. `precision_recall`: points of (recall, precision), none where nothing has the area."""

    id: str
    zh: str
    en: str
    color: str
    core: bool
    precision: float
    recall: float
    f1: float
    interval: Interval
    average_precision: float
    support: int
    brier: float
    calibration_error: float
    precision_recall: tuple[tuple[float, float], ...]

    def name(self, lang: str) -> str:
        """Return the Chinese name for `zh`, else the English one."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class AverageRow:
    """Precision, recall and F1 over several areas, and the interval of F1."""

    precision: float
    recall: float
    f1: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of paragraphs with its interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class FoldRow:
    """Macro-F1 of one fold of cross-validation; folds count from 1."""

    fold: int
    paragraphs: int
    macro: float


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """The F1 of a simple classifier: over all areas, over the core areas, and of all decisions together."""

    macro: float
    core: float
    micro: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Decisions of about the same probability: their mean probability, the share that came true, their number."""

    predicted: float
    true: float
    count: int


@dataclass(frozen=True, slots=True)
class CalibrationFigures:
    """How far probabilities are from shares."""

    bins: tuple[ReliabilityBin, ...]
    brier: float
    expected_error: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """Row i, column j: paragraphs wrongly tagged with area j where area i was missed (instead) or found (beside)."""

    instead: tuple[tuple[int, ...], ...]
    beside: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """How many pairs of nearly the same paragraphs stand in different folds, and the ids of some."""

    pairs: int
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SentenceFigures:
    """What was found of sentences, the evidence of `predict`; the fields are those of an EvaluationReport.

    sentences: how many there are. disputed: decisions on which readers differ, which count neither way. level, eras:
    macro-F1 and micro-F1 of the sentences of a level, and of an era.
    """

    sentences: int
    disputed: int
    areas: tuple[AreaRow, ...]
    averages: Mapping[str, AverageRow]
    compared: Mapping[str, Difference]
    calibration: CalibrationFigures
    level: tuple[SliceRow, ...]
    eras: tuple[SliceRow, ...]


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """All that an evaluation found.

    about: what was evaluated, for the reader. averages: `macro`, `core` where there are core areas, `micro`.
    paragraphs: figures of paragraphs, by the names of `Multilabel`. compared: `macro`, and `core` likewise.
    sentences: None where no sentence has areas of its own.
    """

    about: Mapping[str, Any]
    areas: tuple[AreaRow, ...]
    averages: Mapping[str, AverageRow]
    paragraphs: Mapping[str, Measure]
    folds: tuple[FoldRow, ...]
    baselines: Mapping[str, BaselineRow]
    compared: Mapping[str, Difference]
    calibration: CalibrationFigures
    confusion: Confusion
    learning_curve: LearningCurve | None
    annotator_agreement: AnnotatorAgreement | None
    slices: Slices
    duplicates: Duplicates
    error_cases: tuple[ErrorCase, ...]
    sentences: SentenceFigures | None
