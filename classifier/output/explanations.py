"""Explanations of a paragraph: for people, with the words marked in the text, or as JSON."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TextIO

from classifier.output.answer_language import ExplanationWords
from classifier.output.options import OutputOptions
from classifier.output.terminal import CONTROLS, show_lines, width
from classifier.output.wrapping import wrapped
from classifier.records import Area, Contribution, ContributionKind, Explanation, Paragraph

MOST_SHOWN, FEW_SHOWN = 8, 3  # of what speaks for an area, and of what speaks against it
UNLIKELY = 0.05  # an area below it gets few
LEAST = 0.005  # a value below it would be shown as 0.00
INDENT = "  "


def explanations_json(explanations: Sequence[Explanation]) -> str:
    """Return a JSON array with one object for each area, each on a line of its own."""
    rows = (json.dumps(e.to_dict(), ensure_ascii=False) for e in explanations)
    return "[\n" + ",\n".join(rows) + "\n]\n"


def print_explanations(
    paragraph: Paragraph, explanations: Sequence[Explanation], areas: Sequence[Area], lang: str, stream: TextIO
) -> None:
    """Write the paragraph, and for each area, most probable first, what speaks for and against it.

    areas: all of the model, for their names.
    """
    words, names = ExplanationWords(lang), {a.id: a.name(lang) for a in areas}
    cells = width(stream)
    lines = [(words.line.format(line=paragraph.line), "bold")]
    lines += [(line, "") for line in wrapped([*paragraph.text.translate(CONTROLS)], cells)]
    for explanation in sorted(explanations, key=lambda e: -e.probability):
        lines += [("", ""), (_head(explanation, names, words), "bold" if explanation.tagged else "")]
        most = MOST_SHOWN if explanation.probability >= UNLIKELY else FEW_SHOWN
        lines += [(line, "dim") for line in _both_sides(paragraph, explanation, names, words, most, cells)]
    show_lines(stream, [*lines, ("", ""), *((line, "dim") for line in wrapped([*words.note], cells))])


def reasons(
    paragraph: Paragraph, explanation: Explanation, areas: Sequence[Area], options: OutputOptions, cells: int
) -> list[str]:
    """Return in lines of so many cells what speaks most for and against an area. areas: all of the model."""
    words, names = ExplanationWords(options.lang), {a.id: a.name(options.lang) for a in areas}
    head = INDENT + _head(explanation, names, words)
    return [head, *(INDENT + line for line in _both_sides(paragraph, explanation, names, words, FEW_SHOWN, cells - 2))]


def _both_sides(
    paragraph: Paragraph,
    explanation: Explanation,
    names: dict[str, str],
    words: ExplanationWords,
    most: int,
    cells: int,
) -> list[str]:
    """Return what speaks most for an area, and what speaks most against it."""
    parts, lines = _parts(paragraph, explanation, names, words), list[str]()
    for title, chosen in (
        (words.for_it, [p for p in parts if p[1] > 0]),
        (words.against, [p for p in parts if p[1] < 0]),
    ):
        shown = [f"{name} {value:+.2f}" for name, value in chosen[:most] if abs(value) >= LEAST]
        if shown:
            pieces = [f"{title} ", *(f"{piece}  " for piece in shown)]
            lines += [INDENT + line for line in wrapped(pieces, cells - len(INDENT))]
    return lines


def _head(explanation: Explanation, names: dict[str, str], words: ExplanationWords) -> str:
    state = words.tagged if explanation.tagged else words.not_tagged
    sums = f"{words.logit} {explanation.logit:+.2f}, {words.intercept} {explanation.intercept:+.2f}"
    return f"{names[explanation.area]} {explanation.probability:.2f} {state} ({sums})"


def _parts(
    paragraph: Paragraph, explanation: Explanation, names: dict[str, str], words: ExplanationWords
) -> list[tuple[str, float]]:
    """Return what is shown by name, with its value: words, and all contributions but those of terms, largest first."""
    sums = defaultdict[str, float](float)
    for word in explanation.words:
        sums[f"“{paragraph.text[word.start : word.end].strip()}”"] += word.value
    for c in explanation.contributions:
        if c.kind is not ContributionKind.TERM:
            sums[_name(c, names, words)] += c.value
    return sorted(sums.items(), key=lambda pair: -abs(pair[1]))


def _name(c: Contribution, names: dict[str, str], words: ExplanationWords) -> str:
    return words[c.kind].format(number=c.name, area=names.get(c.name, c.name))
