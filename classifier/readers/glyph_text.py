"""Glyphs that fonts give for characters: radicals, ligatures and compatibility forms back to what they stand for."""

import unicodedata

# U+2E80 to U+2EF3 have no compatibility forms but two: the character that each is drawn as, 16 a line;
# the first is no character, and the eleventh of the second line is not assigned.
_SUPPLEMENT = (
    "⺀厂乛乚乙亻冂几刀刂卜㔾小小兀尣"
    "尢尢巳幺彑彐忄㣺扌攵⺚旡日月歺母"
    "民氵氺灬爫爫丬牛犭王疋目示礻竹糹"
    "纟罓罒㓁网网羊羊羊耂肀聿肉臼艹艹"
    "艹虎衤覀西见角角讠贝足车辶辶辶阝"
    "钅長镸长门阜阝雨青韦页风飞食食飠"
    "饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜"
    "龙龜亀龟"
)
# Kangxi radicals, Latin ligatures and compatibility ideographs have a form by NFKC.
_FOLDED = (range(0x2F00, 0x2FD6), range(0xFB00, 0xFB07), range(0xF900, 0xFADA))
_TABLE = {code: unicodedata.normalize("NFKC", chr(code)) for codes in _FOLDED for code in codes}
_TABLE |= dict(enumerate(_SUPPLEMENT, start=0x2E80))
_TABLE |= dict.fromkeys((*range(9), *range(0xE, 0x20), 0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF), "")


def plain_glyphs(text: str) -> str:
    """Write characters for glyphs; what no text has is left out.

    >>> plain_glyphs("⾏⺠增⻓ \ufb01")
    '行民增长 fi'
    """
    return text.translate(_TABLE)
