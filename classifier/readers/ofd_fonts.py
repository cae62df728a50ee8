"""Which characters the glyphs of fonts stand for, as fonts within OFD files say it themselves."""

from io import BytesIO

from classifier.readers.ofd_package import OfdDocument, OfdFile, OfdFont
from classifier.readers.packages import PACKAGE_DAMAGE

LARGEST_FONT = 64 << 20  # bytes; whole Chinese fonts have 20 MB
_PRIVATE_USE = range(0xE000, 0xF900)


class GlyphTables:
    """The tables of the fonts of one document, each read when the first glyph of it is asked for."""

    def __init__(self, file: OfdFile, document: OfdDocument) -> None:
        """Begin without any."""
        self.file, self.document = file, document
        self.tables: dict[str, dict[int, int]] = {}

    def code_of(self, font: str, glyph: int) -> int | None:
        """Return the character of a glyph, None where its font does not say."""
        if font not in self.tables:
            self.tables[font] = self._table(self.document.fonts.get(font))
        return self.tables[font].get(glyph)

    def _table(self, font: OfdFont | None) -> dict[int, int]:
        path = font.path if font is not None else None
        info = self.file.package.members.get(path or "")
        if path is None or info is None or info.file_size > LARGEST_FONT:
            return {}
        from fontTools.ttLib import TTFont, TTLibError

        try:
            with TTFont(BytesIO(self.file.package.read(path)), lazy=True, fontNumber=0) as opened:
                codes = opened.getBestCmap() or {}
                return {opened.getGlyphID(name): code for code, name in codes.items() if code not in _PRIVATE_USE}
        except (TTLibError, AssertionError, AttributeError, TypeError, *PACKAGE_DAMAGE):
            return {}  # a broken font: its letters are told as unknown
