"""Turn a row of a table into a raw document, and say what is amiss with its text."""

from typing import Any

from classifier.messages import message
from classifier.readers.cells import name_of
from classifier.readers.raw import RawDocument, Row


def row_document(table: str, source_place: str, row: Row, weight: int) -> RawDocument:
    """Return the document of a row, named by the name of its table and its id, or else its number."""
    place = row_place(source_place, row)
    fault, text = row.fault, ""
    if fault is None:
        fault, text = row_text(row, place)
    identity = row.number if row.id is None or row.id == "" else row.id
    if fault is None and type(identity) in (dict, list):
        fault = message("{place}: its id is {kind}; it must be text or a number", place=place, kind=_kind(identity))
    sheet = "" if row.sheet is None else f"{name_of(row.sheet)}:"
    name = f"{table}:{sheet}{row.number if fault else name_of(identity)}"
    if fault is not None:
        return RawDocument(name, place, fault=fault, weight=weight, table=table)
    return RawDocument(
        name,
        place,
        text=text,
        size=3 * len(text),
        weight=weight,
        columns=row.columns,
        notes=row.notes,
        counts=row.counts,
        table=table,
    )


def row_place(place: str, row: Row) -> str:
    """Return what a row is called in messages. place: what its file is called."""
    if row.sheet is None:
        return message("{place}: row {row}", place=place, row=row.number)
    return message("{place}: sheet {sheet}: row {row}", place=place, sheet=name_of(row.sheet), row=row.number)


def row_text(row: Row, place: str) -> tuple[str | None, str]:
    """Return why the text of a row cannot be read, if so, and else the text."""
    if row.text is None:
        return None, ""
    if not isinstance(row.text, str):
        return message("{place}: its text is {kind}; it must be text", place=place, kind=_kind(row.text)), ""
    return None, row.text


def _kind(value: Any) -> str:
    kinds = {
        bool: message("true or false"),
        int: message("a number"),
        float: message("a number"),
        list: message("a list"),
        dict: message("an object"),
    }
    return kinds.get(type(value)) or message("of type {type}", type=type(value).__name__)
