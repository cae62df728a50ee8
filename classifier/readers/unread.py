"""The table of formats that are known and not read: what tells them, and what the user can do instead.

A format of `formats.py` with the first ending of a row takes its place, and its signature unless it has its own.
"""

from enum import StrEnum
from typing import NamedTuple

from classifier.messages import message
from classifier.readers import signatures
from classifier.readers.formats import FORMATS, Format, known_ending
from classifier.readers.raw import PassedOver
from classifier.readers.signatures import Signature


class Remedy(StrEnum):
    """What can be done about a file that is not read."""

    SAVE_AS_DOCUMENT = "document"
    SAVE_AS_TABLE = "table"
    UNPACK = "unpack"
    RECOGNIZE = "recognize"
    TRANSCRIBE = "transcribe"
    UNLOCK = "unlock"


class Unread(NamedTuple):
    """A format that is known and not read.

    name: for messages. endings: of file names, in small letters. passed_over: as what it counts in a folder.
    """

    name: str
    endings: tuple[str, ...]
    remedy: Remedy
    passed_over: PassedOver = PassedOver.DOCUMENT
    signature: Signature | None = None


_DOCUMENT, _TABLE, _UNPACK = Remedy.SAVE_AS_DOCUMENT, Remedy.SAVE_AS_TABLE, Remedy.UNPACK
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".svg", ".ico", ".emf", ".wmf")
_SOUNDS = (".mp3", ".wav", ".m4a", ".wma", ".aac", ".flac", ".ogg", ".amr")
_FILMS = (".mp4", ".avi", ".mov", ".mkv", ".wmv", ".flv", ".mpg", ".mpeg", ".rmvb", ".m4v", ".webm")
_ARCHIVES = (".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".cab", ".iso", ".jar")
_OTHER_TABLES = (".xlsb", ".numbers", ".dbf", ".sav", ".dta", ".rds", ".mdb", ".accdb", ".feather", ".orc")
_SLIDES = (".pptx", ".pptm", ".ppsx", ".potx")
_OLD_SLIDES = (".ppt", ".pps", ".dps")
UNREAD = (
    # Locked before all else: what is in it cannot be told.
    Unread("Office", (), Remedy.UNLOCK, signature=signatures.LOCKED_OFFICE),
    Unread("a web page", (".html", ".htm", ".shtml", ".xhtml"), _DOCUMENT, signature=signatures.WEB_PAGE),
    Unread("a saved web page", (".mhtml", ".mht"), _DOCUMENT, signature=signatures.WEB_ARCHIVE),
    Unread("an e-mail", (".eml", ".msg"), _DOCUMENT),
    Unread("XML", (".xml",), _DOCUMENT, PassedOver.OTHER, signatures.XML),
    Unread("PowerPoint", _SLIDES, _DOCUMENT, signature=signatures.SLIDES),
    Unread("PowerPoint 97-2003", _OLD_SLIDES, _DOCUMENT, signature=signatures.OLD_SLIDES),
    Unread("OpenDocument slides", (".odp",), _DOCUMENT, signature=signatures.OPEN_SLIDES),
    Unread("EPUB", (".epub",), _DOCUMENT, signature=signatures.EPUB),
    Unread("CAJ", (".caj", ".kdh", ".nh"), _DOCUMENT, signature=signatures.CNKI),
    Unread("a file of subtitles", (".srt", ".vtt", ".ass", ".ssa", ".lrc"), _DOCUMENT, signature=signatures.SUBTITLES),
    Unread("DjVu", (".djvu", ".djv"), _DOCUMENT, signature=signatures.DJVU),
    Unread("Apple Pages", (".pages",), _DOCUMENT, signature=signatures.APPLE),
    Unread("Excel", (".xlsx", ".xlsm", ".xltx"), _TABLE, PassedOver.TABLE, signatures.EXCEL),
    Unread("Excel 97-2003", (".xls", ".xlt", ".et", ".ett"), _TABLE, PassedOver.TABLE, signatures.OLD_EXCEL),
    Unread("OpenDocument table", (".ods",), _TABLE, PassedOver.TABLE, signatures.OPEN_TABLE),
    Unread("a table in tabs", (".tsv", ".tab"), _TABLE, PassedOver.TABLE),
    Unread("JSON", (".json",), _TABLE, PassedOver.TABLE, signatures.JSON),
    Unread("JSON lines", (".ndjson",), _TABLE, PassedOver.TABLE),
    Unread("a table of another program", _OTHER_TABLES, _TABLE, PassedOver.TABLE),
    Unread("gzip", (".gz",), _UNPACK, PassedOver.ARCHIVE, signatures.GZIP_FILE),
    Unread("an archive of this kind", _ARCHIVES, _UNPACK, PassedOver.ARCHIVE, signatures.OTHER_ARCHIVES),
    Unread("a picture", _PICTURES, Remedy.RECOGNIZE, PassedOver.PICTURE, signatures.PICTURE),
    Unread("sound or film", _SOUNDS + _FILMS, Remedy.TRANSCRIBE, PassedOver.PICTURE, signatures.SOUND_OR_FILM),
)
_BY_ENDING = {ending: kind for kind in UNREAD for ending in kind.endings}
KNOWN: tuple[Format | Unread, ...] = (*FORMATS, *UNREAD)


def known_kind(ending: str) -> Format | Unread | None:
    """Return what a file name's ending in small letters says, None where it is unknown."""
    return known_ending(ending) or _BY_ENDING.get(ending)


def now_read(kind: Format | Unread) -> Format | Unread:
    """Return the format that has taken the place of a row here, if there is one."""
    return (kind.endings and known_ending(kind.endings[0])) or kind


def format_words(kind: Format | Unread) -> str:
    """Return the name of a format as messages have it: names that are words are translated."""
    return format_name_words(kind.name)


def format_name_words(name: str) -> str:
    """Return what `format_words` does, of a format's name."""
    words = {
        "plain text": message("plain text"),
        "a web page": message("a web page"),
        "web page": message("web page"),
        "old Excel": message("old Excel"),
        "OpenDocument": message("OpenDocument"),
        "OpenDocument text": message("OpenDocument text"),
        "OpenDocument table": message("OpenDocument table"),
        "OpenDocument slides": message("OpenDocument slides"),
        "a saved web page": message("a saved web page"),
        "an e-mail": message("an e-mail"),
        "a file of subtitles": message("a file of subtitles"),
        "a table in tabs": message("a table in tabs"),
        "a table of another program": message("a table of another program"),
        "an archive of this kind": message("an archive of this kind"),
    }
    return words.get(name, name)


def refusal(kind: Unread, place: str) -> str:
    """Return the message for a file that was named and is not read."""
    format = format_words(kind)
    match kind.remedy:
        case Remedy.SAVE_AS_DOCUMENT:
            return message(
                "{place}: {format} is not read; save it as .docx, .pdf or plain text", place=place, format=format
            )
        case Remedy.SAVE_AS_TABLE:
            return message("{place}: {format} is not read; save it as CSV in UTF-8", place=place, format=format)
        case Remedy.UNPACK:
            return message("{place}: {format} is not read; unpack it and give the folder", place=place, format=format)
        case Remedy.RECOGNIZE:
            return message("{place}: a picture; recognize its text first (OCR)", place=place)
        case Remedy.TRANSCRIBE:
            return message("{place}: sound or film has no text to read; give a document", place=place)
        case Remedy.UNLOCK:
            return message("{place}: locked with a password; save it without one", place=place)
