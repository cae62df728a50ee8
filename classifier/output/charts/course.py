"""The course of areas through one report: where, from its first character to its last, each is spoken of."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from classifier.output.answer_language import ChartWords
from classifier.output.charts.drawing import LINES, blank
from classifier.records import CONTENT, Area, Kind, Prediction

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST_APART = 0.05  # of the width: headings nearer to each other would overlap
LONGEST_SHOWN = 12  # characters


def course_of_areas(predictions: Sequence[Prediction], areas: Sequence[Area], lang: str) -> "Figure":
    """Draw a row for each area, with a bar for each sentence that is evidence for it, and a line for each section.

    predictions: of all paragraphs of one document, in order.
    """
    words = ChartWords(lang)
    bars: dict[str, list[tuple[int, int]]] = {area.id: [] for area in areas}
    sections: list[tuple[int, str]] = []
    at = 0
    for paragraph, _, evidence, *_ in predictions:
        if paragraph.kind not in CONTENT:
            continue
        if paragraph.kind is Kind.HEADING and not paragraph.heading:
            sections.append((at, paragraph.text))
        for sentence, found in zip(paragraph.sentences, evidence, strict=True):
            length = sentence.end - sentence.start
            for score in found:
                if score.id in bars:
                    bars[score.id].append((at, length))
            at += length
    chart = blank(10.0, 0.3 * len(areas) + 1.8)
    axes = chart.subplots()
    for y, area in enumerate(reversed(areas)):
        axes.broken_barh(bars[area.id], (y - 0.4, 0.8), facecolor=area.color, linewidth=0)
    _mark_sections(axes, sections, at, len(areas) - 0.4)
    axes.set_yticks(range(len(areas)), [area.name(lang) for area in reversed(areas)])
    for label, area in zip(axes.get_yticklabels(), reversed(areas), strict=True):
        label.set_fontweight("bold" if area.core else "normal")
    axes.set_xlim(0, max(at, 1))
    axes.set_ylim(-0.6, len(areas) - 0.4)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.grid(axis="x", visible=False)
    axes.set_xlabel(words.characters)
    return chart


def _mark_sections(axes: "Axes", sections: Sequence[tuple[int, str]], length: int, top: float) -> None:
    """Draw a line where each section begins, with its heading above, unless another stands there."""
    free = 0.0
    for at, text in sections:
        axes.axvline(at, color=LINES, linewidth=0.6, linestyle=":")
        if at >= free:
            free = at + LEAST_APART * length
            shown = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
            axes.text(at, top + 0.1, shown, rotation=25, fontsize=7, ha="left", va="bottom")
