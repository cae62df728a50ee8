"""Keep track of the headings that stand above a line."""

from classifier.documents.numbering import Level

_LONGEST = 200  # characters of a heading as it stands above other lines


class Outline:
    """The open headings as a stack, outermost first."""

    def __init__(self) -> None:
        """Start with no open heading."""
        self._levels: list[Level] = []
        self._texts: tuple[str, ...] = ()  # made anew for each heading, not for each line

    def above(self) -> tuple[str, ...]:
        """Return the headings above the present line."""
        return self._texts

    def innermost(self) -> Level | None:
        """Return the level of the innermost open heading, None if none is open."""
        return self._levels[-1] if self._levels else None

    def has(self, level: Level) -> bool:
        """Whether a heading of a level is open."""
        return level in self._levels

    def open(self, level: Level, text: str) -> None:
        """Open a heading; it ends those of its own and of deeper levels.

        One that blanks or invisible characters make long is cut, as all lines below have it.
        """
        self.end(level)
        if len(text) > _LONGEST:
            text = " ".join(text.split())[:_LONGEST]
        self._texts = (*self._texts, text)
        self._levels.append(level)

    def end(self, level: Level) -> None:
        """End the headings of a level and of deeper ones, as a numbered paragraph does."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        if len(self._levels) < len(self._texts):
            self._texts = self._texts[: len(self._levels)]

    def end_numbered(self, level: Level) -> None:
        """End the same headings, but for those without numbering, below which a list may stand."""
        kept = [i for i, other in enumerate(self._levels) if other < level or other is Level.UNNUMBERED]
        if len(kept) < len(self._levels):
            self._texts = tuple(self._texts[i] for i in kept)
            self._levels = [self._levels[i] for i in kept]

    def close(self) -> None:
        """End all headings, as a new title does."""
        self._levels.clear()
        self._texts = ()
