"""Read the rows of workbooks: Excel's .xlsx and .xls, WPS's .et, and OpenDocument's .ods."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from classifier.errors import DocumentError
from classifier.messages import counted_message, message
from classifier.readers.cells import unguarded
from classifier.readers.headers import HEADER_ROWS, Header, find_header, header_of
from classifier.readers.lines import CountKind
from classifier.readers.opening import WORKBOOK_MARKS
from classifier.readers.raw import LONGEST_FIELD, Row, Source, TableColumns, no_column

if find_spec("python_calamine") is None:  # which the process that reads the workbook imports
    raise ModuleNotFoundError("python_calamine is not installed", name="python_calamine")

_PROGRAM = Path(__file__).with_name("workbook_process.py")


class _Sheet(NamedTuple):
    """A sheet that is read: its name where there are several, how many rows stand above the header, its columns."""

    name: str | None
    titles: int
    header: Header


def workbook_rows(source: Source, columns: TableColumns) -> Iterator[tuple[Row, int]]:
    """Yield each row of all visible sheets that have the column of the texts, numbered from the header of its sheet on.

    Of a formula the value is read that was saved with it. Counts of the receipt: title_rows, hidden_sheets and
    other_sheets, which have no such column. Raises DocumentError where the workbook, or its rest, cannot be read.
    """
    _check_beginning(source)
    with _program(source) as process:
        answers = _answers(process, source.place)
        found = next(answers)["sheets"]
        chosen, notes, counts = _chosen_sheets(source.place, found, columns)
        share = source.size // max(1, sum(sheet["height"] for sheet in found))
        _ask(process, list(chosen), source.place)
        number, last = 0, None
        for sheet_number, cells, _ in answers:
            sheet = chosen[sheet_number]
            number, last = (number if sheet_number == last else -sheet.titles - 1) + 1, sheet_number
            if number > 0:  # the header has the number 0
                yield _row(sheet, number, cells, notes, counts), share
                notes, counts = (), {}


def workbook_cells(source: Source) -> Iterator[tuple[str, int, list[Any]]]:
    """Yield the cells of each row that is not blank, of all visible sheets, with the sheet's name and the row's number.

    Rows are numbered from 1, as a spreadsheet program shows them. Raises DocumentError where the workbook, or its rest,
    cannot be read.
    """
    _check_beginning(source)
    with _program(source) as process:
        answers = _answers(process, source.place)
        names = {sheet["number"]: sheet["name"] for sheet in next(answers)["sheets"] if sheet["rows"]}
        _ask(process, list(names), source.place)
        for number, cells, row in answers:
            yield names[number], row, cells


def _check_beginning(source: Source) -> None:
    """Raise DocumentError where a file is empty or no workbook at all, such as a web page that is called one."""
    assert source.path is not None
    with source.path.open("rb") as file:
        beginning = file.read(8)
    if not beginning:
        raise DocumentError(message("{place}: the file is empty; check that it was saved whole", place=source.place))
    if not beginning.startswith(WORKBOOK_MARKS):
        raise DocumentError(
            message(
                "{place}: no workbook, whatever its name says; open it in Excel or WPS and save it as .xlsx",
                place=source.place,
            )
        )


@contextmanager
def _program(source: Source) -> Iterator["subprocess.Popen[str]"]:
    """Run the program that reads the workbook; it is ended with the reading, however that ends."""
    command = [sys.executable, "-P", str(_PROGRAM), str(source.path), str(HEADER_ROWS)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


def _ask(process: "subprocess.Popen[str]", sheets: list[int], place: str) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(f"{json.dumps(sheets)}\n")
        process.stdin.flush()
    except OSError as error:
        raise _damaged(place) from error


def _answers(process: "subprocess.Popen[str]", place: str) -> Iterator[Any]:
    """Yield what the program writes. Raises DocumentError where it ends before it has written all."""
    assert process.stdout is not None
    while line := process.stdout.readline(LONGEST_FIELD):
        try:
            answer = json.loads(line)
        except ValueError:
            break
        if answer == {"end": True}:
            return
        if answer == {"fault": "password"}:
            raise DocumentError(message("{place}: locked with a password; save it without one", place=place))
        yield answer
    raise _damaged(place)


def _damaged(place: str) -> DocumentError:
    return DocumentError(
        message(
            "{place}: damaged, or too large for a workbook; open it in Excel or WPS and save it as .xlsx or CSV",
            place=place,
        )
    )


def _chosen_sheets(
    place: str, sheets: list[dict[str, Any]], columns: TableColumns
) -> tuple[dict[int, _Sheet], tuple[str, ...], dict[str, int]]:
    """Return the sheets that have the column of the texts, by number, and the notes and counts on all.

    Raises DocumentError where there is none, with the columns of the first sheet that is not empty.
    """
    visible = [(s["number"], s["name"], s["rows"]) for s in sheets if s["rows"]]
    if not visible:
        raise DocumentError(message("{place}: no rows in this table; check that it was saved whole", place=place))
    found = {}
    for number, name, rows in visible:
        texts = [[_as_name(cell) for cell in row] for row in rows]
        if (titles := find_header(texts, columns)) is not None:
            found[number] = name, titles, texts[titles]
    if not found:
        names = [name for cell in visible[0][2][0] if (name := _as_name(cell))]
        raise DocumentError(no_column(place, columns.text, "--text-column", names))
    chosen = {
        number: _Sheet(
            name if len(found) > 1 else None,
            titles,
            header_of(names, columns, message("{place}: sheet {sheet}", place=place, sheet=name)),
        )
        for number, (name, titles, names) in found.items()
    }
    counts = {
        CountKind.HIDDEN_SHEETS: sum(sheet["hidden"] for sheet in sheets),
        CountKind.OTHER_SHEETS: len(visible) - len(found),
        CountKind.TITLE_ROWS: sum(sheet.titles for sheet in chosen.values()),
    }
    return chosen, _notes(place, columns, counts), {kind: n for kind, n in counts.items() if n}


def _notes(place: str, columns: TableColumns, counts: Mapping[CountKind, int]) -> tuple[str, ...]:
    """Return what the user must know of sheets and rows that are not read."""
    notes = []
    if n := counts[CountKind.OTHER_SHEETS]:
        notes.append(
            counted_message(
                "{place}: {n} sheet without a column {name!r} was passed over",
                "{place}: {n} sheets without a column {name!r} were passed over",
                n,
                place=place,
                name=columns.text,
            )
        )
    if n := counts[CountKind.HIDDEN_SHEETS]:
        notes.append(
            counted_message(
                "{place}: {n} hidden sheet was passed over",
                "{place}: {n} hidden sheets were passed over",
                n,
                place=place,
            )
        )
    return tuple(notes)


def _as_name(cell: Any) -> str:
    return cell if isinstance(cell, str) else str(cell)


def _row(sheet: _Sheet, number: int, cells: list[Any], notes: tuple[str, ...], counts: dict[str, int]) -> Row:
    """Return the row of a sheet's cells; a number in the column of the texts is text."""

    def value(index: int | None) -> Any:
        if index is None or index >= len(cells) or cells[index] == "":
            return None
        return unguarded(cells[index]) if isinstance(cells[index], str) else cells[index]

    header = sheet.header
    text = value(header.text)
    return Row(
        number,
        str(text) if type(text) in (int, float) else text,
        value(header.id),
        document=value(header.document),
        columns={name: value(index) for name, index in header.travelling} if header.travelling else None,
        sheet=sheet.name,
        notes=notes,
        counts=counts or None,
    )
