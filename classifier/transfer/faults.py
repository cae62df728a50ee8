"""What is wrong in a file of labels, told by its places: at most twenty faults, and how many more there are."""

from collections.abc import Iterable

from classifier.errors import LabelError
from classifier.messages import counted_message, enumerated, message

MOST_TOLD = 20


def at_most_twenty(lines: list[str]) -> list[str]:
    """Return the first lines of many, and one that counts the others."""
    if len(lines) <= MOST_TOLD:
        return lines
    more = len(lines) - MOST_TOLD
    return [*lines[:MOST_TOLD], counted_message("and {n} more", "and {n} more", more)]


class FaultList:
    """Collects the faults of a file, and notes on what is not read of it."""

    def __init__(self) -> None:
        """Begin without any."""
        self.lines: list[str] = []
        self.notes: list[str] = []
        self._foreign: dict[str, None] = {}

    def note(self, note: str) -> None:
        """Add a note, once."""
        if note not in self.notes:
            self.notes.append(note)

    def foreign_areas(self, areas: Iterable[str]) -> None:
        """Keep in mind that labels of areas are left out, as the taxonomy does not have them."""
        self._foreign.update(dict.fromkeys(areas))

    def all_notes(self) -> tuple[str, ...]:
        """Return all notes, the one on areas last."""
        if not self._foreign:
            return tuple(self.notes)
        left_out = message(
            "labels of areas that the taxonomy does not have are left out: {areas}; add them to taxonomy.toml first",
            areas=enumerated(self._foreign),
        )
        return (*self.notes, left_out)

    def add(self, place: str, fault: str) -> None:
        """Add a fault, once."""
        line = message("{place}: {fault}", place=place, fault=fault)
        if line not in self.lines[-MOST_TOLD:]:
            self.lines.append(line)

    def unknown_area(self, place: str, name: object, known: tuple[str, ...]) -> None:
        """Add that an area is not in the taxonomy."""
        self.add(
            place,
            message(
                "no area is called {name!r}; the taxonomy has {known}", name=str(name)[:60], known=", ".join(known)
            ),
        )

    def check(self) -> None:
        """Raise LabelError where there are faults."""
        if self.lines:
            raise LabelError("\n".join(at_most_twenty(self.lines)))
