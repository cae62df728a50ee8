"""What stands on a page of a page format: its characters and ruled lines as arrays, before anything is read of them."""

from dataclasses import dataclass

from classifier.arrays import Floats, Ints

# What is known of a character, as bits of `PageCharacters.flags`.
BOLD = 1
LIGHT = 2  # pale or see-through, as watermarks are
UNMAPPED = 4  # its font does not say which character it is

BOLD_WEIGHT = 600  # of a font, from 100 to 900
HEAVY_NAMES = ("bold", "black", "heavy", "simhei", "stheiti", "fzhei", "fzxbs", "黑体", "小标宋")


@dataclass(frozen=True, slots=True)
class PageCharacters:
    """The visible characters of a page in the order of the file; lengths in points, y grows downward.

    number: of the page, from 1. width, height: of the page as its coordinates have it, not as a viewer turns it.
    codes: code points. boxes: left, top, right, bottom; as wide as the character's advance.
    origins: x and y of the start of its baseline. sizes: of its font. turns: degrees, clockwise, of its baseline.
    pieces: the number of the text operator that drew it. flags: the bits above.
    rules: ruled lines as left, top, right, bottom. image_share: how much of the page images cover, 0 to 1.
    hidden: how many characters were left out as they cannot be seen. is_recognized: the text is that of an OCR layer.
    recognized_lines: how many lines were recognized here, in a picture of the page.
    """

    number: int
    width: float
    height: float
    codes: Ints
    boxes: Floats
    origins: Floats
    sizes: Floats
    turns: Ints
    pieces: Ints
    flags: Ints
    rules: Floats
    image_share: float = 0.0
    hidden: int = 0
    is_recognized: bool = False
    recognized_lines: int = 0


def is_heavy_name(name: str) -> bool:
    """Whether a font is bold by its name, or one of the heavy faces that Chinese headings are set in.

    >>> is_heavy_name("方正小标宋简体"), is_heavy_name("仿宋_GB2312")
    (True, False)
    """
    plain = name.lower()
    return any(heavy in plain for heavy in HEAVY_NAMES)
