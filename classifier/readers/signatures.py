"""What the content of a file shows of its format: its first bytes, the parts of a package, or the look of a text."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from typing import NamedTuple

from classifier.patterns import lazy_pattern

HEAD_BYTES = 4096  # of a file, in which its format must show
PDF_WITHIN = 1024  # bytes of something else that PDF readers allow before the beginning

_HTML = lazy_pattern(
    r"(?>\s*+(?:<\?xml[^>]{0,200}>|<!--(?:(?!-->).){0,1000}-->))*+"
    r"\s*+<(?:!doctype\s+html|html|head|body|meta|title|frameset|(?:div|table|center|style|script|span|font|p)[\s>].*</)",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = lazy_pattern(
    r"\s*(?:From|Subject|Date|MIME-Version|Content-[A-Za-z-]+|X-[A-Za-z-]+|Snapshot-[A-Za-z-]+):", re.IGNORECASE
)
_MULTIPART = lazy_pattern(r"^content-type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE | re.MULTILINE)
_JSON_LINE = re.compile(r'\s*\{[ \t]*"(?:[^"\\]|\\.){0,200}"\s*:')
_JSON = re.compile(r'\s*(?:\[\s*){0,3}(?:\{\s*"(?:[^"\\]|\\.){0,200}"\s*:|\[\s*")')
_SUBTITLES = lazy_pattern(r"\s*(?:WEBVTT\b|\[Script Info\]|(?:\d{1,5}\s+)?\d{1,2}:\d\d:\d\d[,.]\d{3} --> \d)")
_MARKDOWN_HEADING = lazy_pattern(r"^#{1,6} +[^#\s]", re.MULTILINE)
_MARKDOWN_BOLD = lazy_pattern(r"^[ \t]*(?:[-*+] |\d{1,2}\. )?\*\*[^*\r\n]{2,200}\*\*", re.MULTILINE)
_LEAST_HEADINGS, _LEAST_BOLD = 2, 3  # of Markdown, in the beginning of a file
_PDF = re.compile(rb"%PDF-\d\.\d")
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e"))


class Signature(NamedTuple):
    """What tells a format; any one of these does.

    begins: the first bytes. parts: members of a zip package; streams: of an OLE package; both in small letters.
    mimetypes: what the member `mimetype` of a zip package says. looks: a function that is given the first HEAD_BYTES
    of a file; by_look: whether that judges a text, which the ending of a table or of Markdown outweighs.
    """

    begins: tuple[bytes, ...] = ()
    parts: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    mimetypes: tuple[str, ...] = ()
    looks: Callable[[bytes], bool] | None = None
    by_look: bool = False


def looks_like_text(head: bytes) -> bool:
    """Return whether the beginning of a file may be text: without control characters, or marked as UTF-16."""
    return head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or head.translate(None, _NO_TEXT) == head


def _text(head: bytes) -> str:
    """Return the beginning of a text, of which only the ASCII characters count."""
    for bom, encoding in ((BOM_UTF16_LE, "utf_16_le"), (BOM_UTF16_BE, "utf_16_be")):
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "replace")
    return head.removeprefix(BOM_UTF8).decode("latin_1")


def _is_pdf(head: bytes) -> bool:
    if head.startswith(b"%PDF-"):
        return True
    return b" obj" in head and _PDF.search(head, 0, PDF_WITHIN + len(b"%PDF-1.0")) is not None  # a text may speak of it


def _is_web_page(head: bytes) -> bool:
    return _HTML.match(_text(head)) is not None


def _is_xml(head: bytes) -> bool:
    return _text(head).lstrip().startswith("<?xml")


def _is_web_archive(head: bytes) -> bool:
    text = _text(head)
    return _HEADER.match(text) is not None and _MULTIPART.search(text) is not None


def _is_json_lines(head: bytes) -> bool:
    return _JSON_LINE.match(_text(head)) is not None


def _is_json(head: bytes) -> bool:
    return _JSON.match(_text(head)) is not None


def _are_subtitles(head: bytes) -> bool:
    return _SUBTITLES.match(_text(head)) is not None


def _is_markdown(head: bytes) -> bool:
    if b"# " in head and len(_MARKDOWN_HEADING.findall(_text(head))) >= _LEAST_HEADINGS:
        return True
    return b"**" in head and len(_MARKDOWN_BOLD.findall(_text(head))) >= _LEAST_BOLD


def _is_bitmap(head: bytes) -> bool:
    return head[:2] == b"BM" and head[6:10] == bytes(4)


def _is_film(head: bytes) -> bool:
    return head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in (b"AVI ", b"WAVE", b"WEBP"))


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


WORD_PACKAGE = Signature(parts=("word/document.xml", "word/document2.xml"))
PDF = Signature(looks=_is_pdf)
ZIP = Signature(begins=(b"PK\x03\x04", b"PK\x05\x06"))
PARQUET = Signature(begins=(b"PAR1",))
JSON_LINES = Signature(looks=_is_json_lines, by_look=True)
JSON = Signature(looks=_is_json, by_look=True)
WEB_PAGE = Signature(looks=_is_web_page, by_look=True)
XML = Signature(looks=_is_xml, by_look=True)
WEB_ARCHIVE = Signature(looks=_is_web_archive, by_look=True)
SUBTITLES = Signature(looks=_are_subtitles, by_look=True)
MARKDOWN_TEXT = Signature(looks=_is_markdown, by_look=True)
OLD_WORD = Signature(streams=("worddocument",))
RTF = Signature(begins=(b"{\\rtf",))
OPEN_TEXT = Signature(mimetypes=("application/vnd.oasis.opendocument.text",))
OPEN_TABLE = Signature(mimetypes=("application/vnd.oasis.opendocument.spreadsheet",))
OPEN_SLIDES = Signature(mimetypes=("application/vnd.oasis.opendocument.presentation",))
OFD = Signature(parts=("ofd.xml",))
EXCEL = Signature(parts=("xl/workbook.xml", "xl/workbook.bin"))
OLD_EXCEL = Signature(streams=("workbook", "book"))
SLIDES = Signature(parts=("ppt/presentation.xml",))
OLD_SLIDES = Signature(streams=("powerpoint document",))
EPUB = Signature(mimetypes=("application/epub+zip",))
APPLE = Signature(parts=("index/document.iwa", "index.zip"))
LOCKED_OFFICE = Signature(streams=("encryptedpackage",))
CNKI = Signature(begins=(b"CAJ\0", b"KDH 2", b"HN\0"))
DJVU = Signature(begins=(b"AT&TFORM",))
GZIP_FILE = Signature(begins=(b"\x1f\x8b",))
OTHER_ARCHIVES = Signature(
    begins=(b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\0", b"BZh91AY&SY", b"\x28\xb5\x2f\xfd"), looks=_is_tar
)
PICTURE = Signature(
    begins=(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"), looks=_is_bitmap
)
SOUND_OR_FILM = Signature(begins=(b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3"), looks=_is_film)
