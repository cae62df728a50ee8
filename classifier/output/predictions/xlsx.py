"""XLSX: a workbook with a sheet of paragraphs, one of the shares of each report, and one that says how it was made."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import orjson

from classifier.output.answer_language import OutputWords, WideWords
from classifier.output.cells import json_text
from classifier.output.predictions.output_format import OutputFormat
from classifier.output.predictions.wide import text_column, wide_columns, wide_row
from classifier.records import Prediction

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

MOST_ROWS = 1_048_575  # of a sheet, below its header
LONGEST_TEXT_OF_CELL = 32_767  # characters that Excel opens
NAME_WIDTH, HEADING_WIDTH, TEXT_WIDTH, LAST_WIDTH = 24, 30, 70, 50  # of columns, in characters
NOT_FILLED = 4  # of the width of a column, as no line is broken before a full stop
NARROW = 9  # of numbers and areas
SHARE_COLOR, WHITE = "#9ec5e8", 0.55  # of bars; how much white is in those of areas
A3 = 8  # the number of a size of paper
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
LINE_HEIGHT, LINES_SHOWN, HEAD_LINES = 15, 20, 3  # of rows: points, and lines that are shown at once


def _plain(value: Any) -> str | int | float | None:
    """Return a value of a table as a cell has it: a number, a text, or none."""
    if value is None or isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return json_text(value)


class XlsxFormat(OutputFormat):
    """A workbook for Excel, WPS and LibreOffice; what waits for the last step are its rows as JSON lines."""

    needs: ClassVar[str | None] = "xlsxwriter"
    extra: ClassVar[str | None] = "excel"
    for_stdout: ClassVar[bool] = False

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return for each report a line with its shares, and lines of its rows before it."""
        return b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in self._lines(rows))

    def _lines(self, rows: Iterable[tuple[str, Prediction]]) -> Iterator[list[Any]]:
        from classifier.analysis.shares import character_shares

        for name, group in groupby(rows, key=lambda row: row[0]):
            predictions = [prediction for _, prediction in group]
            for prediction in predictions:
                values = prediction.paragraph.columns or {}
                others = [_plain(values.get(column)) for column in self.options.columns]
                yield ["row", [*wide_row(name, prediction, self.options), *others]]
            found = character_shares(predictions, [a.id for a in predictions[0].model_areas])
            none = found.none / found.total if found.total else 0.0
            yield ["shares", [name, found.total, *(found.share(area) for area in self.options.names), none]]

    def finish(self, part: Path, new: Path) -> Path:
        """Write the workbook to `new`, row by row."""
        from xlsxwriter import Workbook

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(new, options) as book, part.open("rb") as lines:
            book.set_properties({"created": NO_DATE})  # so that the same rows give the same bytes
            _Sheets(book, self).write(orjson.loads(line) for line in lines)
        return new


class _Sheets:
    """The sheets of a workbook."""

    def __init__(self, book: "Workbook", form: XlsxFormat) -> None:

        self.book, self.form, self.options = book, form, form.options
        self.words = WideWords(form.options.lang)
        self.columns = [*wide_columns(form.options), *form.options.columns]
        self.text, self.areas = text_column(form.options), text_column(form.options) + 1
        self.widths = {0: NAME_WIDTH, self.text - 1: HEADING_WIDTH, self.text: TEXT_WIDTH}
        self.filled = {column: width - NOT_FILLED for column, width in self.widths.items()}
        self.filled[0] *= 2  # names are of narrow characters
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top", "align": "center"})
        self.score = book.add_format({"num_format": "0.00", "valign": "top"})
        self.narrow_head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "align": "center"}
        )
        self.percent = book.add_format({"num_format": "0.0%"})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})

    def write(self, lines: Iterator[list[Any]]) -> None:
        """Write paragraphs as they come, and the shares and the rest behind them."""
        shares = []
        sheet, row, count = None, 0, 0
        for kind, values in lines:
            if kind == "shares":
                shares.append(values)
                continue
            if sheet is None or row == MOST_ROWS:
                if sheet is not None:
                    self._end(sheet, row)
                count += 1
                sheet, row = self._paragraph_sheet(count), 0
            row += 1
            self._write_row(sheet, row, values)
        if sheet is not None:
            self._end(sheet, row)
        self._shares(shares)
        self._about()

    def _paragraph_sheet(self, number: int) -> Any:
        name = self.words.paragraphs_sheet
        sheet = self.book.add_worksheet(name if number == 1 else f"{name} {number}")
        names = len(self.options.names)
        for column, title in enumerate(self.columns):
            last = column >= self.areas + 2 * names
            width = LAST_WIDTH if last else self.widths.get(column, NARROW)
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self.narrow_head if width == NARROW else self.head)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, HEAD_LINES * LINE_HEIGHT)
        _print_wide(sheet)
        sheet.repeat_rows(0)
        return sheet

    def _write_row(self, sheet: Any, row: int, values: list[Any]) -> None:
        scores = self.areas + len(self.options.names)
        lines = max(-(-2 * len(str(values[column] or "")) // width) for column, width in self.filled.items())
        sheet.set_row(row, LINE_HEIGHT * max(1, min(lines, LINES_SHOWN)))
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value[:LONGEST_TEXT_OF_CELL], self.wrapped)
            elif value is not None:
                sheet.write_number(
                    row, column, value, self.score if 0 <= column - scores < len(self.options.names) else self.top
                )

    def _end(self, sheet: Any, rows: int) -> None:
        names = len(self.options.names)
        sheet.autofilter(0, 0, rows, len(self.columns) - 1)
        sheet.print_area(0, 0, rows, self.areas + names - 1)  # scores and evidence are for the screen
        tagged = self.book.add_format({"bold": True, "bg_color": "#fff2cc"})
        untagged = self.book.add_format({"font_color": "#b0b0b0"})
        first, last = self.areas, self.areas + names - 1
        for value, form in ((1, tagged), (0, untagged)):
            rule = {"type": "cell", "criteria": "==", "value": value, "format": form}
            sheet.conditional_format(1, first, rows, last, rule)
        for i, area in enumerate(self.options.areas):
            column = self.areas + names + i
            bar = {
                "type": "data_bar",
                "bar_color": _light(area.color),
                "bar_solid": True,
                "min_type": "num",
                "min_value": 0,
            }
            sheet.conditional_format(1, column, rows, column, {**bar, "max_type": "num", "max_value": 1})

    def _shares(self, rows: list[list[Any]]) -> None:
        sheet = self.book.add_worksheet(self.words.shares_sheet)
        head = [self.words.document, self.words.characters, *self.options.names.values(), self.words.none]
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(head) - 1, 11)
        sheet.set_row(0, HEAD_LINES * LINE_HEIGHT)
        _print_wide(sheet)
        for column, title in enumerate(head):
            sheet.write_string(0, column, title, self.head)
        for number, values in enumerate(rows, start=1):
            sheet.write_string(number, 0, values[0])
            sheet.write_number(number, 1, values[1])
            for column, value in enumerate(values[2:], start=2):
                sheet.write_number(number, column, value, self.percent)
        bar = {"type": "data_bar", "bar_color": SHARE_COLOR, "bar_solid": True, "min_type": "num", "min_value": 0}
        sheet.conditional_format(1, 2, max(1, len(rows)), len(head) - 1, bar)  # of one length for all areas
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)

    def _about(self) -> None:
        sheet = self.book.add_worksheet(self.words.about_sheet)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        _print_wide(sheet)
        read = [(OutputWords(self.options.lang).read if not i else "", line) for i, line in enumerate(self.form.read)]
        for row, (name, value) in enumerate([*self.options.about_pairs, *read]):
            sheet.write_string(row, 0, name, self.head)
            sheet.write_string(row, 1, value, self.wrapped)


def _light(color: str) -> str:
    """Return a colour, such as #1f77b4, mixed with white, so that black figures can be read on it."""
    parts = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(WHITE * 255 + (1 - WHITE) * part):02x}" for part in parts)


def _print_wide(sheet: Any) -> None:
    """Let a sheet be printed with all its columns on a page."""
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.4)
    sheet.fit_to_pages(1, 0)
