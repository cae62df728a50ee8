"""Characters of symbol fonts, which Word keeps by their place in the font: Wingdings 0x81 is ①."""

_PRIVATE = 0xF000  # where symbol fonts have their characters in files

_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x75: "◆",
    0x76: "❖",
    0x80: "⓪",
    **{0x81 + i: chr(ord("①") + i) for i in range(10)},
    **{0x8C + i: chr(ord("❶") + i) for i in range(10)},
    0x9F: "•",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xE0: "→",
    0xE8: "➔",
    0xFB: "×",
    0xFC: "√",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x50: "√", 0x52: "☑", 0x54: "☒", 0xA3: "□", **{0x6A + i: chr(ord("①") + i) for i in range(10)}}
_SYMBOL = {
    **dict(zip(b"ABCDEFGHIKLMNOPQRSTUWXYZ", "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖ", strict=True)),
    **dict(zip(b"abcdefghiklmnopqrstuwxyz", "αβχδεφγηικλμνοπθρστυωξψζ", strict=True)),
    0xA3: "≤",
    0xA5: "∞",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xD6: "√",
    0xE5: "∑",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def has_symbols(font: str) -> bool:
    """Whether the characters of a font are known here."""
    return font.lower() in _FONTS


def symbol_character(font: str, code: str) -> str:
    """Return the character of a `w:sym`; "" where it is not known what it looks like.

    >>> symbol_character("Wingdings", "F081"), symbol_character("宋体", "2460"), symbol_character("Webdings", "F061")
    ('①', '①', '')
    """
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    table = _FONTS.get(font.lower())
    if table is not None and (at < 0x100 or _PRIVATE <= at < _PRIVATE + 0x100):
        return table.get(at & 0xFF, "")
    readable = 0x20 <= at < 0xD800 or 0xF900 <= at < 0xFFFE or 0x10000 <= at < 0xF0000
    return chr(at) if readable else ""
