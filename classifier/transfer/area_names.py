"""Areas as people write them: by id, Chinese or English name."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from classifier.records import Area


def plain_name(text: str) -> str:
    """Return a name without differences of width, case and blanks.

    >>> plain_name(" Ｅcology\u3000Law ")
    'ecologylaw'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class AreaNames:
    """The areas of a taxonomy, found by what people call them, and the names that are written."""

    def __init__(self, areas: Sequence[Area], lang: str, taken: Sequence[str] = ()) -> None:
        """Name areas in a language, `zh` or `en`; by id where a name is not its own, or is among `taken`."""
        self.areas, self.lang = tuple(areas), lang
        called: dict[str, set[str]] = {}
        for area in areas:
            for name in (area.zh, area.en):
                called.setdefault(plain_name(name), set()).add(area.id)
        ids = {plain_name(area.id): area.id for area in areas}
        self._by_name = {name: next(iter(own)) for name, own in called.items() if len(own) == 1} | ids
        counts = Counter([plain_name(area.name(lang)) for area in areas] + [plain_name(name) for name in taken])
        self.shown = {a.id: a.name(lang) if self._is_own(a, counts) else a.id for a in areas}

    def _is_own(self, area: Area, counts: Counter[str]) -> bool:
        name = plain_name(area.name(self.lang))
        return counts[name] == 1 and self._by_name.get(name) == area.id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all areas, in order."""
        return tuple(area.id for area in self.areas)

    def find(self, text: str) -> str | None:
        """Return the id of the area that is called so; None where there is none, or several."""
        return self._by_name.get(plain_name(text))
