"""The columns of a sheet of labels: how they are laid out when written, and what they are when read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from classifier.output.answer_language import WideWords
from classifier.output.predictions.wide import BETWEEN_HEADINGS
from classifier.readers.cells import unguarded
from classifier.transfer.anchor import anchor_text
from classifier.transfer.area_names import AreaNames, plain_name
from classifier.transfer.rows import WHOLE, WrittenRow
from classifier.transfer.words import SheetWords

MOST_OF_CELL = 32_767  # characters that Excel keeps
_AFTER_NAME = re.compile(r"\s*[（(].*", re.DOTALL)  # the explanation behind the name of a column
_BOTH = ("zh", "en")
_CALLED = {
    "document": ["报告", "文件", "文件名", "report", "file"],
    "line": [],
    "heading": ["标题", "heading"],
    "sentence": [],
    "text": ["文本", "内容", "段落", "content", "sentence text"],
    "checked": ["已标注", "核对", "labelled", "labeled"],
    "none": ["无", "无领域", "none"],
    "areas": ["领域", "标注", "标签", "areas", "labels", "label"],
    "names": ["names"],
    "kind": [],
    "unit": ["unit"],
    "anchor": [],
}


@cache
def _column_words() -> dict[str, str]:
    """Return the kind of each column by its plain name, in both languages."""
    found = {plain_name(name): kind for kind, names in _CALLED.items() for name in (kind, *names) if kind != "none"}
    for lang in _BOTH:
        wide, own = WideWords(lang), SheetWords(lang)
        for kind in ("document", "line", "heading", "text", "kind"):
            found[plain_name(wide[kind])] = kind
        for kind in ("sentence", "checked", "anchor"):
            found[plain_name(_AFTER_NAME.sub("", own[kind]))] = kind
        found[plain_name(wide.none)] = "none"
        found[plain_name(wide.unit)] = "unit"
    return found | {plain_name(name): "none" for name in _CALLED["none"]}


def first_columns(lang: str) -> list[str]:
    """Return the names of the columns before those of the areas."""
    wide = WideWords(lang)
    return [wide.document, wide.line, wide.heading, SheetWords(lang).sentence, wide.text]


@cache
def _of_predictions() -> frozenset[str]:
    """Return the plain names of columns of predictions that labels have no use for."""
    wide = [WideWords(lang)[word] for lang in _BOTH for word in ("paragraph", "page", "evidence")]
    return frozenset(map(plain_name, ("id", "编号", "paragraph", "page", *wide)))


def is_column_name(name: str) -> bool:
    """Whether a column that is none of an area could be called so."""
    others = {plain_name(SheetWords(lang)[word]) for lang in _BOTH for word in ("tags", "margin", "why")}
    scores = tuple(plain_name(WideWords(lang).score.format(area="")) for lang in _BOTH)
    plain = plain_name(name)
    return _kind_of(name) is not None or plain in others or plain.endswith(scores)


def _kind_of(name: str) -> str | None:
    """Return the kind of the column of a name, if it is one that every sheet can have; explanations may follow it."""
    kinds = _column_words()
    return kinds.get(plain_name(name)) or kinds.get(plain_name(_AFTER_NAME.sub("", name)))


def all_columns(names: AreaNames, rows: Sequence[WrittenRow]) -> list[str]:
    """Return the names of all columns of a sheet with these rows."""
    words, score = SheetWords(names.lang), WideWords(names.lang).score
    scored = [score.format(area=name) for name in names.shown.values()]
    by_model = [words.tags, words.margin, *scored] if has_scores(rows) else []
    why = [words.why] if has_reasons(rows) else []
    parts = max((len(_anchor_parts(row)) for row in rows), default=1)
    anchors = [words.anchor, *(f"{words.anchor} {n}" for n in range(2, parts + 1))]
    return [*first_columns(names.lang), *names.shown.values(), words.checked, *why, *by_model, *anchors]


def has_scores(rows: Sequence[WrittenRow]) -> bool:
    """Whether any row has the scores of a model."""
    return any(row.scores for row in rows)


def has_reasons(rows: Sequence[WrittenRow]) -> bool:
    """Return whether any row says why it was picked."""
    return any(row.why for row in rows)


def sheet_cells(row: WrittenRow, names: AreaNames, scored: bool, reasons: bool) -> list[str | int | float | None]:
    """Return the cells of a row, in the order of `all_columns`; None for an empty one."""
    passage = row.passage
    cells: list[str | int | float | None] = [
        passage.document,
        passage.line,
        BETWEEN_HEADINGS.join(passage.heading),
        None if row.sentence == WHOLE else row.sentence,
        row.text,
    ]
    for area in names.ids:
        there = row.values.get(area)
        cells.append(None if there is None or (row.by_model and not there) else int(there))
    cells.append(None)  # checked
    if reasons:
        cells.append(row.why or None)
    if scored:
        tags = (names.shown[area] for area in row.areas if area in names.shown)
        cells += ["；".join(tags) if row.by_model else None, round(row.margin, 4) if row.scores else None]
        cells += [row.scores.get(area) for area in names.ids]
    return [*cells, *_anchor_parts(row)]


def _anchor_parts(row: WrittenRow) -> list[str]:
    """Return the anchor of a row in parts that a cell holds."""
    text = anchor_text(row)
    return [text[i : i + MOST_OF_CELL] for i in range(0, len(text), MOST_OF_CELL)]


@dataclass(slots=True)
class SheetColumns:
    """Where the columns of a sheet stand, from 0; by the id of the area for those of areas and scores.

    own: by kind, the first of each. anchors: those of the anchor, in order. twice, unread: the names of columns of an
    area that has one already, and of those that say nothing to the program.
    """

    own: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    anchors: list[int] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def of_labels(self) -> bool:
        """Whether a row could have labels and a text."""
        marks = bool(self.areas or "areas" in self.own or "none" in self.own)
        return marks and ("text" in self.own or bool(self.anchors))


def sheet_columns_of(header: Sequence[Any], names: AreaNames) -> SheetColumns:
    """Return which columns a header names."""
    found = SheetColumns()
    scores = {
        plain_name(WideWords(lang).score.format(area=name)): area.id
        for lang in _BOTH
        for area in names.areas
        for name in (area.id, area.zh, area.en)
    }
    for column, cell in enumerate(header):
        name = unguarded(str(cell).strip())
        found.names.append(name)
        plain = plain_name(name)
        kind = _kind_of(name)
        if plain in scores:
            found.scores.setdefault(scores[plain], column)
        elif kind == "anchor":
            found.anchors.append(column)
        elif kind is not None:
            found.own.setdefault(kind, column)
        elif (area := names.find(name)) is not None and not is_column_name(name):
            if area in found.areas:
                found.twice.append(name)
            found.areas.setdefault(area, column)
        elif plain and plain not in _of_predictions() and not is_column_name(name):
            found.unread.append(name)
    if "areas" in found.own and "names" in found.own:  # as `predict` writes CSV, where an area's column has its score
        found.scores, found.areas = {**found.areas, **found.scores}, {}
    return found
