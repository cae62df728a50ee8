"""The headings that stand above a line, kept as a stack."""

from classifier.documents.marks import Level


class Outline:
    """The open headings, outermost first."""

    def __init__(self) -> None:
        """Begin with no heading open."""
        self._open: list[tuple[Level, str]] = []

    def above(self) -> tuple[str, ...]:
        """Return the headings above the present line."""
        return tuple(text for _, text in self._open)

    def open(self, level: Level, text: str) -> None:
        """Open a heading; it ends those of its own and of deeper levels."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, text))

    def close(self) -> None:
        """End all headings, as a new title does."""
        self._open.clear()
