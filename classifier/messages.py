"""What the program tells people: English in the code, Chinese from the catalogue in `locale/`, never data or files.

`python -m tests.catalogue` writes the catalogue anew after a message was added or changed.
"""

import errno
import gettext
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

DOMAIN, LOCALE = "classify", Path(__file__).parent / "locale"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as in GNU gettext
_chosen: list[str] = []  # the language that was asked for, if any


def message(english: str, **values: object) -> str:
    """Return a message in the language of the user, with its values put in as `str.format` does.

    english: a literal, as the catalogue is made of those that stand in the code; values stand in it as `{name}`.

    >>> message("{place}: no such file or folder; check the path", place="a.txt")
    'a.txt: no such file or folder; check the path'
    """
    return _catalogue().gettext(english).format(**values)


def counted_message(one: str, many: str, n: int, **values: object) -> str:
    """Return a message about `n` things, which stands in it as `{n}`; Chinese has one form for any number.

    >>> counted_message("{n} row has no text", "{n} rows have no text", 2)
    '2 rows have no text'
    """
    return _catalogue().ngettext(one, many, n).format(n=n, **values)


def enumerated(parts: Iterable[str]) -> str:
    """Return several things one after the other, with what stands between them in the language of the user."""
    return ("、" if language() == "zh" else ", ").join(parts)


def system_reason(error: OSError) -> str:
    """Return why the system refused, in the language of the user where it is one of the usual reasons."""
    usual = {
        errno.ENOENT: message("No such file or directory"),
        errno.EACCES: message("Permission denied"),
        errno.EPERM: message("Operation not permitted"),
        errno.EISDIR: message("Is a directory"),
        errno.ENOTDIR: message("Not a directory"),
        errno.EEXIST: message("File exists"),
        errno.ENOSPC: message("No space left on device"),
        errno.EROFS: message("Read-only file system"),
        errno.ENAMETOOLONG: message("File name too long"),
        errno.EIO: message("Input/output error"),
    }
    return usual.get(error.errno or 0) or error.strerror or type(error).__name__


def speak(lang: str | None) -> None:
    """Tell everything in `zh` or `en` from now on, in this process; None: in the language of its locale."""
    _catalogue.cache_clear()
    _chosen[:] = [lang] if lang else []


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Tell everything in a language within a block; it is the one from before behind it."""
    before = list(_chosen)
    speak(lang)
    try:
        yield
    finally:
        speak(before[0] if before else None)


def language() -> str:
    """Return the language of messages, `zh` or `en`: as chosen, else by the variables or the system's locale."""
    if _chosen:
        return _chosen[0]
    name = next((value for key in _VARIABLES if (value := os.environ.get(key))), "")
    if not name and sys.platform == "win32":
        import locale

        name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [language()], fallback=True)
