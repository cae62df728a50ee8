"""The frozen records that cross from one room to the next.

Those that a report has thousands of are named tuples, which are made several times faster than data classes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


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

    `normalized` is simplified, folded and free of footnote marks; it is empty where nothing of the sentence counts.
    `item` is the numbering of the item that the sentence belongs to, such as 一是 or (2).
    """

    start: int
    end: int
    normalized: str
    item: str | None = None


class Paragraph(NamedTuple):
    """One line of a report with text. `number` and `line` count from 1; `text` is the raw line, stripped.

    line: of the file, for plain text; for other formats the number that `classify read` shows. page: from 1, None where
    the format has no pages.
    """

    number: int
    line: int
    kind: Kind
    heading: tuple[str, ...]
    text: str
    sentences: tuple[Sentence, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: its name for the user, its paragraphs, and what had to be mended on the way.

    notes: what the user should know of it, a line each. format: the name of the format of its file. pages: how many
    there are, None where the format has none. counts: how often something was done, by its kind: `lines_joined`.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    format: str = "plain text"
    pages: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


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

    `text` is the whole paragraph; `sentences` are those of its sentences that the labels are about.
    disputed: for each sentence the areas on which its readers differ, which are measured neither way; () where none.
    document, line: where the paragraph stands, `line` from 1; for measuring it in its place.
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
    disputed: tuple[frozenset[str], ...] = ()
    document: str | None = None
    line: int | None = None


class AreaScore(NamedTuple):
    """An area and the probability that a text speaks about it."""

    id: str
    score: float


class Prediction(NamedTuple):
    """A paragraph with its areas, best first, and for each sentence the areas that it is evidence for.

    model_areas: all areas of the model. probabilities: the probability of each of them.
    """

    paragraph: Paragraph
    areas: tuple[AreaScore, ...]
    evidence: tuple[tuple[AreaScore, ...], ...]
    model_areas: tuple[Area, ...] = ()
    probabilities: tuple[float, ...] = ()

    @property
    def scores(self) -> tuple[AreaScore, ...]:
        """Every area of the model with its probability."""
        pairs = zip(self.model_areas, self.probabilities, strict=True)
        return tuple(AreaScore(area.id, probability) for area, probability in pairs)

    def area_names(self, lang: str = "zh") -> tuple[str, ...]:
        """Return the names of the areas of the paragraph, best first."""
        names = {a.id: a.name(lang) for a in self.model_areas}
        return tuple(names[a.id] for a in self.areas)

    def to_dict(
        self,
        document: str = "-",
        lang: str = "zh",
        *,
        names: Mapping[str, str] | None = None,
        all_scores: bool = False,
    ) -> dict[str, Any]:
        """Return what `--format jsonl` writes of the paragraph, made of what JSON knows; every key is always there.

        document: the name of its report. lang: of the names of areas, `zh` or `en`. names: instead of lang, the areas
        to include, each with its name. all_scores: add `scores`, the probability of every area.
        """
        if names is None:
            names = {a.id: a.name(lang) for a in self.model_areas}
        paragraph = self.paragraph
        row: dict[str, Any] = {
            "document": document,
            "paragraph": paragraph.number,
            "line": paragraph.line,
            "page": paragraph.page,
            "kind": paragraph.kind.value,
            "heading": list(paragraph.heading),
            "text": paragraph.text,
            "areas": [{"id": area, "name": names[area], "score": score} for area, score in self.areas if area in names],
            "sentences": [
                {
                    "start": sentence.start,
                    "end": sentence.end,
                    "item": sentence.item,
                    "areas": [{"id": area, "score": score} for area, score in evidence if area in names]
                    if evidence
                    else [],
                }
                for sentence, evidence in zip(paragraph.sentences, self.evidence, strict=True)
            ],
        }
        if all_scores:
            scores = zip(self.model_areas, self.probabilities, strict=True)
            row["scores"] = {area.id: score for area, score in scores if area.id in names}
        return row
