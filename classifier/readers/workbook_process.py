"""A program of its own, which reads a workbook for `workbook.py` and writes its cells as JSON lines.

A damaged or hostile workbook can make the library abort or take any amount of memory; then this process ends alone.
First come the sheets, each with its first rows; then a line on standard input says which of them to write in full.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

MOST_MEMORY = 4 << 30  # bytes; a million rows with ten columns take less than one gigabyte
MOST_SECONDS = 600  # of a processor


def _limit() -> None:
    """Limit memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _cell(value: Any) -> Any:
    """Return the value of a cell as JSON knows it; a whole number without decimals, a date without a time of zero."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return int(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.time().min else value.isoformat(sep=" ")
    return value if isinstance(value, str | int | float | bool) else str(value)


def _write(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def write_workbook(path: str, first_rows: int) -> None:
    """Write the sheets of a workbook with so many first rows of each, then all rows of those that are asked for."""
    import python_calamine

    with Path(path).open("rb") as file:
        try:
            book = python_calamine.load_workbook(file)
        except python_calamine.PasswordError:
            _write({"fault": "password"})
            return
        sheets = []
        for number, meta in enumerate(book.sheets_metadata):
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
            sheet = None if hidden else book.get_sheet_by_index(number)
            rows = [] if sheet is None else _first_rows(sheet, first_rows)
            height = 0 if sheet is None else sheet.total_height
            sheets.append({"number": number, "name": meta.name, "hidden": hidden, "rows": rows, "height": height})
        _write({"sheets": sheets})
        sys.stdout.flush()
        for number in json.loads(sys.stdin.readline()):
            for place, row in enumerate(book.get_sheet_by_index(number).iter_rows(), start=1):
                if any(cell != "" for cell in row):
                    _write([number, [_cell(cell) for cell in row], place])
        _write({"end": True})


def _first_rows(sheet: Any, most: int) -> list[list[Any]]:
    """Return the first rows of a sheet that are not empty."""
    found: list[list[Any]] = []
    for row in sheet.iter_rows():
        if len(found) == most:
            break
        if any(cell != "" for cell in row):
            found.append([_cell(cell) for cell in row])
    return found


if __name__ == "__main__":
    _limit()
    write_workbook(sys.argv[1], int(sys.argv[2]))
