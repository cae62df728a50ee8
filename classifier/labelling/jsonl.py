"""Label files as lines of JSON: the one reader, which reports every fault of every file at once, and the one writer."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from classifier.errors import LabelError
from classifier.messages import message, system_reason

LabelRow = dict[str, Any]
_T = TypeVar("_T")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_rows(paths: Iterable[Path], parse: Callable[[LabelRow, str, list[str]], _T | None]) -> list[_T]:
    """Return what `parse` makes of the JSON object on each line that is not blank, less what it gives None for.

    parse: takes the object, its place as file:line, and a list to which it adds the faults that it finds.
    Raises LabelError where a file cannot be opened or is not UTF-8, and else with a line for each fault.
    """
    found: list[_T] = []
    found_faults: list[str] = []
    for path in paths:
        for place, line in _lines(path):
            faults: list[str] = []
            row = _object(line, faults)
            parsed = parse(row, place, faults) if row is not None else None
            if parsed is not None:
                found.append(parsed)
            found_faults.extend(message("{place}: {fault}", place=place, fault=fault) for fault in faults)
    if found_faults:
        raise LabelError("\n".join(found_faults))
    return found


def encode_rows(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return rows as lines of JSON in UTF-8."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each line that is not blank."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = system_reason(error)
        raise LabelError(message("{place}: cannot be opened ({why}); check the path", place=path, why=why)) from error
    except UnicodeDecodeError as error:
        raise LabelError(
            message("{place}: not UTF-8 at byte {n}; save it as UTF-8", place=path, n=error.start)
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", line


def _json_reason(error: json.JSONDecodeError) -> str:
    """Return what is wrong with a line, in the language of the user where it is one of the usual faults."""
    usual = {
        "Expecting value": message("Expecting value"),
        "Expecting ',' delimiter": message("Expecting ',' delimiter"),
        "Expecting ':' delimiter": message("Expecting ':' delimiter"),
        "Expecting property name enclosed in double quotes": message(
            "Expecting property name enclosed in double quotes"
        ),
        "Unterminated string starting at": message("Unterminated string starting at"),
        "Invalid control character at": message("Invalid control character at"),
        "Extra data": message("Extra data"),
    }
    return usual.get(error.msg, error.msg)


def _object(line: str, faults: list[str]) -> LabelRow | None:
    """Return the object of a line; None, with a fault, where it has none."""

    def unique(pairs: list[tuple[str, Any]]) -> LabelRow:
        row = dict(pairs)
        if len(row) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(k for k in keys if keys.count(k) > 1)
            faults.append(message("key {key!r} stands twice; keep one", key=twice))
        return row

    try:
        row = json.loads(line, object_pairs_hook=unique)
        line_is_text = not _SURROGATE.search(json.dumps(row, ensure_ascii=False))
    except json.JSONDecodeError as error:
        faults.append(
            message(
                "broken JSON at column {column} ({why}); write one object on the line",
                column=error.colno,
                why=_json_reason(error),
            )
        )
        return None
    except (ValueError, RecursionError):
        faults.append(
            message("JSON that cannot be read, of a number too long or lists too deep; write one object on the line")
        )
        return None
    if not isinstance(row, dict):
        faults.append(message("not a JSON object; write one object on the line"))
        return None
    if not line_is_text:
        faults.append(message("half a character (a lone surrogate) in a text; mend it"))
        return None
    return row
