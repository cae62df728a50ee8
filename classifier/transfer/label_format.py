"""What a format of label files must have: it writes rows, tells its files by their content and reads them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from classifier.messages import message
from classifier.transfer.anchor import read_anchor
from classifier.transfer.area_names import AreaNames
from classifier.transfer.faults import FaultList
from classifier.transfer.rows import Passage, ReadRow, WrittenRow


class LabelFile(NamedTuple):
    """A file of labels that is read.

    names: the areas that labels may have. faults: where those of the file go. offered: the areas that its labels speak
    of, where the user says so and the file does not.
    """

    path: Path
    names: AreaNames
    faults: FaultList
    offered: tuple[str, ...] | None = None


class LabelFormat(ABC):
    """A format of label files. To add one, write a class like the others in this folder and enter it in the registry.

    needs, extra: a library that it writes with, and the extra of this package that installs it.
    """

    needs: ClassVar[str | None] = None
    extra: ClassVar[str | None] = None

    @abstractmethod
    def write(self, rows: Sequence[WrittenRow], names: AreaNames, out: Path) -> tuple[Path, ...]:
        """Write rows to a file that is whole or not there; return what was written beside it, if anything."""

    @abstractmethod
    def read(self, file: LabelFile) -> Iterator[ReadRow]:
        """Yield what a file says. Raises LabelError or DocumentError where it cannot be read at all."""


def foreign_passage(row: dict[str, Any], text: str) -> Passage:
    """Return the passage of an object of another program: by its text, and by its document where it names one."""
    document = row.get("document") or row.get("report") or ""
    heading, line = row.get("heading"), row.get("line")
    return Passage(
        "",
        str(document),
        text.strip(),
        heading=tuple(map(str, heading)) if isinstance(heading, list) else (),
        line=line if isinstance(line, int) and not isinstance(line, bool) and line > 0 else None,
    )


def written_row(anchor: object, place: str, file: LabelFile) -> WrittenRow | None:
    """Return the row that an anchor tells; None where there is none, with a fault where it is damaged."""
    if not isinstance(anchor, str) or not anchor.strip():
        return None
    try:
        return of_taxonomy(read_anchor(anchor), file)
    except ValueError:
        file.faults.add(place, message("the anchor of the row was changed; take the row from the exported file again"))
        return None


def of_taxonomy(row: WrittenRow, file: LabelFile) -> WrittenRow:
    """Return a row without areas that the taxonomy does not have, which are noted."""
    if foreign := [area for area in (*row.values, *row.offered) if area not in file.names.shown]:
        file.faults.foreign_areas(foreign)
        values = {area: there for area, there in row.values.items() if area in file.names.shown}
        offered = tuple(area for area in row.offered if area in file.names.shown)
        return replace(row, values=values, offered=offered)
    return row
