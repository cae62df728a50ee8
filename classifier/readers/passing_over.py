"""Which files of a folder and members of an archive are read, and as what the others are counted."""

from collections.abc import Mapping

from classifier.messages import counted_message
from classifier.readers.formats import Format, Holds
from classifier.readers.raw import PassedOver
from classifier.readers.unread import Unread, known_kind

_HIDDEN = (".", "~$")  # how the names of hidden files and of Office's locks begin
_HIDDEN_NAMES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin", "icon\r"})


def is_hidden(name: str) -> bool:
    """Return whether a file or folder of this name is one that programs keep for themselves.

    >>> is_hidden(".DS_Store"), is_hidden("~$report.docx"), is_hidden("report.docx")
    (True, True, False)
    """
    return name.startswith(_HIDDEN) or name.lower() in _HIDDEN_NAMES


def passed_over_as(kind: Format | Unread, within_archive: bool = False) -> PassedOver | None:
    """Return why a file of this kind is passed over, None where it is read. Tables must be named."""
    if isinstance(kind, Unread):
        return kind.passed_over
    if kind.holds is Holds.ROWS:
        return PassedOver.TABLE
    return PassedOver.ARCHIVE if within_archive and kind.holds is Holds.MEMBERS else None


def passed_over_by_name(name: str, within_archive: bool = False) -> tuple[PassedOver | None, bool]:
    """Return why a file of this name is passed over, if it is, and whether the name is enough to say so."""
    if is_hidden(name):
        return PassedOver.HIDDEN, True
    kind = known_kind(ending_of(name))
    return (None, False) if kind is None else (passed_over_as(kind, within_archive), True)


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters, with its dot; none of a name that begins with the only dot.

    >>> ending_of("2024.年.TXT"), ending_of("报告"), ending_of(".txt")
    ('.txt', '', '')
    """
    start, dot, ending = name.rpartition(".")
    return dot + ending.lower() if start.strip(".") else ""


def counted_words(counts: Mapping[PassedOver, int]) -> str:
    """Return in words what was passed over, with commas between."""
    return ", ".join(_words(kind, n) for kind, n in sorted(counts.items()))


def _words(kind: PassedOver, n: int) -> str:
    match kind:
        case PassedOver.PICTURE:
            return counted_message("{n} picture, sound or film", "{n} pictures, sounds or films", n)
        case PassedOver.TABLE:
            return counted_message("{n} table", "{n} tables", n)
        case PassedOver.HIDDEN:
            return counted_message("{n} hidden file", "{n} hidden files", n)
        case PassedOver.ARCHIVE:
            return counted_message("{n} other archive", "{n} other archives", n)
        case PassedOver.DEVICE:
            return counted_message("{n} device or pipe", "{n} devices or pipes", n)
        case PassedOver.OTHER:
            return counted_message("{n} file of another kind", "{n} files of other kinds", n)
