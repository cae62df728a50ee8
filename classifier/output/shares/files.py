"""Shares of areas for other programs: JSON, CSV, a panel for Stata and R, and Excel."""

import csv
import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from classifier.analysis.area_shares import NO_AREA, UNKNOWN_VALUE, AreaShares
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.output.language import ShareWords

if TYPE_CHECKING:
    from xlsxwriter import Workbook

PANEL_FIELDS = ("place", "year")  # that a panel is made by, unless others are asked for
_NUMBERS = frozenset({"year"})  # fields that are numbers to a statistics program
_DIGITS = 6
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a text would be a formula to a spreadsheet program
_LONGEST_CELL = 32_767  # characters of a text in a workbook


def shares_json(found: AreaShares, lang: str) -> bytes:
    """Return a list of rows, one for each group and area; what is not known is null."""
    rows = [_rounded(row) for row in _named(found, lang)]
    return (json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def shares_csv(found: AreaShares, lang: str, in_file: bool) -> bytes:
    """Return the same rows as CSV; spreadsheet programs read UTF-8 only in files with a byte order mark."""
    rows = [_rounded(row) for row in _named(found, lang)]
    return (BOM_UTF8 if in_file else b"") + _csv_of(rows, guard=True)


def shares_panel(found: AreaShares) -> bytes:
    """Return a long panel as CSV: the fields of a group, the area, its figures; no byte order mark, and ids for names.

    What is not known is empty, truths are 0 and 1, and a field that is a number everywhere can be read as one.
    """
    rows = []
    for row in found.records():
        fields = {name: "" if row[name] == UNKNOWN_VALUE else row[name] for name in found.by}
        figures = {key: value for key, value in row.items() if key not in {"group", *found.by}}
        figures["sampled"] = int(bool(row["sampled"]))
        rows.append(_rounded({**fields, **figures}))
    return _csv_of(rows, guard=False)


def shares_xlsx(found: AreaShares, lang: str, about: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return an Excel workbook: the rows on one sheet, areas by groups on two more, and what made it.

    about: pairs of a name and a value, on a sheet of their own.

    Raises ClassifierError where XlsxWriter is missing.
    """
    if find_spec("xlsxwriter") is None:
        raise ClassifierError(message("--format xlsx: needs XlsxWriter; pip install 'policy-area-classifier[excel]'"))
    from xlsxwriter import Workbook

    words, buffer = ShareWords(lang), BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(buffer, options)
    rows = list(_named(found, lang))
    _write_sheet(workbook, words.rows, list(rows[0]), (list(row.values()) for row in rows))
    for sheet, key in ((words.share, "share"), (words.coverage, "coverage")):
        _write_sheet(workbook, sheet, [words.group, *dict.fromkeys(str(row["name"]) for row in rows)], _wide(rows, key))
    if about:
        _write_sheet(workbook, words.about, about[0], about[1:])
    workbook.close()
    return buffer.getvalue()


def _wide(rows: Sequence[dict[str, object]], key: str) -> Iterator[list[object]]:
    """Yield a row for each group: its name, then the figure of each area."""
    groups: dict[object, list[object]] = {}
    for row in rows:
        groups.setdefault(row["group"], [row["group"]]).append(row[key])
    yield from groups.values()


def _write_sheet(workbook: "Workbook", name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    sheet, bold, percent = workbook.add_worksheet(name), workbook.add_format({"bold": True}), None
    percent = workbook.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, header, bold)
    for i, row in enumerate(rows, start=1):
        for j, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(i, j, value, percent)
            elif isinstance(value, bool):
                sheet.write_boolean(i, j, value)
            elif isinstance(value, int):
                sheet.write_number(i, j, value)
            elif value is not None:
                sheet.write_string(i, j, str(value)[:_LONGEST_CELL])
    sheet.freeze_panes(1, 1)
    sheet.autofit()


def _named(found: AreaShares, lang: str) -> Iterator[dict[str, object]]:
    """Yield the records with the name of the area after its id, and years as numbers."""
    names = {area.id: area.name(lang) for area in found.areas} | {NO_AREA: ShareWords(lang).none}
    for row in found.records():
        named: dict[str, object] = {}
        for key, value in row.items():
            named[key] = int(str(value)) if key in _NUMBERS and str(value).isdecimal() else value
            if key == "area":
                named["name"] = names[str(value)]
        yield named


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {key: round(value, _DIGITS) if isinstance(value, float) else value for key, value in row.items()}


def _csv_of(rows: Sequence[dict[str, object]], guard: bool) -> bytes:
    """Return rows as CSV with a header. guard: texts that would be formulas get a quotation mark before them."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(_guarded(value) if guard else value for value in row.values())
    return stream.getvalue().encode()


def _guarded(value: object) -> object:
    formula = isinstance(value, str) and value != UNKNOWN_VALUE and value.startswith(_FORMULA)
    return f"'{value}" if formula else value
