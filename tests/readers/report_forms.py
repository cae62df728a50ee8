"""One report in every form that people keep reports in: each maker takes its blocks and gives the bytes of a file.

A block is a paragraph as the plain text has it, or a table as its rows of cells.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from classifier.readers.libreoffice import convert
from tests.readers.docx_builder import Docx, abstract, lvl, num, p, r, table, text_box
from tests.readers.files import write_workbook
from tests.readers.ofd_maker import flowed_ofd
from tests.readers.office_files import libreoffice
from tests.readers.page_reports import NUMERALS
from tests.readers.pdf_builders import by_chromium, by_libreoffice, flowed
from tests.readers.web_pages import trs
from tests.readers.wrapped_text import INDENT, in_pages, wrapped_by_width

Rows = tuple[tuple[str, ...], ...]
Blocks = Sequence[str | Rows]
Maker = Callable[[Blocks], bytes]
_MARKS = (
    re.compile("[一二三四五六七八九十]{1,3}、"),
    re.compile("（[一二三四五六七八九十]{1,3}）"),
    re.compile(r"\d{1,2}\."),
)
_LEVELS = (
    lvl(0, "chineseCountingThousand", "%1、"),
    lvl(1, "chineseCountingThousand", "（%2）"),
    lvl(2, "decimal", "%3."),
)
_SHOWN = (lambda n: f"{chinese(n)}、", lambda n: f"（{chinese(n)}）", lambda n: f"{n}.")
_CENTRED, _INDENTED = '<w:jc w:val="center"/>', '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_HEAD = 3  # lines: the title, where it was given, and by whom


def county_report() -> list[str | Rows]:
    """The report of an invented county, which stands beside this file; lines with tabs are the rows of its table."""
    text = Path(__file__).with_name("county_report.txt").read_text(encoding="utf-8")
    found: list[str | Rows] = []
    for is_row, group in groupby(filter(None, text.split("\n")), lambda line: "\t" in line):
        together = list(group)
        found += [tuple(tuple(row.split("\t")) for row in together)] if is_row else together
    return found


def without_tables(blocks: Blocks) -> list[str]:
    """The paragraphs alone, for the forms whose makers set no tables."""
    return [block for block in blocks if isinstance(block, str)]


def chinese(number: int) -> str:
    """A number to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return (NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[ones - 1] if ones else "")


def lines(blocks: Blocks) -> Iterator[str]:
    """The report as plain text has it, line by line; the cells of a row with tabs between."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            yield from ("\t".join(row) for row in block)


def plain(blocks: Blocks) -> bytes:
    """Plain text, each paragraph a line."""
    return "\n".join(lines(blocks)).encode()


def _wrapped(blocks: Blocks, width: int) -> bytes:
    """Plain text broken at so many characters, with blanks before paragraphs and page numbers between."""
    found: list[str] = []
    for at, block in enumerate(blocks):
        if isinstance(block, str):
            head = at < _HEAD
            broken = wrapped_by_width(block, width, 0 if head else 2)
            found += [broken[0] if head else INDENT + broken[0], *broken[1:]]
        else:
            found += ["\t".join(row) for row in block]
    return "\n".join(in_pages(found, 22)).encode()


def _docx_paragraph(at: int, text: str, content: str | None = None, level: int | None = None) -> str:
    ppr = _CENTRED if at < _HEAD else _INDENTED
    return p(r(text) if content is None else content, num=None if level is None else (1, level), ppr=ppr)


def _docx(blocks: Blocks) -> bytes:
    """Word, its numbers typed."""
    parts = [_docx_paragraph(i, b) if isinstance(b, str) else table(b) for i, b in enumerate(blocks)]
    return Docx("".join(parts)).build()


def _numbered_docx(blocks: Blocks) -> bytes:
    """Word, the numbers of its headings automatic."""
    parts: list[str] = []
    reached = [0, 0, 0]
    for i, block in enumerate(blocks):
        if not isinstance(block, str):
            parts.append(table(block))
            continue
        level = _level(block)
        if level is not None:
            following = [*reached[:level], reached[level] + 1, *[0] * (2 - level)]
            if _MARKS[level].match(block)[0] == _SHOWN[level](following[level]):  # type: ignore[index]
                reached = following
                parts.append(_docx_paragraph(i, _MARKS[level].sub("", block, count=1), level=level))
                continue
        parts.append(_docx_paragraph(i, block))  # one that Word would count otherwise is typed
    return Docx("".join(parts), numbering=abstract(1, *_LEVELS) + num(1, 1)).build()


def _level(text: str) -> int | None:
    return next((at for at, mark in enumerate(_MARKS) if mark.match(text)), None)


def _revised_docx(blocks: Blocks) -> bytes:
    """Word with changes that nobody has accepted yet, its title in a text box, and so is one paragraph."""
    by = 'w:author="某" w:date="2024-01-02T00:00:00Z"'
    boxed = max(i for i, block in enumerate(blocks) if isinstance(block, str) and i < len(blocks) // 2)
    parts = []
    for i, block in enumerate(blocks):
        if not isinstance(block, str):
            parts.append(table(block))
        elif i in {0, boxed}:
            inner = _docx_paragraph(i, block)
            parts.append(p(text_box(inner, inner)))
        else:
            half = len(block) // 2
            old = "<w:r><w:delText>原来的说法</w:delText></w:r>"
            changed = (
                f'<w:del w:id="{2 * i}" {by}>{old}</w:del><w:ins w:id="{2 * i + 1}" {by}>{r(block[half:])}</w:ins>'
            )
            parts.append(_docx_paragraph(i, block, r(block[:half]) + changed if i % 3 == 0 else None))
    return Docx("".join(parts)).build()


def _office(blocks: Blocks, target: str) -> bytes:
    """What LibreOffice makes of the Word file."""
    return convert(_docx(blocks), ".docx", target, libreoffice())


def _headed_pdf(blocks: Blocks) -> bytes:
    """PDF by LibreOffice, with a running head and page numbers."""
    with TemporaryDirectory() as folder:
        return by_libreoffice([*lines(blocks)], Path(folder))


def _printed_page(blocks: Blocks, style: str) -> bytes:
    """PDF by Chromium."""
    with TemporaryDirectory() as folder:
        return by_chromium(_page(blocks, style), Path(folder))


def _page(blocks: Blocks, style: str) -> str:
    inner = ""
    for i, block in enumerate(blocks):
        if isinstance(block, str):
            inner += (
                f"<h1>{escape(block)}</h1>" if i == 0 else f"<p{' class=c' if i < _HEAD else ''}>{escape(block)}</p>"
            )
        else:
            inner += f"<table border=1>{_table_rows(block)}</table>"
    shared = "body { font-size: 16px; line-height: 1.8 } h1, .c { text-align: center; text-indent: 0 }"
    head = f"<meta charset=utf-8><style>p {{ text-indent: 2em; margin: 0 }} {shared} {style}</style>"
    return f"<!doctype html><html lang=zh><head>{head}</head><body>{inner}</body></html>"


def _table_rows(rows: Rows) -> str:
    return "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)


def _site_page(blocks: Blocks) -> bytes:
    """A page of a county's site in GB18030, its menus and buttons around the report."""
    title, *rest = blocks
    body = "".join(
        f"<p>　　{escape(b)}</p>" if isinstance(b, str) else f"<table>{_table_rows(b)}</table>" for b in rest
    )
    return trs(str(title), ["@@"]).replace("<P align=justify>&nbsp;&nbsp;&nbsp;&nbsp;@@</P>", body).encode("gb18030")


def _markdown(blocks: Blocks) -> bytes:
    """Markdown: signs for headings, a table with bars."""
    found: list[str] = []
    for i, block in enumerate(blocks):
        if not isinstance(block, str):
            first, *rest = ("| " + " | ".join(row) + " |" for row in block)
            found.append("\n".join([first, "|" + " --- |" * len(block[0]), *rest]))
        elif i == 0:
            found.append(f"# {block}")
        elif len(block) < 30 and (level := _level(block)) is not None:
            found.append(f"{'#' * (level + 2)} {block}")
        else:
            found.append(block)
    return "\n\n".join(found).encode()


def _workbook(blocks: Blocks, one_cell: bool) -> bytes:
    """A workbook: the whole report in one cell, or each line a row with the name of its document."""
    found = [*lines(blocks)]
    rows = [["县报告", "\n".join(found)]] if one_cell else [["县报告", line] for line in found]
    with TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "a.xlsx", {"Sheet1": [["document", "text"], *rows]})
        return path.read_bytes()


TWO_COLUMNS = (
    "body { column-count: 2; column-gap: 2em; font-size: 13px } h1 { column-span: all } .c { column-span: all }"
)
TEXT_FORMS: Mapping[str, Maker] = {
    "自动编号.docx": _numbered_docx,
    "修订和文本框.docx": _revised_docx,
    "旧版.doc": partial(_office, target="doc"),
    "开放文档.odt": partial(_office, target="odt"),
    "富文本.rtf": partial(_office, target="rtf"),
    "办公软件导出.pdf": partial(_office, target="pdf"),
    "带页眉.pdf": _headed_pdf,
    "浏览器打印.pdf": partial(_printed_page, style=""),
    "浏览器双栏.pdf": partial(_printed_page, style=TWO_COLUMNS),
    "双栏.pdf": lambda blocks: flowed([*lines(blocks)], columns=2),
    "版式.ofd": lambda blocks: flowed_ofd([*lines(blocks)]),
    "网页.html": _site_page,
    "标记.md": _markdown,
    "折行28.txt": partial(_wrapped, width=28),
    "折行38.txt": partial(_wrapped, width=38),
    "折行45.txt": partial(_wrapped, width=45),
}
WITHOUT_TABLES = frozenset({"带页眉.pdf", "双栏.pdf", "版式.ofd"})
PROGRAM_FORMS = frozenset(name for name in TEXT_FORMS if name.endswith((".doc", ".odt", ".rtf", ".pdf")))  # slow
TABLE_FORMS: Mapping[str, Maker] = {
    "一行一段.xlsx": partial(_workbook, one_cell=False),
    "一格一篇.xlsx": partial(_workbook, one_cell=True),
}


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()
