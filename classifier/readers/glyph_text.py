"""Glyphs that fonts give for characters: radicals, ligatures and compatibility forms back to what they stand for."""

import unicodedata

from classifier.radicals import RADICAL_FORMS

# Kangxi radicals, Latin ligatures and compatibility ideographs have a form by NFKC.
_FOLDED = (range(0x2F00, 0x2FD6), range(0xFB00, 0xFB07), range(0xF900, 0xFADA))
_TABLE = {code: unicodedata.normalize("NFKC", chr(code)) for codes in _FOLDED for code in codes}
_TABLE |= {ord(radical): form for radical, form in RADICAL_FORMS.items()}
_TABLE |= dict.fromkeys((*range(9), *range(0xE, 0x20), 0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF), "")


def plain_glyphs(text: str) -> str:
    """Write characters for glyphs; what no text has is left out.

    >>> plain_glyphs("⾏⺠增⻓ \ufb01")
    '行民增长 fi'
    """
    return text.translate(_TABLE)
