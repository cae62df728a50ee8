"""PDF files for tests: by LibreOffice, by Chromium, and by reportlab with its own Chinese font."""

import io
import shutil
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph  # type: ignore[import-untyped]

from classifier.readers.lines import DocumentLines, Place

FONT = "STSong-Light"
A4 = (595.0, 842.0)
Draw = Callable[[Any], object]
LONG = (
    "今年以来，全县上下坚持稳中求进工作总基调，统筹发展和安全，经济社会保持平稳健康发展，"
    "主要指标好于预期，群众生活持续改善。"
)
OTHER = "新建改建农村公路一百二十公里，完成老旧小区改造十六个，新增停车泊位两千个，城乡面貌焕然一新。"
VARIED = [
    f"{name}{LONG}" for name in ("工业方面，", "农业方面，", "商贸方面，", "文旅方面，", "教育方面，", "卫生方面，")
]


def texts(document: DocumentLines, place: Place = Place.BODY) -> list[str]:
    return [line.text for line in document.lines if line.place is place]


def scan(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)


def drawn(*pages: Draw, size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF whose pages the functions draw on a canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, **options)
    for draw in pages:
        canvas.setFont(FONT, 14)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write(canvas: Any, x: float, y: float, text: str, size: float = 14) -> None:
    """Draw a text at a place, y upward."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)


def body(canvas: Any, *paragraphs: str, top: float = 740, size: float = 14, per_line: int = 28) -> float:
    """Draw paragraphs as official documents have them: two letters in, so many letters a line; return the next y."""
    y = top
    for paragraph in paragraphs:
        text = "\u3000\u3000" + paragraph
        for start in range(0, len(text), per_line):
            line = text[start : start + per_line]
            indent = 2 * size if start == 0 else 0
            write(canvas, 100 + indent, y, line.strip("\u3000"), size)
            y -= 2 * size
    return y


def flowed(paragraphs: list[str], columns: int = 1, size: float = 12, furniture: Draw | None = None) -> bytes:
    """A report with a title across all columns, set by reportlab with first lines indented."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    width, gap = 440.0, 24.0
    each = (width - gap * (columns - 1)) / columns
    title_room = 70
    no_padding = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}

    def frames(height: float) -> list[Any]:
        return [Frame(78 + i * (each + gap), 80, each, height, **no_padding) for i in range(columns)]

    def on_page(canvas: Any, document: Any) -> None:
        if furniture is not None:
            canvas.saveState()
            furniture(canvas)
            canvas.restoreState()

    document = BaseDocTemplate(out, pagesize=A4)
    first = [Frame(78, 842 - 80 - title_room, width, title_room, **no_padding), *frames(842 - 160 - title_room)]
    document.addPageTemplates(
        [
            PageTemplate("first", first, onPage=on_page, autoNextPageTemplate="later"),
            PageTemplate("later", frames(842 - 160), onPage=on_page),
        ]
    )
    shared = {"fontName": FONT, "wordWrap": "CJK"}
    title = ParagraphStyle("title", fontSize=20, leading=30, alignment=TA_CENTER, spaceAfter=40, **shared)
    text = ParagraphStyle("text", fontSize=size, leading=1.6 * size, firstLineIndent=2 * size, **shared)
    text.alignment = TA_JUSTIFY
    document.build([Paragraph(escape(p), title if i == 0 else text) for i, p in enumerate(paragraphs)])
    return out.getvalue()


def by_libreoffice(paragraphs: list[str], folder: Path) -> bytes:
    """A PDF of an .fodt with a running head and page numbers; the test is skipped where LibreOffice is missing."""
    program = shutil.which("soffice") or pytest.skip("LibreOffice is not installed")
    source = folder / "report.fodt"
    source.write_text(flat_opendocument(paragraphs), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return source.with_suffix(".pdf").read_bytes()


def by_chromium(html: str, folder: Path) -> bytes:
    """A PDF of a page by Chromium; the test is skipped where it is missing."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or pytest.skip("Chromium is not installed")
    source, target = folder / "report.html", folder / "chromium.pdf"
    source.write_text(html, encoding="utf-8")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chromium'}"]
    command += [f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return target.read_bytes()


def web_page(paragraphs: list[str], style: str = "p { text-indent: 2em; margin: 0 }") -> str:
    """The report as a page of HTML."""
    rest = "".join(f"<p>{escape(p)}</p>" for p in paragraphs[1:])
    head = f"<meta charset=utf-8><style>body {{ font-size: 16px; line-height: 1.8 }} {style}</style>"
    return f"<!doctype html><html lang=zh><head>{head}</head><body><h1>{escape(paragraphs[0])}</h1>{rest}</body></html>"


def flat_opendocument(paragraphs: list[str]) -> str:
    styles = """
  <style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="center"
    fo:margin-bottom="0.5cm"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"
    fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
  <style:style style:name="P" style:family="paragraph"><style:paragraph-properties fo:text-indent="1.13cm"
    fo:text-align="justify" fo:line-height="28pt" style:punctuation-wrap="simple"/>
    <style:text-properties fo:font-size="16pt"
    style:font-size-asian="16pt"/></style:style>
  <style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
    <style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"/></style:style>
  <style:style style:name="F" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
  </style:style>
  <style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
    fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm"/>
    <style:header-style/><style:footer-style/></style:page-layout>"""
    master = """<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
  <style:header><text:p text:style-name="F">云溪县政府文件汇编</text:p></style:header>
  <style:footer><text:p text:style-name="F">— <text:page-number text:select-page="current">1</text:page-number>
  —</text:p></style:footer></style:master-page></office:master-styles>"""
    names = ["T", "C", "C", *["P"] * len(paragraphs)]
    rows = "".join(
        f'<text:p text:style-name="{name}">{escape(p)}</text:p>' for name, p in zip(names, paragraphs, strict=False)
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for name, urn in (
            ("office", "office"),
            ("style", "style"),
            ("text", "text"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>{styles}'
        f"</office:automatic-styles>{master}<office:body><office:text>{rows}</office:text></office:body>"
        "</office:document>"
    )
