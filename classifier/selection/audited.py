"""What `classify audit` found: doubtful labels, contradictions and disputes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from classifier.labelling.inconsistencies import WHOLE_PARAGRAPH, Contradiction, Disputed, LabelledUnit
from classifier.records import Example, Prediction
from classifier.workspace.reader_differences import ReaderDifference


class WhyAudited(StrEnum):
    """Why a label is to be looked at; the words for people are in `output/language.py`, by the names."""

    LABEL_DOUBTFUL = "label-doubtful"
    DUPLICATE_DIFFERS = "duplicate-differs"
    READERS_DIFFER = "readers-differ"


class DoubtfulLabel(NamedTuple):
    """A label that is probably wrong.

    labelled: whether the paragraph is labelled with the area. probability: what a model that has not seen the label
    gives it. sentence: the text that is meant. words: those that speak most for what the model thinks.
    """

    area: str
    labelled: bool
    probability: float
    sentence: str
    words: tuple[str, ...]

    @property
    def confidence(self) -> float:
        """The probability of what the label says."""
        return self.probability if self.labelled else 1 - self.probability


class AuditedParagraph(NamedTuple):
    """A labelled paragraph to look at again: its doubtful labels, least confident first, and how it is tagged now.

    labelled: all areas of its label. known: those that the label speaks of; None where it speaks of all.
    """

    id: str
    document: str
    prediction: Prediction
    labelled: tuple[str, ...]
    why: tuple[WhyAudited, ...]
    doubtful: tuple[DoubtfulLabel, ...]
    known: frozenset[str] | None = None

    @property
    def confidence(self) -> float:
        """That of the least confident doubtful label; 1 where none is doubtful."""
        return min((one.confidence for one in self.doubtful), default=1.0)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return the row that is written: that of `predict --format jsonl`, the labels, and why to look at them."""
        about = {} if self.known is None else {"about": sorted(self.known)}
        return {
            **self.prediction.to_dict(self.document, lang),
            "why": [str(code) for code in self.why],
            "score": round(1 - self.confidence, 4),
            "id": self.id,
            "labelled": list(self.labelled),
            **about,
            "doubtful": [
                {"id": d.area, "labelled": d.labelled, "score": d.probability, "words": list(d.words)}
                for d in self.doubtful
            ],
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """What is to be looked at again.

    rows: paragraphs, those with the least confident labels first, then those of contradictions and disputes. doubtful:
    how many labels are doubtful in all, in how many paragraphs, of how many labels. contradictions, disputes: their
    examples are numbers of `examples`. readers: where users of a workspace differ. without_text: labelled paragraphs
    that nobody can look at.
    """

    rows: tuple[AuditedParagraph, ...]
    examples: tuple[Example, ...]
    doubtful: int
    doubtful_paragraphs: int
    labels: int
    contradictions: tuple[Contradiction, ...]
    disputes: tuple[Disputed, ...]
    readers: tuple[ReaderDifference, ...] = ()
    without_text: int = 0


def unit_place(unit: LabelledUnit, examples: Sequence[Example]) -> str:
    """Return the id of a unit's paragraph, and the number of its sentence behind a slash."""
    identity = examples[unit.example].id
    return identity if unit.sentence == WHOLE_PARAGRAPH else f"{identity}/{unit.sentence}"
