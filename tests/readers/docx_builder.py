"""Builds Word documents for tests, part by part, from short pieces of XML."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from classifier.readers.docx import read_docx
from classifier.readers.lines import DocumentLines, RawLine

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": RELATIONS,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "odd": "urn:some-later-extension",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def r(text: str, properties: str = "") -> str:
    """A run with text."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", *, num: tuple[int, int] | None = None, style: str = "", ppr: str = "", mark: str = "") -> str:
    """A paragraph: of runs, or of a text that becomes one run. num: list and level."""
    runs = content if content.startswith("<") or not content else r(content)
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        inner += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    inner += ppr + (f"<w:rPr>{mark}</w:rPr>" if mark else "")
    properties = f"<w:pPr>{inner}</w:pPr>" if inner else ""
    return f"<w:p>{properties}{runs}</w:p>"


def lvl(
    at: int, number_format: str = "decimal", text: str | None = None, start: int | None = 1, extra: str = ""
) -> str:
    """A level of a list. extra: its elements behind the format, in the order of the schema."""
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    shown = f"%{at + 1}." if text is None else text
    inner = f'{begin}<w:numFmt w:val="{number_format}"/>{extra}<w:lvlText w:val="{escape(shown)}"/>'
    return f'<w:lvl w:ilvl="{at}">{inner}</w:lvl>'


def abstract(id: int, *levels: str, extra: str = "") -> str:
    """An abstract list."""
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{id}">{kind}{extra}{"".join(levels)}</w:abstractNum>'


def num(id: int, of: int, overrides: str = "") -> str:
    """A list that shows an abstract one."""
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def override(at: int, start: int | None = None, level: str = "") -> str:
    """What a list changes of one level."""
    begin = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{at}">{begin}{level}</w:lvlOverride>'


def style(id: str, name: str = "", based_on: str = "", ppr: str = "", rpr: str = "", kind: str = "paragraph") -> str:
    """A style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    inner = f'<w:name w:val="{name or id}"/>{base}<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr>'
    return f'<w:style w:type="{kind}" w:styleId="{id}">{inner}</w:style>'


def num_pr(id: int | None, at: int | None = None) -> str:
    """The numbering of a style or a paragraph."""
    level = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    number = "" if id is None else f'<w:numId w:val="{id}"/>'
    return f"<w:numPr>{level}{number}</w:numPr>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table whose cells are given as text or as paragraphs."""
    return "<w:tbl>" + "".join(row(*cells) for cells in rows) + "</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    trpr = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{trpr}{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """A cell of a table."""
    tcpr = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{tcpr}{content if content.startswith('<') else p(content)}</w:tc>"


def field_runs(code: str, result: str) -> str:
    """A field with its code and its result, given as runs."""
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{middle}{result}{end}"


def text_box(content: str, fallback: str | None = None, requires: str = "wps") -> str:
    """A run with a text box as Word writes it: once for itself and once for older programs."""
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
    new = f"<w:drawing><wp:anchor><a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    inner = content if fallback is None else fallback
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{requires}">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


@dataclass
class Docx:
    """A Word document as its parts. notes: footnotes by id, as paragraphs."""

    body: str = ""
    numbering: str = ""
    styles: str = ""
    notes: Mapping[int, str] = field(default_factory=dict)
    endnotes: Mapping[int, str] = field(default_factory=dict)
    pages: int | None = None
    section: str = ""
    more: Mapping[str, str | bytes] = field(default_factory=dict)

    def parts(self) -> dict[str, str | bytes]:
        """The parts by their names."""
        made = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": _relations({k: f"{k}.xml" for k in self._kinds()}),
            "word/document.xml": root("document", f"<w:body>{self.body}{self.section}</w:body>"),
        }
        if self.numbering:
            made["word/numbering.xml"] = root("numbering", self.numbering)
        if self.styles:
            made["word/styles.xml"] = root("styles", self.styles)
        for kind, one, notes in (("footnotes", "footnote", self.notes), ("endnotes", "endnote", self.endnotes)):
            if notes:
                inner = "".join(f'<w:{one} w:id="{i}">{content}</w:{one}>' for i, content in notes.items())
                separator = f'<w:{one} w:type="separator" w:id="-1">{p("分隔")}</w:{one}>'
                made[f"word/{kind}.xml"] = root(kind, separator + inner)
        if self.pages is not None:
            space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
            made["docProps/app.xml"] = f'{HEAD}<Properties xmlns="{space}"><Pages>{self.pages}</Pages></Properties>'
        return {**made, **self.more}

    def _kinds(self) -> list[str]:
        has = {"styles": self.styles, "numbering": self.numbering, "footnotes": self.notes, "endnotes": self.endnotes}
        return [kind for kind, content in has.items() if content]

    def build(self) -> bytes:
        """The file."""
        return zipped(self.parts())


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def root(name: str, inner: str) -> str:
    """A part with its root element."""
    return f"{HEAD}<w:{name} {NAMESPACES}>{inner}</w:{name}>"


def _relations(targets: Mapping[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items())
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def _content_types() -> str:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{main}.{kind}+xml"/>'
        for name, kind in {
            "document": "document.main",
            "styles": "styles",
            "numbering": "numbering",
            "footnotes": "footnotes",
            "endnotes": "endnotes",
        }.items()
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{overrides}</Types>'


PROSE = "今年以来，全镇新修机耕道路二十公里，改造老旧泵站五座，群众出行和灌溉条件明显改善。"


def read(body: str, **parts: object) -> DocumentLines:
    return read_docx(Docx(body, **parts).build(), "a.docx")  # type: ignore[arg-type]


def texts(body: str, **parts: object) -> list[str]:
    return [line.text for line in read(body, **parts).lines]


def one(body: str, **parts: object) -> RawLine:
    (line,) = read(body, **parts).lines
    return line
