"""Files of old office programs for tests: RTF and OpenDocument by hand, and what LibreOffice makes of them."""

from collections.abc import Sequence
from functools import cache
from html import escape

import pytest

from classifier.readers.libreoffice import convert, find_libreoffice
from tests.readers.docx_builder import zipped

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def libreoffice() -> str:
    return find_libreoffice() or pytest.skip("LibreOffice is not installed")


def rtf(paragraphs: Sequence[str]) -> bytes:
    """RTF as Word writes it: characters by their numbers, with a question mark for old readers."""
    body = "".join(rf"\pard\plain {_escaped(text)}\par " for text in paragraphs)
    return rf"{{\rtf1\ansi\ansicpg936\deff0{{\fonttbl{{\f0 SimSun;}}}}{body}}}".encode("ascii")


def _escaped(text: str) -> str:
    return "".join(rf"\u{ord(c) - 65536 if ord(c) > 32767 else ord(c)}?" if ord(c) > 127 else c for c in text)


def odt(body: str, styles: str = "", manifest: str = "", **parts: str) -> bytes:
    """OpenDocument with this body, such as `<text:p>…</text:p>`."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}">{}</manifest:file-entry>'
    listed = entry.format("/", ODT_TYPE, "") + entry.format("content.xml", "text/xml", manifest)
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest_xml = f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.2">{listed}</manifest:manifest>'
    return zipped({"mimetype": ODT_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest_xml, **parts})


def odt_paragraphs(paragraphs: Sequence[str]) -> bytes:
    return odt("".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs))


@cache
def made_by_libreoffice(paragraphs: tuple[str, ...], target: str) -> bytes:
    """A file of a format that LibreOffice writes, such as `doc`; the test is skipped where it is missing."""
    return convert(rtf(paragraphs), ".rtf", target, libreoffice())
