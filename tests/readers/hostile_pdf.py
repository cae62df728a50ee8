"""PDF files that are made to hang or to fill the memory, object by object."""

import zlib
from collections.abc import Sequence

Stream = tuple[str, bytes]


def pdf_of(objects: Sequence[str | Stream]) -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, item in enumerate(objects, start=1):
        places.append(len(out))
        if isinstance(item, str):
            content = item.encode()
        else:
            content = f"<<{item[0]}/Length {len(item[1])}>>stream\n".encode() + item[1] + b"\nendstream"
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF".encode()
    return bytes(out)


def one_page(content: Stream, resources: str = "", more: Sequence[str | Stream] = ()) -> bytes:
    """A PDF with one page of this content; `more` are objects from number 5 on."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>>"
    return pdf_of(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content, *more],
    )


def nested_forms(depth: int, times: int) -> bytes:
    """Forms that each draw the next one so many times."""
    forms: list[str | Stream] = []
    for level in range(depth):
        inner = f"/Resources<</XObject<</F {6 + level} 0 R>>>>" if level < depth - 1 else ""
        content = b"/F Do " * times if level < depth - 1 else b"BT /A 9 Tf (a) Tj ET"
        forms.append((f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]{inner}", content))
    return one_page(("", b"/F Do " * times), "/XObject<</F 5 0 R>>", forms)


def flate_bomb(size: int, times: int = 1) -> bytes:
    """A page whose content is so many bytes of text operators when it is unpacked."""
    unit = b"(a)Tj\n" * 10_000
    packer = zlib.compressobj(9)
    packed = (
        packer.compress(b"BT /A 9 Tf 9 TL\n")
        + b"".join(packer.compress(unit) for _ in range(size // len(unit)))
        + packer.flush()
    )
    filters = "/FlateDecode" * times
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    font = "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return one_page((f"/Filter[{filters}]", packed), font)
