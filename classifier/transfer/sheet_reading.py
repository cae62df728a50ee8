"""Read sheets of labels: those that were exported, tables of one's own, and the tables that `predict` writes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from classifier.errors import LabelError
from classifier.messages import enumerated, message
from classifier.output.answer_language import KindWords
from classifier.output.predictions.wide import BETWEEN_HEADINGS
from classifier.paths import escaped, printable
from classifier.readers.cells import name_of, unguarded
from classifier.readers.csv import csv_cells
from classifier.readers.headers import HEADER_ROWS
from classifier.readers.raw import Source, TableColumns
from classifier.records import CONTENT
from classifier.settings import Settings
from classifier.transfer.area_names import plain_name
from classifier.transfer.label_format import LabelFile, written_row
from classifier.transfer.marks import is_checked, mark_of
from classifier.transfer.predicted_files import threshold_beside, threshold_inside, written_areas
from classifier.transfer.rows import WHOLE, Passage, ReadRow, WrittenRow
from classifier.transfer.sheet_columns import SheetColumns, sheet_columns_of

_BETWEEN_AREAS, _COMMAS = re.compile(r"[;；|\n]"), re.compile("[,，、]")  # commas stand in English names too
_BETWEEN_CELLS = re.compile(r"[,;\t|]")
_ENCODINGS = ("utf_8", "gb18030")  # in which Excel and WPS save CSV without a mark; all else is told by the text
_HAN = re.compile("[\u4e00-\u9fa5]")
_MOST_LINES = 1e9
_FEWEST_HAN = 4  # of a text by which a row is known
_Cells = list[Any]
_NO_LABELS = frozenset(
    plain_name(KindWords(lang)[kind]) for lang in ("zh", "en") for kind in ("title", "salutation", "other")
)
assert {"heading", "paragraph"} == {str(kind) for kind in CONTENT}


def read_csv(file: LabelFile) -> Iterator[ReadRow]:
    """Yield the rows of a table in plain text."""
    source = Source(file.path, str(file.path))
    rows = csv_cells(source, TableColumns(), _encoding(file))
    yield from _read_sheet(file, printable(file.path), rows)


def _encoding(file: LabelFile) -> str | None:
    """Return the encoding in which the first lines of a file have the columns of labels; None where none is known."""
    with file.path.open("rb") as stream:
        lines = list(islice(stream, HEADER_ROWS))
    for encoding in _ENCODINGS:
        for line in lines:
            header = [cell.strip('" \r\n') for cell in _BETWEEN_CELLS.split(line.decode(encoding, "replace"))]
            if sheet_columns_of(header, file.names).of_labels and not line.startswith(b"\xef\xbb\xbf"):
                return encoding
    return None


def read_workbook(file: LabelFile) -> Iterator[ReadRow]:
    """Yield the rows of all visible sheets that have labels. Raises LabelError where none has."""
    try:
        from classifier.readers.workbook import workbook_cells
    except ModuleNotFoundError as error:
        raise LabelError(
            message(
                "{place}: needs {library}; pip install 'policy-area-classifier[{extra}]'",
                place=printable(file.path),
                library=error.name,
                extra="documents",
            )
        ) from error
    found, seen = False, dict[str, list[str]]()
    cells = workbook_cells(Source(file.path, str(file.path)))
    for name, rows in groupby(cells, key=lambda row: row[0]):
        place = message("{place}: sheet {sheet}", place=printable(file.path), sheet=name)
        sheet = _Sheet(file, place, ((row, values) for _, row, values in rows), threshold_inside)
        seen[name] = sheet.shown
        if sheet.header is not None:
            found = True
            yield from sheet
    if not found:
        first = next(iter(seen.values()), [])
        raise LabelError(_no_labels(printable(file.path), first))


def _read_sheet(file: LabelFile, place: str, rows: Iterable[tuple[int, _Cells]]) -> Iterator[ReadRow]:
    sheet = _Sheet(file, place, rows)
    if sheet.header is None:
        raise LabelError(_no_labels(place, sheet.shown))
    yield from sheet


def _no_labels(place: str, columns: list[str]) -> str:
    return message(
        "{place}: no columns of texts and of areas; it needs one called text or 正文, and one for each area; "
        "it has: {columns}",
        place=place,
        columns=", ".join(columns[:20]) or "-",
    )


class _Sheet:
    """One sheet: its header, found among its first rows, and the rows below it.

    threshold_of: finds the threshold of the tags in a file that `predict` wrote.
    """

    def __init__(
        self,
        file: LabelFile,
        place: str,
        rows: Iterable[tuple[int, _Cells]],
        threshold_of: Callable[[Path], float | None] = threshold_beside,
    ) -> None:
        self.file, self.place, self.rows, self.threshold_of = file, place, iter(rows), threshold_of
        self.header: SheetColumns | None = None
        self.shown: list[str] = []
        for _, cells in islice(self.rows, HEADER_ROWS):
            columns = sheet_columns_of(cells, file.names)
            self.shown = self.shown or [name for name in columns.names if name]
            if columns.of_labels:
                self.header = columns
                break
        if self.header is not None:
            if unread := self.header.unread:
                shown = enumerated(escaped(name[:40]) for name in unread[:20])
                file.faults.note(message("{place}: columns that are not read: {columns}", place=place, columns=shown))
            for name in self.header.twice:
                file.faults.add(place, message("two columns are of the area {name}; take one out", name=name))

    @cached_property
    def threshold(self) -> float:
        """The threshold of the tags, if `predict` wrote the sheet; the usual one where the file does not say it."""
        found = self.threshold_of(self.file.path)
        return Settings.threshold if found is None else found

    @cached_property
    def predicted_areas(self) -> tuple[str, ...]:
        """The areas of which tags could be written, if `predict` wrote the sheet."""
        if self.header is not None and self.header.scores:
            return tuple(self.header.scores)
        named = written_areas(self.file.path)
        return tuple(area for area in self.file.names.ids if named is None or area in named)

    def __iter__(self) -> Iterator[ReadRow]:
        assert self.header is not None
        for number, cells in self.rows:
            row = self._row(self.header, number, cells)
            if row is not None:
                yield row

    def _row(self, header: SheetColumns, number: int, cells: _Cells) -> ReadRow | None:
        """Return what a row says; None where it says nothing that could be a label."""
        place = message("{place}, row {row}", place=self.place, row=number)

        def cell(kind: str) -> Any:
            column = header.own.get(kind)
            return cells[column] if column is not None and column < len(cells) else None

        written = self._written(header, cells, place)
        text = _text(cell("text"))
        if written is None and not text.strip():
            self._without_text(header, cells, place)
            return None
        if plain_name(_text(cell("kind"))) in _NO_LABELS:
            return None
        if written is not None and _moved(written.text, text):
            self.file.faults.add(
                place,
                message("the text is not the one of its anchor; were some columns sorted without the others?"),
            )
        marks = self._marks(header, cells, place)
        by_predict = written is None and bool(header.scores or "names" in header.own)
        if by_predict:
            marks = {area: True if mark else None for area, mark in marks.items()}
            values = self._predicted(header, cells, marks, place)
            written = WrittenRow(Passage("", "", text), WHOLE, values, True, tuple(values))
        if written is not None:
            passage, sentence = (written.passage, written.sentence) if not by_predict else (_passage(cell, text), WHOLE)
        else:
            passage, sentence = _passage(cell, text), WHOLE
        return ReadRow(place, passage, sentence, marks, written, is_checked(cell("checked")))

    def _written(self, header: SheetColumns, cells: _Cells, place: str) -> WrittenRow | None:
        anchor = "".join(_text(cells[i]) for i in header.anchors if i < len(cells))
        return written_row(anchor, place, self.file)

    def _without_text(self, header: SheetColumns, cells: _Cells, place: str) -> None:
        if any(_text(cells[i]).strip() for i in header.areas.values() if i < len(cells)):
            self.file.faults.add(place, message("labels without a text; write the text, or take the row out"))

    def _marks(self, header: SheetColumns, cells: _Cells, place: str) -> dict[str, bool | None]:
        """Return the mark of each area that the sheet has a column of, or that it can list."""
        marks: dict[str, bool | None] = {}
        for area, column in header.areas.items():
            value = cells[column] if column < len(cells) else None
            try:
                marks[area] = mark_of(value)
            except ValueError:
                self._no_mark(place, header.names[column], value)
        listed = self._listed(header, cells, "areas", place)
        if listed is not None:
            marks = dict.fromkeys(self.file.names.ids) | marks | dict.fromkeys(listed, True)
        none = header.own.get("none")
        if none is not None and none < len(cells) and is_checked(cells[none]):
            if any(marks.values()):
                self.file.faults.add(place, message("has an area and is marked as having none; take one out"))
            marks = dict.fromkeys(marks or self.file.names.ids, False)
        return marks

    def _no_mark(self, place: str, column: str, value: object) -> None:
        self.file.faults.add(
            message("{place}, column {column}", place=place, column=column),
            message("{value!r} is neither 1 nor 0; write 1, 0 or nothing", value=_text(value)[:40]),
        )

    def _listed(self, header: SheetColumns, cells: _Cells, kind: str, place: str) -> list[str] | None:
        """Return the areas that a cell lists; None where there is no such column."""
        column = header.own.get(kind)
        if column is None:
            return None
        names, found = self.file.names, []
        whole = _BETWEEN_AREAS.split(_text(cells[column] if column < len(cells) else ""))
        for name in (n for own in whole for n in ([own] if names.find(own) else _COMMAS.split(own)) if n.strip()):
            if (area := names.find(name)) is not None:
                found.append(area)
            else:
                where = message("{place}, column {column}", place=place, column=header.names[column])
                self.file.faults.unknown_area(where, name.strip(), names.ids)
        return found

    def _predicted(
        self, header: SheetColumns, cells: _Cells, marks: Mapping[str, bool | None], place: str
    ) -> dict[str, bool]:
        """Return the tags that `predict` wrote: the names beside the ids where they are there, else by the scores.

        The scores of items and sentences do not tell their tags, so those that stand in the row count as written.
        """
        if "names" in header.own and ("areas" in header.own or not header.scores):
            tags = self._listed(header, cells, "names", place) or []
            return {area: area in tags for area in self.predicted_areas}
        if "unit" in header.own:
            return {area: bool(mark) for area, mark in marks.items()}
        values: dict[str, bool] = {}
        for area, column in header.scores.items():
            score = cells[column] if column < len(cells) else None
            try:
                values[area] = float(score or 0) >= self.threshold
            except ValueError:
                self._no_score(place, header.names[column], score)
        return values

    def _no_score(self, place: str, column: str, value: object) -> None:
        self.file.faults.add(
            message("{place}, column {column}", place=place, column=column),
            message("{value!r} is no score; leave the scores as they were written", value=_text(value)[:40]),
        )


def _passage(cell: Any, text: str) -> Passage:
    """Return the passage that the visible cells of a row name. cell: returns that of a kind of column."""
    line, heading = cell("line"), _text(cell("heading"))
    return Passage(
        "",
        "" if cell("document") in (None, "") else unguarded(name_of(cell("document"))),
        text.strip(),
        heading=tuple(heading.split(BETWEEN_HEADINGS)) if heading.strip() else (),
        line=_whole_number(line),
    )


def _whole_number(cell: object) -> int | None:
    """Return a number above 0, however a spreadsheet program writes it; None where a cell has none."""
    try:
        number = float(str(cell))
    except ValueError:
        return None
    return int(number) if number.is_integer() and 0 < number < _MOST_LINES else None


def _text(cell: object) -> str:
    return "" if cell is None else unguarded(str(cell))


def _moved(written: str, shown: str) -> bool:
    """Whether a text is another than the one that was written, and not only changed by a spreadsheet program."""
    before, after = _HAN.findall(written), _HAN.findall(shown)
    if len(before) < _FEWEST_HAN or not shown.strip():
        return False
    same = sum(a == b for a, b in zip(before, after, strict=False))
    return 2 * same < min(len(before), len(after)) or 2 * len(after) < min(len(before), _FEWEST_HAN * 8)
