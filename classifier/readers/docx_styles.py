"""Word's styles: what a paragraph's style and its own properties together say of it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from classifier.readers.docx_numbering import NumberedList
from classifier.readers.docx_xml import WORD_VAL, element_at, in_points, is_on, val_at, whole_number, word_name

OUTLINE_LEVELS = 9  # of headings; Word's level of what is no heading is the one behind the last
LONGEST_STYLE_CHAIN = 20  # styles that are based on each other
USUAL_FONT_SIZE = 10.5  # points, where a file says none

_PPR, _RPR, _NUM_PR, _IND, _JC = (word_name(f"w:{n}") for n in ("pPr", "rPr", "numPr", "ind", "jc"))
_BOLD, _VANISH, _SIZE, _OUTLINE = (word_name(f"w:{n}") for n in ("b", "vanish", "sz", "outlineLvl"))
_NUM_ID, _ILVL, _PSTYLE, _RSTYLE = (word_name(f"w:{n}") for n in ("numId", "ilvl", "pStyle", "rStyle"))
_STYLE_ID, _TYPE, _DEFAULT = (word_name(f"w:{n}") for n in ("styleId", "type", "default"))

_HEADING = re.compile(r"(?:heading|标题|標題) ?([1-9])")
_TITLES = {"title", "标题", "標題"}
_CONTENTS = re.compile(r"(?:^toc|目录|目錄) ?[1-9]$")
_PLAIN_NUMBER = re.compile(r"[\d.]+")
_CAPTIONS = {"caption", "题注", "題注"}
_INDENTS = {
    word_name(f"w:{name}"): key
    for key, names in {
        "left": ("start", "left"),
        "left_chars": ("startChars", "leftChars"),
        "first": ("firstLine",),
        "first_chars": ("firstLineChars",),
        "hanging": ("hanging",),
        "hanging_chars": ("hangingChars",),
    }.items()
    for name in names
}
_OPPOSITE = {"first": "hanging", "hanging": "first", "first_chars": "hanging_chars", "hanging_chars": "first_chars"}


class CharacterLook(NamedTuple):
    """How characters look: bold, hidden, and their size in points where that is said."""

    bold: bool = False
    hidden: bool = False
    size: float | None = None


class ParagraphLook(NamedTuple):
    """What a paragraph's style and its own properties say of it.

    level: as in RawLine. indent: see `first_line_indent`. numbering: its list's id and its level there.
    contents, caption: whether its style is that of a table of contents or of a caption.
    """

    level: int | None = None
    centered: bool = False
    indent: Mapping[str, float] = {}
    numbering: tuple[str, int] | None = None
    contents: bool = False
    caption: bool = False
    characters: CharacterLook = CharacterLook()


def first_line_indent(indent: Mapping[str, float], size: float | None) -> float:
    """Return where the first line of a paragraph begins, in characters; those win over measures in points."""
    size = size or USUAL_FONT_SIZE
    left = indent.get("left_chars") or indent.get("left", 0.0) / size
    shift = indent.get("first_chars") or -indent.get("hanging_chars", 0.0)
    shift = shift or (indent.get("first", 0.0) - indent.get("hanging", 0.0)) / size
    return round(left + shift, 2)


class _Style(NamedTuple):
    id: str
    name: str
    based_on: str | None
    ppr: etree._Element | None
    rpr: etree._Element | None


class WordStyles:
    """The styles of a document, each with what it is based on; `lists` are those of its numbering part."""

    def __init__(self, root: etree._Element | None, lists: Mapping[str, NumberedList]) -> None:
        """Read the styles part; without one, styles are known by their ids alone."""
        self.lists = lists
        self.styles: dict[str, _Style] = {}
        self.default: str | None = None
        self._looks: dict[str | None, ParagraphLook] = {}
        self._characters: dict[str, CharacterLook] = {}
        for element in root.iterfind(word_name("w:style")) if root is not None else ():
            style = _style(element)
            self.styles[style.id] = style
            is_default = (element.get(_DEFAULT) or "0") in ("1", "true", "on")
            if is_default and element.get(_TYPE) == "paragraph":
                self.default = style.id
        defaults = element_at(root, word_name("w:docDefaults"))
        self.default_ppr = element_at(defaults, word_name("w:pPrDefault"), _PPR)
        self.default_characters = _characters(element_at(defaults, word_name("w:rPrDefault"), _RPR), CharacterLook())

    def paragraph(self, ppr: etree._Element | None) -> ParagraphLook:
        """Return what is said of a paragraph with these properties."""
        style = val_at(ppr, _PSTYLE) or self.default
        look = self._looks.get(style)
        if look is None:
            look = self._looks[style] = self._look_of_style(style)
        return look if ppr is None else self._with_own(look, ppr, style)

    def run(self, rpr: etree._Element, base: CharacterLook) -> CharacterLook:
        """Return how characters with these properties look in a paragraph whose style has the look `base`."""
        name = val_at(rpr, _RSTYLE)
        if name is not None:
            style = self._characters.get(name)
            if style is None:
                style = CharacterLook()
                for one in reversed(self._chain(name)):
                    style = _characters(one.rpr, style)
                self._characters[name] = style
            # Bold in the paragraph's style and in the characters' style takes each other back.
            base = CharacterLook(base.bold != style.bold, base.hidden != style.hidden, style.size or base.size)
        return _characters(rpr, base)

    def _chain(self, id: str | None) -> list[_Style]:
        """Return a style and what it is based on, one after the other."""
        found: list[_Style] = []
        while id is not None and len(found) < LONGEST_STYLE_CHAIN:
            style = self.styles.get(id)
            if style is None or style in found:
                # A style that the file does not have is known by its id alone, as Heading1 is.
                return found or [_Style(id, id.lower(), None, None, None)]
            found.append(style)
            id = style.based_on
        return found

    def _look_of_style(self, id: str | None) -> ParagraphLook:
        chain = self._chain(id)
        characters = self.default_characters
        indent: dict[str, float] = {}
        _indent(element_at(self.default_ppr, _IND), indent)
        centered = val_at(self.default_ppr, _JC) == "center"
        numbering = self._numbering_of_style(chain)
        for style in reversed(chain):
            characters = _characters(style.rpr, characters)
            if numbering and val_at(style.ppr, _NUM_PR, _NUM_ID) == numbering[0]:
                self._indent_of_number(numbering, indent)
            _indent(element_at(style.ppr, _IND), indent)
            if (jc := val_at(style.ppr, _JC)) is not None:
                centered = jc == "center"
        return ParagraphLook(
            _level(chain),
            centered,
            indent,
            numbering,
            any(_CONTENTS.search(style.name) for style in chain),
            any(style.name in _CAPTIONS for style in chain),
            characters,
        )

    def _with_own(self, look: ParagraphLook, ppr: etree._Element, style: str | None) -> ParagraphLook:
        """Return the look of a style with what a paragraph says itself."""
        level, centered, indent, numbering = look.level, look.centered, look.indent, look.numbering
        if (outline := whole_number(val_at(ppr, _OUTLINE))) is not None:
            level = outline + 1 if 0 <= outline < OUTLINE_LEVELS else None
        if (jc := val_at(ppr, _JC)) is not None:
            centered = jc == "center"
        num_pr, ind = ppr.find(_NUM_PR), ppr.find(_IND)
        if num_pr is not None or ind is not None:
            own = dict(indent)
            if num_pr is not None:
                numbering = self._own_numbering(num_pr, numbering, style)
                if numbering is not None:
                    self._indent_of_number(numbering, own)
            _indent(ind, own)
            indent = own
        return look._replace(level=level, centered=centered, indent=indent, numbering=numbering)

    def _numbering_of_style(self, chain: list[_Style]) -> tuple[str, int] | None:
        """Return list and level that a style gives; the level is the one that names the style, if any does."""
        numbers = [(val_at(s.ppr, _NUM_PR, _NUM_ID), whole_number(val_at(s.ppr, _NUM_PR, _ILVL))) for s in chain]
        owner = next((i for i, (id, _) in enumerate(numbers) if id is not None), None)
        id = None if owner is None else numbers[owner][0]
        if owner is None or id is None or id not in self.lists:
            return None
        named = (self.lists[id].level_of_style(style.id) for style in chain[: owner + 1])
        said = (at for _, at in numbers if at is not None)
        return id, next((at for at in named if at is not None), next(said, 0))

    def _own_numbering(
        self, num_pr: etree._Element, of_style: tuple[str, int] | None, style: str | None
    ) -> tuple[str, int] | None:
        id, at = val_at(num_pr, _NUM_ID), whole_number(val_at(num_pr, _ILVL))
        if id is None:
            return of_style if of_style is None or at is None else (of_style[0], at)
        if id not in self.lists:  # 0 is in none and takes the number away
            return None
        if at is None:
            at = self.lists[id].level_of_style(style or "") or 0
        return id, at

    def _indent_of_number(self, numbering: tuple[str, int], indent: dict[str, float]) -> None:
        level = self.lists[numbering[0]].levels.get(numbering[1])
        if level is not None:
            _indent(level.indent, indent)


def _style(element: etree._Element) -> _Style:
    name = (val_at(element, word_name("w:name")) or "").strip().lower()
    id = element.get(_STYLE_ID) or ""
    return _Style(id, name, val_at(element, word_name("w:basedOn")), element.find(_PPR), element.find(_RPR))


def _level(chain: list[_Style]) -> int | None:
    """Return the level of a heading style: the nearest that says one, by its outline level or its name."""
    for style in chain:
        if style.name in _TITLES:  # which has an outline level in Chinese Word, and is above all headings
            return 0
        outline = whole_number(val_at(style.ppr, _OUTLINE))
        if outline is not None:
            return outline + 1 if 0 <= outline < OUTLINE_LEVELS else None
        if match := _HEADING.fullmatch(style.name):
            return int(match[1])
    return None


def _characters(rpr: etree._Element | None, base: CharacterLook) -> CharacterLook:
    """Return a look with what properties of characters say themselves."""
    if rpr is None:
        return base
    bold, hidden, size = base
    for one in rpr:
        tag = one.tag
        if tag == _SIZE:
            half = in_points(one.get(WORD_VAL))  # in half points, or with a unit
            size = size if half is None else half * 10 if _PLAIN_NUMBER.fullmatch(one.get(WORD_VAL) or "") else half
        elif tag == _BOLD:
            bold = bool(is_on(rpr, _BOLD))
        elif tag == _VANISH:
            hidden = bool(is_on(rpr, _VANISH))
    return CharacterLook(bold, hidden, round(size, 2) if size else None)


def _indent(ind: etree._Element | None, into: dict[str, float]) -> None:
    """Put the measures of a `w:ind` into a dictionary: characters, and points under the others' names."""
    if ind is None:
        return
    for name, text in ind.items():
        key = _INDENTS.get(str(name))
        if key is None:
            continue
        number = whole_number(str(text)) if key.endswith("_chars") else in_points(str(text))
        if number is not None:
            into[key] = number / 100 if key.endswith("_chars") else number
            into.pop(_OPPOSITE.get(key, ""), None)
