"""A table for reading: line, areas and the beginning of each paragraph; at the end the share of each area."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TextIO

from rich.cells import cell_len, set_cell_size

from classifier.analysis.shares import Shares, character_shares
from classifier.output.language import TableWords
from classifier.output.options import OutputOptions
from classifier.output.terminal import CONTROLS, show_lines, width
from classifier.paths import escaped
from classifier.records import CONTENT, Document, Kind, Prediction

STYLES = {Kind.HEADING: "bold", Kind.PARAGRAPH: ""}  # all else is dim
HEADING = "§ "
GAP = " "  # between columns
BAR = 24  # cells of the longest bar
LEAST_TEXT = 20


class TableWriter:
    """Writes tables; plain text where the stream is no terminal."""

    def __init__(self, stream: TextIO, options: OutputOptions) -> None:
        """Write to a stream what the options ask for."""
        self.stream = stream
        self.width = width(stream)
        self.options = options
        self.words = TableWords(options.lang)
        self.names = max(cell_len(a.name(options.lang)) for a in options.areas)
        self.total: Shares | None = None
        self.area_ids: tuple[str, ...] = ()

    def document(self, document: Document, predictions: Sequence[Prediction]) -> None:
        """Write the table of one document."""
        words = self.words
        widths = (max(len(str(document.paragraphs[-1].line)), cell_len(words.line)), self.names + len(" 0.00"))
        room = max(LEAST_TEXT, self.width - sum(widths) - len(GAP) * 3)
        lines = [
            (escaped(document.name), "bold"),
            (_row(widths, words.line, words.areas, words.text), "bold"),
        ]
        for prediction in predictions:
            areas = self._areas(prediction)
            texts = _beginning(prediction, room, max(1, len(areas)))
            numbers, style = [str(prediction.paragraph.line)], STYLES.get(prediction.paragraph.kind, "dim")
            lines += [(_row(widths, *parts), style) for parts in zip_longest(numbers, areas, texts, fillvalue="")]
            lines += [(line, "dim") for line in self._reasons(prediction)]
        show_lines(self.stream, [*lines, ("", "")])
        self.area_ids = tuple(a.id for a in predictions[0].scores)
        found = character_shares(predictions, self.area_ids)
        self.total = found if self.total is None else self.total + found

    def _reasons(self, prediction: Prediction) -> Iterator[str]:
        """Yield what speaks for and against the areas of a record, where that was asked for."""
        tagged = {area.id for area in prediction.areas}
        for explanation in prediction.explanations:
            if explanation.area in tagged:
                from classifier.output.explanations import reasons

                yield from reasons(prediction.paragraph, explanation, prediction.model_areas, self.options, self.width)

    def end(self) -> None:
        """Write the share of characters of each area over all documents."""
        if self.total is None or not self.total.total:
            return
        rows = [(a.name(self.options.lang), self.total.share(a.id)) for a in self.options.areas]
        none = self.total.none / self.total.total
        rest = 1 - none - sum(share for _, share in rows)
        if len(self.options.areas) < len(self.area_ids):
            rows.append((self.words.rest, max(rest, 0.0)))
        rows.append((self.words.none, none))
        names = max(cell_len(name) for name, _ in rows)
        largest = max(share for _, share in rows)
        lines = [(self.words.share, "bold")]
        for name, share in rows:
            bar = "█" * round(BAR * share / largest)
            lines.append((GAP.join([set_cell_size(name, names), f"{share:.1%}".ljust(len("00.0%")), bar]), ""))
        show_lines(self.stream, [*lines, (self.words.note, "")])

    def _areas(self, prediction: Prediction) -> list[str]:
        kind = prediction.paragraph.kind
        if kind not in CONTENT:
            return [self.words[kind]]
        shown = self.options.shown(prediction.areas)
        return [f"{set_cell_size(self.options.names[a.id], self.names)} {a.score:.2f}" for a in shown] or ["-"]


def _row(widths: tuple[int, int], line: str, areas: str, text: str) -> str:
    digits, names = widths
    return GAP.join([" " * (digits - cell_len(line)) + line, set_cell_size(areas, names), text])


def _beginning(prediction: Prediction, room: int, lines: int) -> list[str]:
    """Return as much of a paragraph as fits into so many lines of so many cells, double width counted."""
    mark = HEADING if prediction.paragraph.kind is Kind.HEADING else ""
    rest = mark + " ".join(prediction.paragraph.text.translate(CONTROLS).split())
    shown: list[str] = []
    while rest and len(shown) < lines:
        last = len(shown) == lines - 1
        size = len(rest)
        if cell_len(rest) > room:
            size = _fitting(rest, room - 1 if last else room)
        shown.append(rest[:size] + ("…" if last and size < len(rest) else ""))
        rest = rest[size:]
    return shown


def _fitting(text: str, room: int) -> int:
    """Return how many characters of a text fit into so many cells."""
    used = 0
    for i, character in enumerate(text):
        used += cell_len(character)
        if used > room:
            return i
    return len(text)
