"""Regular expressions that are compiled when they are first used, so that the program starts fast."""

import re
from typing import Any, cast


class _LazyPattern:
    """Stands for a pattern; its methods are those of the compiled one, from their first use on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # which copying and pickling ask for
            raise AttributeError(name)
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what serves as `re.compile(source, flags)`, without the time that it takes to compile.

    >>> lazy_pattern("[a-c]+").findall("abd cab")
    ['ab', 'cab']
    """
    return cast("re.Pattern[str]", _LazyPattern(source, flags))
