"""A small writer of OFD files for tests, from the standard: pages of objects, templates and fonts."""

import io
import itertools
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

SPACE = "http://www.ofdspec.org/2016"
A4_MM = "0 0 210 297"
SIZE = 4.94  # millimetres, 14 points
LETTERS = 28  # in a line
LEADING = 9.9  # millimetres
TOP, BOTTOM = 40.0, 270.0
_IDS = itertools.count(1000)


def element(name: str, content: str = "", **attributes: object) -> str:
    given = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<ofd:{name}{given}>{content}</ofd:{name}>"


def text(
    x: float,
    y: float,
    letters: str,
    size: float = SIZE,
    delta: str | None = None,
    inner: str = "",
    **more: object,
) -> str:
    """A text object whose baseline begins at a place of the page; without offsets its letters touch each other."""
    offsets = {"DeltaX": f"g {len(letters) - 1} {size}" if delta is None else delta} if len(letters) > 1 else {}
    if not offsets.get("DeltaX", ""):
        offsets = {}
    code = element("TextCode", escape(letters), X=0, Y=size, **offsets)
    given: dict[str, object] = {"ID": next(_IDS), "Font": 1, "Size": size}
    given["Boundary"] = f"{x} {y - size} {max(len(letters), 1) * size} {1.2 * size}"
    return element("TextObject", inner + code, **(given | more))


def image(x: float, y: float, width: float, height: float, resource: int = 9) -> str:
    return element(
        "ImageObject", Boundary=f"{x} {y} {width} {height}", CTM=f"{width} 0 0 {height} 0 0", ResourceID=resource
    )


def path(data: str, **attributes: object) -> str:
    return element("PathObject", element("AbbreviatedData", data), Boundary=A4_MM, **attributes)


def page(*objects: str, before: str = "", area: str = "", **layer: object) -> str:
    """A page's XML; `before` is what stands before its content, such as templates."""
    box = element("Area", element("PhysicalBox", area)) if area else ""
    return element("Page", box + before + element("Content", element("Layer", "".join(objects), ID=2, **layer)))


def ofd(
    *pages: str,
    templates: Sequence[str] = (),
    fonts: str = '<ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/>',
    shared: str = "",
    document: str = "",
    files: Mapping[str, str | bytes] | None = None,
    more: Sequence[Sequence[str]] = (),
    space: str = SPACE,
) -> bytes:
    """A file of one document, or of several where `more` has the pages of others.

    shared: further resources. document: further XML of the document. files: further parts, or others in their place.
    """
    parts: dict[str, str | bytes] = {}
    bodies = ""
    for number, content in enumerate([pages, *more]):
        folder = f"Doc_{number}"
        bodies += element("DocBody", element("DocRoot", f"{folder}/Document.xml"))
        listed = ""
        for i, xml in enumerate(content):
            parts[f"{folder}/Pages/Page_{i}/Content.xml"] = xml
            listed += element("Page", ID=100 + i, BaseLoc=f"Pages/Page_{i}/Content.xml")
        common = element("PageArea", element("PhysicalBox", A4_MM)) + element("PublicRes", "PublicRes.xml")
        for i, xml in enumerate(templates):
            parts[f"{folder}/Tpls/Tpl_{i}/Content.xml"] = xml
            common += element("TemplatePage", ID=50 + i, BaseLoc=f"Tpls/Tpl_{i}/Content.xml")
        parts[f"{folder}/Document.xml"] = element(
            "Document", element("CommonData", common) + element("Pages", listed) + document
        )
        parts[f"{folder}/PublicRes.xml"] = element("Res", element("Fonts", fonts) + shared, BaseLoc="Res")
    parts["OFD.xml"] = element("OFD", bodies, Version="1.0", DocType="OFD")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in (parts | dict(files or {})).items():
            target.writestr(name, _declared(part, space) if isinstance(part, str) else part)
    return out.getvalue()


def _declared(xml: str, space: str) -> str:
    head, _, rest = xml.partition(">")
    slash = "/" if head.endswith("/") else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>{head.removesuffix("/")} xmlns:ofd="{space}"{slash}>{rest}'


def body(*paragraphs: str, top: float = TOP) -> tuple[list[str], float]:
    """Paragraphs as official documents have them, two letters in, as text objects; and where the next line stands."""
    found = []
    y = top
    for paragraph in paragraphs:
        letters = "\u3000\u3000" + paragraph
        for start in range(0, len(letters), LETTERS):
            line = letters[start : start + LETTERS]
            indent = len(line) - len(line.lstrip("\u3000"))
            found.append(text(35 + indent * SIZE, y, line[indent:]))
            y += LEADING
    return found, y


def flowed_ofd(paragraphs: Sequence[str], head: str = "云溪县文件汇编") -> bytes:
    """A report over as many pages as it needs, with a running head from a template and page numbers."""
    lines, _ = body(*paragraphs)
    each = int((BOTTOM - TOP) / LEADING)
    pages = []
    for number, start in enumerate(range(0, len(lines), each), 1):
        shown = [_at(line, TOP + i * LEADING) for i, line in enumerate(lines[start : start + each])]
        foot = text(100, 285, f"— {number} —", 3.5)
        pages.append(page(*shown, foot, before='<ofd:Template TemplateID="50" ZOrder="Background"/>'))
    return ofd(*pages, templates=[page(text(90, 15, head, 3.5))])


def _at(line: str, y: float) -> str:
    """The same text object with its first baseline at another height."""
    start = line.index('Boundary="') + len('Boundary="')
    end = line.index('"', start)
    x, _, width, height = line[start:end].split()
    return f"{line[:start]}{x} {y - SIZE} {width} {height}{line[end:]}"
