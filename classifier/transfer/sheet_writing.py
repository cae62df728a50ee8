"""Sheets of labels as XLSX and CSV, for spreadsheet programs."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, ClassVar

from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.output.cells import guarded
from classifier.output.predictions.xlsx import MOST_ROWS
from classifier.paths import printable
from classifier.storage.atomic import atomic_file
from classifier.transfer.area_names import AreaNames
from classifier.transfer.label_format import LabelFile, LabelFormat
from classifier.transfer.rows import ReadRow, WrittenRow
from classifier.transfer.sheet_columns import (
    MOST_OF_CELL,
    all_columns,
    first_columns,
    has_reasons,
    has_scores,
    sheet_cells,
)
from classifier.transfer.sheet_reading import read_csv, read_workbook
from classifier.transfer.words import SheetWords

_WIDTHS, _NARROW = (14, 5, 18, 4, 62), 8  # of the columns before the areas, and of others, in characters
_LINE_HEIGHT, _LINES_SHOWN, _HEADER_HEIGHT = 15, 10, 64  # of a row: points, lines; of the header: points


class CsvLabels(LabelFormat):
    """CSV in UTF-8 with a byte order mark, by which Excel knows it; no text can run as a formula."""

    def write(self, rows: Sequence[WrittenRow], names: AreaNames, out: Path) -> tuple[Path, ...]:
        """Write one row for each, below a header."""
        stream, scored, reasons = StringIO(newline=""), has_scores(rows), has_reasons(rows)
        writer = csv.writer(stream, lineterminator="\r\n")
        columns = all_columns(names, rows)
        writer.writerow(map(guarded, columns))
        for row in rows:
            cells = sheet_cells(row, names, scored, reasons)
            cells += [None] * (len(columns) - len(cells))
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
        with atomic_file(out) as file:
            file.write(BOM_UTF8 + stream.getvalue().encode())
        return ()

    def read(self, file: LabelFile) -> Iterator[ReadRow]:
        """Yield the rows of a table in plain text."""
        return read_csv(file)


class XlsxLabels(LabelFormat):
    """A workbook for Excel, WPS and LibreOffice: the rows, and a sheet that says what to do with them."""

    needs: ClassVar[str | None] = "xlsxwriter"
    extra: ClassVar[str | None] = "excel"

    def write(self, rows: Sequence[WrittenRow], names: AreaNames, out: Path) -> tuple[Path, ...]:
        """Write one row for each, below a header."""
        from xlsxwriter import Workbook

        if len(rows) > MOST_ROWS:
            raise ClassifierError(
                message("{place}: a workbook holds {n} rows; give --format csv", place=printable(out), n=MOST_ROWS)
            )
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with atomic_file(out) as file, Workbook(file, options) as book:
            _Workbook(book, names, rows).write()
        return ()

    def read(self, file: LabelFile) -> Iterator[ReadRow]:
        """Yield the rows of all sheets that have labels."""
        return read_workbook(file)


class _Workbook:
    """The two sheets of a workbook."""

    def __init__(self, book: Any, names: AreaNames, rows: Sequence[WrittenRow]) -> None:
        self.book, self.names, self.rows = book, names, rows
        self.words = SheetWords(names.lang)
        self.columns = all_columns(names, rows)
        self.before = len(first_columns(names.lang))
        self.checked = self.before + len(names.ids)
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.score = book.add_format({"valign": "top", "num_format": "0.00", "font_color": "#808080"})
        self.to_fill = book.add_format({"valign": "top", "align": "center", "bg_color": "#fffbe6", "border": 4})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})

    def write(self) -> None:
        """Write both."""
        self._labels(self.book.add_worksheet(self.words.sheet))
        guide = self.book.add_worksheet(self.words.guide_sheet)
        guide.set_column(0, 0, 110)
        words = self.words
        lines = (
            words.guide_model,
            words.guide_labels,
            words.one_or_zero,
            words.guide_columns,
            words.guide_anchor,
            words.guide_import,
        )
        for row, line in enumerate(lines):
            guide.write_string(row, 0, line, self.wrapped)

    def _labels(self, sheet: Any) -> None:
        scored, reasons = has_scores(self.rows), has_reasons(self.rows)
        sheet.set_row(0, _HEADER_HEIGHT)
        anchors = [i for i, name in enumerate(self.columns) if name.startswith(self.words.anchor)]
        for column, title in enumerate(self.columns):
            width = _WIDTHS[column] if column < self.before else 2 * _NARROW if column == self.checked else _NARROW
            sheet.set_column(column, column, width, None, {"hidden": column in anchors})
            sheet.write_string(0, column, title, self.head)
        for number, row in enumerate(self.rows, start=1):
            shown = -(-2 * len(row.text) // _WIDTHS[-1])
            sheet.set_row(number, _LINE_HEIGHT * max(1, min(shown, _LINES_SHOWN)))
            for column, cell in enumerate(sheet_cells(row, self.names, scored, reasons)):
                self._cell(sheet, number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(self.rows)), len(self.columns) - 1)
        if self.rows and self.names.ids:
            self._rules(sheet, len(self.rows))

    def _cell(self, sheet: Any, row: int, column: int, cell: str | int | float | None) -> None:
        fill = self.before <= column <= self.checked
        if cell is None:
            if fill:
                sheet.write_blank(row, column, None, self.to_fill)
        elif isinstance(cell, str):
            sheet.write_string(row, column, cell[:MOST_OF_CELL], self.wrapped if column < self.before else self.top)
        else:
            form = self.to_fill if fill else self.top if column < self.before else self.score
            sheet.write_number(row, column, cell, form)

    def _rules(self, sheet: Any, rows: int) -> None:
        """Let cells of areas have 1, 0 or nothing, and show 1 in bold."""
        last = self.checked - 1
        rule = {"validate": "list", "source": ["1", "0"], "ignore_blank": True, "error_message": self.words.one_or_zero}
        sheet.data_validation(1, self.before, rows, last, rule)
        tagged = self.book.add_format({"bold": True, "bg_color": "#ffd666"})
        equal = {"type": "cell", "criteria": "==", "value": 1, "format": tagged}
        sheet.conditional_format(1, self.before, rows, self.checked, equal)
