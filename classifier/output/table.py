"""A table for reading: line, areas and the beginning of each paragraph; at the end the share of each area."""

from collections.abc import Sequence
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from classifier.analysis.shares import Shares, shares
from classifier.output.terminal import console, plain_table, show
from classifier.output.writer import View
from classifier.records import Document, Kind, Prediction

WORDS = {
    "zh": {
        "line": "行",
        "areas": "领域",
        "text": "正文",
        "share": "各领域篇幅（字数占比）",
        "none": "未涉及任何领域",
        "rest": "其他领域",
        "note": "一句话涉及几个领域时，字数由各领域平分。",
        Kind.TITLE: "（题目）",
        Kind.SALUTATION: "（称呼）",
        Kind.OTHER: "（非正文）",
    },
    "en": {
        "line": "Line",
        "areas": "Areas",
        "text": "Text",
        "share": "Share of characters of each area",
        "none": "no area",
        "rest": "other areas",
        "note": "The characters of a sentence on several areas are divided equally among them.",
        Kind.TITLE: "(title)",
        Kind.SALUTATION: "(salutation)",
        Kind.OTHER: "(not text)",
    },
}
HEADING = "§ "
BAR = 24  # cells of the longest bar
LEAST_TEXT = 20


class TableWriter:
    """Writes tables; plain text where the stream is no terminal."""

    def __init__(self, stream: TextIO, view: View) -> None:
        """Write to a stream what a view shows."""
        self.console = console(stream)
        self.view = view
        self.words = WORDS[view.lang]
        self.total: Shares | None = None
        self.area_ids: tuple[str, ...] = ()

    def document(self, document: Document, predictions: Sequence[Prediction]) -> None:
        """Write the table of one document."""
        table = plain_table(document.name)
        digits = max(len(str(document.paragraphs[-1].line)), cell_len(self.words["line"]))
        names = max(cell_len(a.name(self.view.lang)) for a in self.view.areas) + len(" 0.00")
        room = max(LEAST_TEXT, self.console.width - digits - names - 3)
        table.add_column(self.words["line"], justify="right", width=digits)
        table.add_column(self.words["areas"], width=names)
        table.add_column(self.words["text"], width=room, no_wrap=True)
        for prediction in predictions:
            areas = self._areas(prediction)
            table.add_row(
                str(prediction.paragraph.line),
                "\n".join(areas),
                Text(_beginning(prediction, room, max(1, len(areas))), style=self._style(prediction)),
            )
        show(self.console, table, "")
        self.area_ids = tuple(a.id for a in predictions[0].scores)
        found = shares(predictions, self.area_ids)
        self.total = found if self.total is None else self.total + found

    def end(self) -> None:
        """Write the share of characters of each area over all documents."""
        if self.total is None or not self.total.total:
            return
        rows = [(a.name(self.view.lang), self.total.share(a.id)) for a in self.view.areas]
        none = self.total.none / self.total.total
        rest = 1 - none - sum(share for _, share in rows)
        if len(self.view.areas) < len(self.area_ids):
            rows.append((self.words["rest"], max(rest, 0.0)))
        rows.append((self.words["none"], none))
        table = plain_table(self.words["share"], header=False)
        largest = max(share for _, share in rows)
        for name, share in rows:
            table.add_row(name, f"{share:.1%}", "█" * round(BAR * share / largest))
        show(self.console, table, self.words["note"])

    def _areas(self, prediction: Prediction) -> list[str]:
        kind = prediction.paragraph.kind
        if kind in self.words:
            return [self.words[kind]]
        width = max(cell_len(a.name(self.view.lang)) for a in self.view.areas)
        shown = self.view.shown(prediction.areas)
        return [f"{set_cell_size(self.view.name(a.id), width)} {a.score:.2f}" for a in shown] or ["-"]

    def _style(self, prediction: Prediction) -> str:
        kind = prediction.paragraph.kind
        if kind is Kind.HEADING:
            return "bold"
        return "" if kind is Kind.PARAGRAPH else "dim"


def _beginning(prediction: Prediction, room: int, lines: int) -> str:
    """Return as much of a paragraph as fits into so many lines of so many cells, double width counted."""
    mark = HEADING if prediction.paragraph.kind is Kind.HEADING else ""
    rest = mark + " ".join(prediction.paragraph.text.split())
    shown: list[str] = []
    while rest and len(shown) < lines:
        last = len(shown) == lines - 1
        size = len(rest)
        if cell_len(rest) > room:
            size = _fitting(rest, room - 1 if last else room)
        shown.append(rest[:size] + ("…" if last and size < len(rest) else ""))
        rest = rest[size:]
    return "\n".join(shown)


def _fitting(text: str, room: int) -> int:
    """Return how many characters of a text fit into so many cells."""
    used = 0
    for i, character in enumerate(text):
        used += cell_len(character)
        if used > room:
            return i
    return len(text)
