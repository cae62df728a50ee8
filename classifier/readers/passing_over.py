"""Which files of a folder and members of an archive are read, and as what the others are counted."""

from collections.abc import Callable, Mapping

from classifier.messages import counted_message, enumerated
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


_WORDS: dict[PassedOver, Callable[[int], str]] = {
    PassedOver.PICTURE: lambda n: counted_message("{n:,} picture, sound or film", "{n:,} pictures, sounds or films", n),
    PassedOver.TABLE: lambda n: counted_message(
        "{n:,} table (name it to read it)", "{n:,} tables (name them to read them)", n
    ),
    PassedOver.HIDDEN: lambda n: counted_message("{n:,} hidden file", "{n:,} hidden files", n),
    PassedOver.ARCHIVE: lambda n: counted_message(
        "{n:,} archive (unpack it to read it)", "{n:,} archives (unpack them to read them)", n
    ),
    PassedOver.DOCUMENT: lambda n: counted_message(
        "{n:,} document of a format that is not read (save it as .docx or .pdf)",
        "{n:,} documents of formats that are not read (save them as .docx or .pdf)",
        n,
    ),
    PassedOver.DEVICE: lambda n: counted_message("{n:,} device or pipe", "{n:,} devices or pipes", n),
    PassedOver.OTHER: lambda n: counted_message("{n:,} file of another kind", "{n:,} files of other kinds", n),
}


def counted_words(counts: Mapping[PassedOver, int] | Mapping[str, int]) -> str:
    """Return in words what was passed over, one after the other."""
    return enumerated(_WORDS[why](counts[why]) for why in PassedOver if counts.get(why))
