"""Two versions of a model side by side, for the terminal and as a page."""

from collections.abc import Sequence
from typing import Any, TextIO

from classifier.evaluation.version_comparison import SetComparison, VersionChange, VersionComparison
from classifier.output.language import EvaluationWords, VersionComparisonWords
from classifier.output.reports.numbers import figure, interval_text
from classifier.output.terminal import console, plain_table, show
from classifier.records import Area

SHOWN = 200  # changed paragraphs on a page
_SHOWN_IN_TERMINAL, _CHARACTERS = 8, 30


def print_versions(found: VersionComparison, areas: Sequence[Area], lang: str, stream: TextIO) -> None:
    """Print the figures of both versions, and the first paragraphs whose areas change."""
    words, names = VersionComparisonWords(lang), {a.id: a.name(lang) for a in areas}
    target = console(stream)
    for title, part in ((words.own, found.own), (words.shipped, found.shipped)):
        if part is None:
            continue
        table = plain_table(_title(title, part, words))
        heads = ("", found.old, found.new, words.difference, words.interval, words.p)
        for i, head in enumerate(heads):
            table.add_column(head, justify="right" if i else "left", no_wrap=bool(i))
        for row in _rows(part, names, words):
            table.add_row(*row["cells"])
        show(target, "", table)
    lines = [_line(c.text or c.id, _signed(c.gained, c.lost, names)) for c in found.changes[:_SHOWN_IN_TERMINAL]]
    show(target, "", words.changed.format(n=len(found.changes)), *lines)


def versions_page(found: VersionComparison, areas: Sequence[Area], lang: str) -> str:
    """Return a self-contained page with the figures and the paragraphs whose areas change."""
    from classifier.output.pages.pages import render_page

    words, names = VersionComparisonWords(lang), {a.id: a.name(lang) for a in areas}
    colors = {a.id: a.color for a in areas}
    sets = [
        {"title": _title(title, part, words), "rows": _rows(part, names, words)}
        for title, part in ((words.own, found.own), (words.shipped, found.shipped))
        if part is not None
    ]
    changes = [
        {
            "report": c.report,
            "text": c.text or words.no_text.format(id=c.id),
            "gained": _chips(c.gained, names, colors),
            "lost": _chips(c.lost, names, colors),
            "truth": _chips(c.truth, names, colors),
        }
        for c in found.changes[:SHOWN]
    ]
    return render_page(
        "versions.html",
        lang,
        title=words.title.format(old=found.old, new=found.new),
        about="",
        names=(found.old, found.new),
        sets=sets,
        changes=changes,
        heading=words.changed.format(n=len(found.changes)),
        own=words,
    )


def _title(title: str, part: SetComparison, words: VersionComparisonWords) -> str:
    unit = words.by_paragraph if part.by_paragraph else words.by_report
    return title.format(paragraphs=part.paragraphs, reports=part.reports, unit=unit)


def _rows(part: SetComparison, names: dict[str, str], words: VersionComparisonWords) -> list[dict[str, Any]]:
    """Return the cells of each area, then of the averages."""
    evaluation = EvaluationWords(words.lang)
    found = [(names[c.area], c) for c in part.areas]
    found += [(words.core, part.core)] if part.core is not None else []
    found.append((words.all, part.all))
    return [{"cells": _cells(name, change, evaluation), "certain": _certain(change)} for name, change in found]


def _cells(name: str, change: VersionChange, words: EvaluationWords) -> list[str]:
    difference = change.difference
    shown = interval_text(difference.interval, words)
    return [
        name,
        figure(change.old),
        figure(change.new),
        figure(difference.difference, "+.3f"),
        shown if difference.interval.low == difference.interval.low else "—",
        figure(difference.p),
    ]


def _certain(change: VersionChange) -> bool:
    return change.difference.p < 0.05


def _signed(gained: Sequence[str], lost: Sequence[str], names: dict[str, str]) -> str:
    return " ".join([*(f"+{names[a]}" for a in gained), *(f"-{names[a]}" for a in lost)])


def _line(text: str, change: str) -> str:
    return f"  {text[:_CHARACTERS]}{'…' if len(text) > _CHARACTERS else ''} {change}"


def _chips(areas: Sequence[str], names: dict[str, str], colors: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": names[a], "color": colors[a]} for a in areas]
