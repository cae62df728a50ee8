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
    the format has no pages. columns: the values of other columns of a table's row, by name; None where there are none.
    recognized: whether it begins on a page whose text was recognized from a scan (OCR).
    """

    number: int
    line: int
    kind: Kind
    heading: tuple[str, ...]
    text: str
    sentences: tuple[Sentence, ...]
    page: int | None = None
    columns: Mapping[str, Any] | None = None
    recognized: bool = False


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

    `text` is the whole paragraph; `sentences` are those of its sentences that the labels are about. In
    `sentence_areas`, None stands for a sentence that is not labelled.
    known: the areas that the labels speak of; None where they speak of all.
    clause_areas: for each sentence the areas of each of its clauses, None where those are not labelled; () where none
    are.
    disputed: for each sentence the areas on which its readers differ, which are measured neither way; () where none.
    document, line: where the paragraph stands, `line` from 1; for measuring it in its place.
    """

    id: str
    report: str
    text: str
    sentences: tuple[str, ...]
    areas: frozenset[str]
    sentence_areas: tuple[frozenset[str] | None, ...] | None = None
    heading: tuple[str, ...] = ()
    level: str | None = None
    year: int | None = None
    shape: str | None = None
    disputed: tuple[frozenset[str], ...] = ()
    document: str | None = None
    line: int | None = None
    known: frozenset[str] | None = None
    clause_areas: tuple[tuple[frozenset[str], ...] | None, ...] = ()

    def speaks_of(self, area: str, sentence: int | None = None) -> bool:
        """Whether it is known if the paragraph, or the sentence with a number from 0, has an area."""
        if self.known is not None and area not in self.known:
            return False
        if sentence is not None:
            return self.sentence_areas is not None and self.sentence_areas[sentence] is not None
        return area in self.areas or None not in (self.sentence_areas or ())


class AreaScore(NamedTuple):
    """An area and the probability that a text speaks about it."""

    id: str
    score: float


class ContributionKind(StrEnum):
    """What adds to the logit of an area."""

    TERM = "term"  # in the sentence or the clause that speaks most for the area
    SENTENCE = "sentence"  # of the paragraph, by its scores for all areas
    CLAUSE = "clause"  # that speaks most for another area
    AREA = "area"  # another one, by the sentence that speaks most for it
    PREVIOUS = "previous"  # the sentence before, by its scores for all areas; this and the next ones of sentences alone
    FOLLOWING = "following"  # the sentence after, likewise
    LEAD = "lead"  # the first sentence of the paragraph, likewise
    HIGHEST = "highest"  # an area that the sentence speaks most for, by how high that score is, whichever area it is


class Contribution(NamedTuple):
    """What one thing adds to the logit of an area.

    name: the term, the id of the other area, or the number of the sentence from 1. start, end: where it stands in the
    text of the record; None where that is a part of the paragraph and this stands in another. value: what it adds,
    below 0 where it speaks against the area.
    """

    kind: ContributionKind
    name: str
    start: int | None
    end: int | None
    value: float


class WordValue(NamedTuple):
    """What a word of a text adds to the logit of an area, by all terms that share characters with it."""

    start: int
    end: int
    value: float


class Explanation(NamedTuple):
    """Why a paragraph, or a sentence of it, has an area, or does not have it.

    probability: 1 / (1 + exp(-logit)), rounded as in the prediction. tagged: whether it was tagged with the area.
    intercept: the logit of as many sentences without known terms. The values of all contributions and the intercept sum
    to the logit. words: what each word adds; with the other kinds of contributions and the intercept, they sum to the
    logit too.
    """

    area: str
    probability: float
    logit: float
    intercept: float
    tagged: bool
    contributions: tuple[Contribution, ...]
    words: tuple[WordValue, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return what `classify explain --format json` writes of the area, made of what JSON knows."""
        row = self._asdict()
        del row["words"]
        return {**row, "contributions": [c._asdict() for c in self.contributions]}


class AreaWords(NamedTuple):
    """The words of a sentence that speak for an area, most first; places are of the record's text."""

    area: str
    words: tuple[WordValue, ...]


class Part(NamedTuple):
    """A part of a paragraph, such as a sentence: its number from 1, and where it stands in the paragraph's text."""

    number: int
    start: int
    end: int


class Prediction(NamedTuple):
    """A paragraph with its areas, best first, and for each sentence the areas that it is evidence for.

    model_areas: all areas of the model. probabilities: the probability of each of them; sentence_probabilities: the
    same for each sentence, where they were asked for. explanations: where they were asked for, of some areas. words:
    where they were asked for, for each sentence the words that speak for the areas that it is evidence for. part: which
    part of its paragraph it is; None for a whole one.
    """

    paragraph: Paragraph
    areas: tuple[AreaScore, ...]
    evidence: tuple[tuple[AreaScore, ...], ...]
    model_areas: tuple[Area, ...] = ()
    probabilities: tuple[float, ...] = ()
    sentence_probabilities: tuple[tuple[float, ...], ...] = ()
    explanations: tuple[Explanation, ...] = ()
    words: tuple[tuple[AreaWords, ...], ...] = ()
    part: Part | None = None

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
        unit: bool = False,
        explain: bool = False,
    ) -> dict[str, Any]:
        """Return what `--format jsonl` writes of the paragraph, made of what JSON knows; every key is always there.

        document: the name of its report. lang: of the names of areas, `zh` or `en`. names: instead of lang, the areas
        to include, each with its name. all_scores: add `scores`, the probability of every area.
        unit: add `unit`, which part of its paragraph the record is, null for a whole one. explain: add `explanations`.
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
            "columns": paragraph.columns,
        }
        if all_scores:
            scores = zip(self.model_areas, self.probabilities, strict=True)
            row["scores"] = {area.id: score for area, score in scores if area.id in names}
        if unit:
            row["unit"] = None if self.part is None else self.part._asdict()
        if explain:
            row["explanations"] = [e.to_dict() for e in self.explanations if e.area in names]
        return row
