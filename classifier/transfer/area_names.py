"""Areas as people write them: by id, Chinese or English name."""

import unicodedata
from collections.abc import Callable, Sequence

from classifier.records import Area


def plain_name(text: str) -> str:
    """Return a name without differences of width, case and blanks.

    >>> plain_name(" Ｅcology\u3000Law ")
    'ecologylaw'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class AreaNames:
    """The areas of a taxonomy, found by what people call them, and the names that are written."""

    def __init__(self, areas: Sequence[Area], lang: str, taken: Callable[[str], bool] = lambda _: False) -> None:
        """Name areas in a language, `zh` or `en`; by id where a name is not its own, or is taken by something else."""
        self.areas, self.lang = tuple(areas), lang
        called: dict[str, set[str]] = {}
        for area in areas:
            for name in (area.zh, area.en):
                called.setdefault(plain_name(name), set()).add(area.id)
        ids = {plain_name(area.id): area.id for area in areas}
        self._by_name = {name: next(iter(own)) for name, own in called.items() if len(own) == 1} | ids
        names = {area.id: area.name(lang) for area in areas}
        own = {i for i, name in names.items() if self._by_name.get(plain_name(name)) == i and not taken(name)}
        self.shown = {i: name if i in own else i for i, name in names.items()}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all areas, in order."""
        return tuple(area.id for area in self.areas)

    def find(self, text: str) -> str | None:
        """Return the id of the area that is called so; None where there is none, or several."""
        return self._by_name.get(plain_name(text))
