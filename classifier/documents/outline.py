"""Keep track of the headings that stand above a line."""

from classifier.documents.numbering import Level


class Outline:
    """The open headings as a stack, outermost first."""

    def __init__(self) -> None:
        """Start with no open heading."""
        self._levels: list[Level] = []
        self._texts: tuple[str, ...] = ()  # made anew for each heading, not for each line

    def above(self) -> tuple[str, ...]:
        """Return the headings above the present line."""
        return self._texts

    def open(self, level: Level, text: str) -> None:
        """Open a heading; it ends those of its own and of deeper levels."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._texts = (*self._texts[: len(self._levels)], text)
        self._levels.append(level)

    def close(self) -> None:
        """End all headings, as a new title does."""
        self._levels.clear()
        self._texts = ()
