"""What the objects of an OFD page draw: characters, images, filled grounds and ruled lines, in points."""

import math
import re
from dataclasses import dataclass, field

import numpy as np
from lxml import etree

from classifier.arrays import Floats
from classifier.readers.limits import MOST_PAGE_CHARACTERS
from classifier.readers.ofd_colors import Look, fill_of
from classifier.readers.ofd_fonts import GlyphTables
from classifier.readers.ofd_package import OfdDocument
from classifier.readers.ofd_text import placed_characters, text_length
from classifier.readers.ofd_xml import (
    attribute,
    box_of,
    child_at,
    is_off,
    is_set,
    local_name,
    matrix_of,
    number,
    text_at,
)
from classifier.readers.page_characters import BOLD_WEIGHT, is_heavy_name
from classifier.readers.page_geometry import (
    DARK,
    MOST_GROUNDS,
    PageBox,
    PageMatrix,
    box_around,
    is_rule,
    moved,
    moved_box,
    times,
)
from classifier.readers.page_visibility import DrawnCharacters, TooManyCharactersError

MOST_PAGE_OBJECTS = 300_000  # drawn by one page, with those of the units that it draws
DEEPEST_UNIT = 8  # units within units that are looked into
MOST_STEPS = 2_000  # of one path: a drawing has more
MOST_PAGE_STEPS = 200_000  # of the paths of a page that are looked at: a map has more
ASCENT, DESCENT = 0.88, 0.12  # of the size: a letter's box above and below its baseline
_STEP = re.compile(r"([MSLQBAC])|(-?[0-9.]+(?:[eE]-?\d+)?)")
_GROUPS = ("Layer", "PageBlock", "Content")
_UPRIGHT_READING = (90, 270)  # degrees: text that is written downward


@dataclass(slots=True)
class OfdDrawing:
    """Gathers what the objects of a page draw. images: with the ids of what they show.

    hidden: characters of layers and objects that are switched off.
    """

    document: OfdDocument
    glyphs: GlyphTables
    rows: list[tuple[int, float, float, float, int]] = field(default_factory=list)  # code, x, y, advance, piece
    pieces: list[tuple[float, ...]] = field(default_factory=list)
    images: list[tuple[str, PageBox]] = field(default_factory=list)
    grounds: list[PageBox] = field(default_factory=list)
    rules: list[PageBox] = field(default_factory=list)
    hidden: int = 0
    drawn: int = 0
    steps: int = 0

    def group(self, element: etree._Element, matrix: PageMatrix, look: Look, depth: int = 0) -> None:
        """Draw the objects of a layer or block. matrix: from their coordinates to points of the page."""
        for item in element:
            kind = local_name(item)
            self.drawn += 1
            if self.drawn > MOST_PAGE_OBJECTS:
                raise TooManyCharactersError
            if is_off(item, "Visible"):
                self.hidden += text_length(item)
            elif kind in _GROUPS:
                if depth < DEEPEST_UNIT:
                    self.group(item, matrix, look.below(item, self.document.draw_params), depth + 1)
            elif kind in ("TextObject", "PathObject", "ImageObject", "CompositeObject"):
                self._object(kind, item, matrix, look.below(item, self.document.draw_params), depth)

    def _object(self, kind: str, item: etree._Element, outer: PageMatrix, look: Look, depth: int) -> None:
        boundary = box_of(attribute(item, "Boundary")) or (0.0, 0.0, 0.0, 0.0)
        matrix = times(times(matrix_of(attribute(item, "CTM")), (1, 0, 0, 1, boundary[0], boundary[1])), outer)
        if kind == "TextObject":
            self._text(item, matrix, look)
        elif kind == "PathObject":
            self._path(item, matrix, look)
        elif kind == "ImageObject":
            self.images.append((attribute(item, "ResourceID") or "", moved_box(boundary, outer)))
        elif depth < DEEPEST_UNIT:
            unit = self.document.units.get(attribute(item, "ResourceID") or "")
            content = child_at(unit, "Content")
            if content is not None:
                self.group(content, matrix, look, depth + 1)

    def _text(self, item: etree._Element, matrix: PageMatrix, look: Look) -> None:
        size, h_scale = number(attribute(item, "Size")), number(attribute(item, "HScale"), 1.0)
        identity = attribute(item, "Font") or ""
        font = self.document.fonts.get(identity)
        bold = number(attribute(item, "Weight")) >= BOLD_WEIGHT
        bold |= font is not None and (font.is_bold or is_heavy_name(font.names))
        clear = is_off(item, "Fill") and not is_set(item, "Stroke")
        brightness, opacity = fill_of(item, look)
        found = list(placed_characters(item, size, h_scale, lambda glyph: self.glyphs.code_of(identity, glyph)))
        if len(self.rows) + len(found) > MOST_PAGE_CHARACTERS:
            raise TooManyCharactersError
        first, last = (found[0], found[-1]) if found else (None, None)
        downward = number(attribute(item, "ReadDirection")) in _UPRIGHT_READING
        if first is not None and last is not None and (first.x, first.y) != (last.x, last.y):
            downward = abs(last.y - first.y) > abs(last.x - first.x)
        piece = len(self.pieces)
        self.pieces.append((*matrix, size, brightness, opacity, bold, clear, downward))
        self.rows += [(c.code, c.x, c.y, size if downward else c.advance, piece) for c in found]

    def _path(self, item: etree._Element, matrix: PageMatrix, look: Look) -> None:
        stroked, filled = not is_off(item, "Stroke"), is_set(item, "Fill")
        lines = path_lines(text_at(item, "AbbreviatedData")) if self.steps < MOST_PAGE_STEPS else []
        self.steps += len(lines)
        if not lines or not (stroked or filled):
            return
        moved_lines = [(moved(*start, matrix), moved(*end, matrix)) for start, end in lines]
        box = box_around([point for line in moved_lines for point in line])
        if is_rule(box):
            self.rules.append(box)
        elif stroked:
            self.rules += filter(is_rule, (box_around([start, end]) for start, end in moved_lines))
        if filled and len(self.grounds) < MOST_GROUNDS:
            brightness, opacity = fill_of(item, look)
            if brightness <= DARK and opacity > 0.5:
                self.grounds.append(box)

    def characters(self) -> DrawnCharacters:
        """Return all characters in points of the page."""
        rows = np.array(self.rows, dtype=np.float64).reshape(-1, 5)
        piece_of = rows[:, 4].astype(np.int64)
        columns = np.array(self.pieces, dtype=np.float64).reshape(-1, 12)[piece_of].T
        a, b, c, d, e, f, size, brightness, opacity, bold, clear, downward = columns
        x, y, advance = rows[:, 1], rows[:, 2], rows[:, 3]
        corners = [
            (a * u + c * v + e, b * u + d * v + f)
            for u in (x, x + advance)
            for v in (y - ASCENT * size, y + DESCENT * size)
        ]
        across, down = np.stack([u for u, _ in corners]), np.stack([v for _, v in corners])
        # Where text is written downward, its baseline is the left edge of the letters.
        foot = np.where(downward > 0, y - ASCENT * size, y)
        return DrawnCharacters(
            codes=rows[:, 0].astype(np.int64),
            boxes=np.stack([across.min(0), down.min(0), across.max(0), down.max(0)], axis=1),
            origins=np.stack([a * x + c * foot + e, b * x + d * foot + f], axis=1),
            sizes=size * np.hypot(c, d),
            turns=np.degrees(np.arctan2(b, a)) + 90 * downward,
            pieces=piece_of,
            brightness=brightness,
            opacity=opacity,
            bold=bold > 0,
            invisible=clear > 0,
            unmapped=np.zeros(len(rows), dtype=np.bool_),
        )

    def rule_array(self, most: int) -> Floats:
        """Return the ruled lines as left, top, right, bottom; none where there are more than any table has."""
        return np.array(self.rules if len(self.rules) <= most else [], dtype=np.float64).reshape(-1, 4)


def path_lines(data: str) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return the pieces of a path, each with its start and end, curves as if they were straight.

    >>> path_lines("M 0 0 L 5 0 C")
    [((0.0, 0.0), (5.0, 0.0)), ((5.0, 0.0), (0.0, 0.0))]
    """
    found = []
    first = last = (0.0, 0.0)
    for operator, values in _steps(data):
        if operator == "C":
            found.append((last, first))
            last = first
            continue
        if len(values) < 2:
            continue
        point = (values[-2], values[-1])
        if operator in "MS":
            first = point
        else:
            found.append((last, point))
        last = point
    return found


def _steps(data: str) -> list[tuple[str, list[float]]]:
    steps: list[tuple[str, list[float]]] = []
    for match in _STEP.finditer(data):
        if match[1]:
            if len(steps) >= MOST_STEPS:
                return []
            steps.append((match[1], []))
        elif steps and len(steps[-1][1]) < 8:
            value = number(match[2], math.nan)
            if math.isfinite(value):
                steps[-1][1].append(value)
    return steps
