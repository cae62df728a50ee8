"""The frozen records that cross from one room to the next.

Those that a report has thousands of are named tuples, which are made several times faster than data classes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a line of a report is; only headings and paragraphs carry policy areas."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    SALUTATION = "salutation"
    OTHER = "other"


CONTENT = frozenset({Kind.HEADING, Kind.PARAGRAPH})


class Sentence(NamedTuple):
    """One sentence: `text[start:end]` of its paragraph, and `normalized`, what is counted of it.

    `normalized` is simplified, folded and free of footnote marks; it is empty where the sentence carries
    nothing. `item` is the numbering of the enumerated item that the sentence belongs to, such as 一是 or (2).
    """

    start: int
    end: int
    normalized: str
    item: str | None = None


class Paragraph(NamedTuple):
    """One line of a report with text. `number` and `line` count from 1; `text` is the raw line, stripped."""

    number: int
    line: int
    kind: Kind
    heading: tuple[str, ...]
    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: its name for the user, its paragraphs, and what had to be mended on the way."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """One policy area of a taxonomy."""

    id: str
    zh: str
    en: str
    definition: str = ""
    definition_en: str = ""
    color: str = "#888888"
    core: bool = False

    def name(self, lang: str) -> str:
        """Return the Chinese name for `zh`, else the English one."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled paragraph. `sentence_areas` is None where only the whole paragraph was labelled.

    `text` is the paragraph whole; `sentences` are the parts of it that the labels speak of.
    """

    id: str
    report: str
    text: str
    sentences: tuple[str, ...]
    areas: frozenset[str]
    sentence_areas: tuple[frozenset[str], ...] | None = None
    heading: tuple[str, ...] = ()
    level: str | None = None
    year: int | None = None
    shape: str | None = None


class AreaScore(NamedTuple):
    """An area and the probability that a text speaks about it."""

    id: str
    score: float


class Prediction(NamedTuple):
    """A paragraph with its areas, best first, and for each sentence the areas that it is evidence for.

    `ids` are all areas of the model, in its order, and `probabilities` what the paragraph has of each.
    """

    paragraph: Paragraph
    areas: tuple[AreaScore, ...]
    evidence: tuple[tuple[AreaScore, ...], ...]
    ids: tuple[str, ...] = ()
    probabilities: tuple[float, ...] = ()

    @property
    def scores(self) -> tuple[AreaScore, ...]:
        """Every area of the model with its probability."""
        return tuple(AreaScore(*pair) for pair in zip(self.ids, self.probabilities, strict=True))
