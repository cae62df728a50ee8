"""Find the columns of tables whose values travel to the output, before anything is tagged."""

from collections.abc import Iterable
from dataclasses import replace

from classifier.errors import ClassifierError, DocumentError
from classifier.messages import message
from classifier.readers.formats import Format, Holds, format_of_ending
from classifier.readers.headers import columns_called
from classifier.readers.raw import Source, TableColumns
from classifier.readers.registry import table_rows

ALL = "all"


def with_travelling(sources: Iterable[Source], columns: TableColumns, choice: str) -> TableColumns:
    """Return the columns with those that travel by a user's choice: `all`, or names with commas between.

    `all` means all columns of all tables but that of the texts. Raises ClassifierError where there is no table, or no
    table has a column of one of the names; tables that cannot be read are passed over here.
    """
    wanted = [] if choice == ALL else list(dict.fromkeys(n for name in choice.split(",") if (n := name.strip())))
    there: dict[str, None] = {}  # in order
    tables = readable = 0
    for source in sources:
        form = format_of_ending(source.suffix)
        if form.holds is not Holds.ROWS or source.fault is not None or source.passed_over is not None:
            continue
        tables += 1
        try:
            _add_names(source, form, replace(columns, travelling=None), wanted, there)
            readable += 1
        except (DocumentError, OSError):  # which the run tells
            continue
    if not tables:
        raise ClassifierError(message("--columns {names}: there is no table among the inputs", names=choice))
    names = [n for n in there if n != columns.text] if choice == ALL else wanted
    unknown = [name for name in names if not columns_called(name, list(there))]
    if readable and (unknown or (choice != ALL and not wanted)):
        raise ClassifierError(
            message(
                "--columns {names}: no table has this column; give all, or names of: {there}",
                names=", ".join(unknown) or choice,
                there=", ".join(list(there)[:20]) or "-",
            )
        )
    return replace(columns, travelling=tuple(names))


def _add_names(source: Source, form: Format, columns: TableColumns, wanted: list[str], there: dict[str, None]) -> None:
    """Add the names of a table's columns, until all that are wanted are found, if any are."""
    there.setdefault(columns.text)
    for row, _ in table_rows(source, form, columns):
        for name in row.columns or ():
            there.setdefault(name)
        if not form.keyed or (wanted and all(columns_called(name, list(there)) for name in wanted)):
            return
