"""Find the header of a table, and in it the columns that are read."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.cells import unguarded
from classifier.readers.raw import ID_COLUMN, TableColumns, no_column

HEADER_ROWS = 10  # from the first; titles of a table may stand in those above its header
_INVISIBLE = "\ufeff\u200b\xa0"


class Header(NamedTuple):
    """Where in a row the columns stand that are read, from 0; None for one that there is not.

    width: how many fields a row has. named: how many it has up to the last one with a name.
    travelling: names and places of the columns whose values go to the output.
    """

    width: int
    named: int
    text: int
    id: int | None
    document: int | None
    travelling: tuple[tuple[str, int | None], ...]


def columns_called(wanted: str, names: Sequence[str]) -> list[int]:
    """Return the places of the columns of a name, from 0; blanks around names, widths and case are passed over.

    A column of exactly this name goes before those that are only like it.
    """
    return (
        [i for i, name in enumerate(names) if name == wanted]
        or [i for i, name in enumerate(names) if _bare(name) == wanted.strip()]
        or [i for i, name in enumerate(names) if _plain(name) == _plain(wanted)]
    )


def find_header(rows: Sequence[Sequence[str]], columns: TableColumns) -> int | None:
    """Return which of the first rows of a table, from 0, is its header: the first with the column of the texts."""
    found = (i for i, row in enumerate(rows[:HEADER_ROWS]) if columns_called(columns.text, row))
    return next(found, None)


def header_of(names: Sequence[str], columns: TableColumns, place: str) -> Header:
    """Return where the columns stand. Raises DocumentError where one is missing, or two have its name."""
    shown = [bare for name in names if (bare := _bare(name))]

    def place_of(wanted: str, option: str | None) -> int | None:
        found = columns_called(wanted, names)
        if len(found) > 1:
            raise DocumentError(
                message(
                    "{place}: {n} columns are called {name!r}; rename all but one",
                    place=place,
                    n=len(found),
                    name=wanted,
                )
            )
        if not found and option:
            raise DocumentError(no_column(place, wanted, option, shown))
        return found[0] if found else None

    text = place_of(columns.text, "--text-column")
    assert text is not None
    identity = place_of(columns.id or ID_COLUMN, "--id-column" if columns.id else None)
    document = place_of(columns.document, "--document-column") if columns.document is not None else None
    if columns.travelling is None:
        every = enumerate(unique_names(names))
        travelling: tuple[tuple[str, int | None], ...] = tuple((name, i) for i, name in every if name and i != text)
    else:
        travelling = tuple((name, place_of(name, None)) for name in columns.travelling)
    named = max((i + 1 for i, name in enumerate(names) if _bare(name)), default=0)
    return Header(len(names), named, text, identity, document, travelling)


def unique_names(names: Sequence[str]) -> list[str]:
    """Return the names of columns without blanks around them; a name that comes again gets its number.

    >>> unique_names(["year", " year ", ""])
    ['year', 'year_2', '']
    """
    found: list[str] = []
    for name in map(_bare, names):
        number, new = 1, name
        while new and new in found:
            number += 1
            new = f"{name}_{number}"
        found.append(new)
    return found


def _bare(name: str) -> str:
    return unguarded(name.strip().strip(_INVISIBLE).strip())


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", _bare(name)).casefold()
