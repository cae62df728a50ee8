"""A comparison of two texts: for people in a terminal, as JSON, or as a page with both side by side."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from classifier.analysis.alignment import Fate
from classifier.analysis.text_comparison import ComparedParagraph, ParagraphChange, TextComparison
from classifier.output.answer_language import ComparisonWords
from classifier.output.language import LEVELS, ShareWords
from classifier.output.terminal import CONTROLS, show_lines, width
from classifier.output.wrapping import wrapped

MOST_CHANGED_WORDS, MOST_CARRIERS = 12, 3  # that are shown in a terminal
AREAS_WITH_CARRIERS = 4
MOST_WORDS_ON_A_PAGE = 60
MOST_PAIRS_OF_GROUPS = 300  # that a page of two groups shows
LEAST_Z = 1.96  # of a word that is shown
SHOWN_TEXT = 36  # characters of a paragraph in a terminal


def comparison_json(found: TextComparison, lang: str, about: Mapping[str, Any]) -> str:
    """Return all of a comparison as JSON. about: what made it."""
    names = {a.id: a.name(lang) for a in found.areas}
    row = {
        "first": {"name": found.names[0], "documents": found.documents[0], "sampled": found.sampled[0]},
        "second": {"name": found.names[1], "documents": found.documents[1], "sampled": found.sampled[1]},
        "areas": [{**c._asdict(), "name": names[c.area], "certain": c.certain} for c in found.changes],
        "counts": {fate.value: n for fate, n in found.counts().items()} if found.paragraphs is not None else None,
        "paragraphs": None if found.paragraphs is None else [_change(c) for c in found.paragraphs],
        "words": [w._asdict() for w in found.words],
        "about": about,
    }
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def _change(change: ParagraphChange) -> dict[str, Any]:
    return {
        "fate": change.fate.value,
        "similarity": round(change.similarity, 4),
        "first": None if change.first is None else change.first._asdict(),
        "second": None if change.second is None else change.second._asdict(),
    }


def print_comparison_of_texts(found: TextComparison, lang: str, stream: TextIO) -> None:
    """Write the areas by the size of their change, what carries the largest, and the words that grew and shrank."""
    words, names = ComparisonWords(lang), {a.id: a.name(lang) for a in found.areas}
    from rich.cells import cell_len, set_cell_size

    cells = width(stream)
    first, second = (name.translate(CONTROLS) for name in _names(found, words))
    lines: list[tuple[str, str]] = [(words.title.format(first=first, second=second), "bold")]
    size = max(map(cell_len, names.values()))
    lines.append((f"{set_cell_size(words.area, size)} {words.head}", "bold"))
    for c in found.changes:
        interval = "" if c.low is None or c.high is None else f"[{100 * c.low:+.1f}, {100 * c.high:+.1f}]"
        figures = f"{100 * c.first:5.1f} {100 * c.second:5.1f} {100 * c.difference:+6.1f} {interval}"
        lines.append((f"{set_cell_size(names[c.area], size)} {figures}{' *' if c.certain else ''}", ""))
    lines += [*((note, "dim") for note in _notes(found, words)), ("", "")]
    if found.paragraphs is None:
        lines.append((words.too_many, "dim"))
    else:
        counts = words.counts_of_groups if _of_many(found) else words.counts
        lines.append((counts.format(**{fate.value: n for fate, n in found.counts().items()}), "bold"))
        for c in found.changes[:AREAS_WITH_CARRIERS]:
            lines += [(f"{names[c.area]} {100 * c.difference:+.1f}", "bold")]
            lines += [
                (_carrier(one, c.area, words, _of_many(found)), "") for one in found.carriers(c.area)[:MOST_CARRIERS]
            ]
    grown = [w for w in found.words if w.z >= LEAST_Z][:MOST_CHANGED_WORDS]
    shrunk = [w for w in reversed(found.words) if w.z <= -LEAST_Z][:MOST_CHANGED_WORDS]
    for title, chosen in ((words.grown, grown), (words.shrunk, shrunk)):
        pieces = [f"{title} ", *(f"{w.word} {w.first}→{w.second}  " for w in chosen)]
        lines += [("", ""), *((line, "") for line in wrapped(pieces, cells))] if chosen else []
    show_lines(stream, lines)


def _of_many(found: TextComparison) -> bool:
    """Whether a text is of several reports, so that nothing was taken out of it or put into it."""
    return max(found.documents) > 1


def _names(found: TextComparison, words: ComparisonWords) -> list[str]:
    levels = ShareWords(words.lang)
    named = [levels[name] if name in LEVELS else name for name in found.names]
    pairs = zip(named, found.documents, strict=True)
    return [words.of_many.format(name=name, n=n) if n > 1 else name for name, n in pairs]


def _notes(found: TextComparison, words: ComparisonWords) -> list[str]:
    """Return what figures and intervals rest on."""
    sampled = [name for name, sampled in zip(_names(found, words), found.sampled, strict=True) if sampled]
    return [words.note, *([words.sampled.format(names=words.between.join(sampled))] if sampled else [])]


def _fate(change: ParagraphChange, words: ComparisonWords, of_many: bool) -> str:
    if of_many and change.fate in {Fate.NEW, Fate.GONE}:
        return words.only_second if change.fate is Fate.NEW else words.only_first
    return words[change.fate.value]


def _carrier(change: ParagraphChange, area: str, words: ComparisonWords, of_many: bool) -> str:
    paragraph = change.second or change.first
    assert paragraph is not None
    text = " ".join(paragraph.text.translate(CONTROLS).split())
    shown = text if len(text) <= SHOWN_TEXT else f"{text[: SHOWN_TEXT - 1]}…"
    line = words.line.format(line=paragraph.line)
    place = f"{Path(paragraph.document).stem} {line}" if of_many else line
    return f"  {_fate(change, words, of_many)} {change.difference(area):+.0f} {place} {shown}"


def comparison_page(found: TextComparison, lang: str, about: str) -> str:
    """Return a self-contained page: figures, and the paragraphs of both texts side by side."""
    from classifier.output.pages.pages import render_page

    words = ComparisonWords(lang)
    shown, every = _names(found, words), len(found.paragraphs or ())
    colors = {a.id: a.color for a in found.areas}
    names = {a.id: a.name(lang) for a in found.areas}
    largest = max([abs(c.difference) for c in found.changes], default=0.0) or 1.0
    areas = [
        {
            "name": names[c.area],
            "color": colors[c.area],
            "first": f"{c.first:.1%}",
            "second": f"{c.second:.1%}",
            "difference": f"{100 * c.difference:+.1f}",
            "interval": "" if c.low is None or c.high is None else f"{100 * c.low:+.1f} … {100 * c.high:+.1f}",
            "certain": c.certain,
            "width": round(50 * abs(c.difference) / largest, 1),
            "left": round(50 + 50 * min(c.difference, 0) / largest, 1),
        }
        for c in found.changes
    ]
    pairs = [
        {
            "fate": _fate(change, words, _of_many(found)),
            "kind": change.fate.value,
            "first": _cell(change.first, names, colors),
            "second": _cell(change.second, names, colors),
        }
        for change in _shown_pairs(found)
    ]
    grown = [f"{w.word} {w.first}→{w.second}" for w in found.words if w.z >= LEAST_Z][:MOST_WORDS_ON_A_PAGE]
    shrunk = [f"{w.word} {w.first}→{w.second}" for w in reversed(found.words) if w.z <= -LEAST_Z]
    return render_page(
        "comparison.html",
        lang,
        title=words.title.format(first=shown[0], second=shown[1]),
        about=about,
        texts=shown,
        notes=_notes(found, words),
        more="" if len(pairs) == every else words.carried_most.format(n=len(pairs), all=every),
        compared=areas,
        pairs=pairs,
        grown=grown,
        shrunk=shrunk[:MOST_WORDS_ON_A_PAGE],
        own=words,
    )


def _shown_pairs(found: TextComparison) -> list[ParagraphChange]:
    """Return the pairs that a page shows: all of two reports, of groups those that carry the most."""
    pairs = list(found.paragraphs or ())
    if not _of_many(found) or len(pairs) <= MOST_PAIRS_OF_GROUPS:
        return sorted(pairs, key=lambda c: (c.fate is Fate.KEPT, c.fate is Fate.GONE))
    carried = [max((abs(pair.difference(area.id)) for area in found.areas), default=0.0) for pair in pairs]
    largest = sorted(range(len(pairs)), key=lambda i: (-carried[i], i))
    return [pairs[i] for i in largest[:MOST_PAIRS_OF_GROUPS]]


def _cell(paragraph: ComparedParagraph | None, names: dict[str, str], colors: dict[str, str]) -> dict[str, Any] | None:
    if paragraph is None:
        return None
    areas: Sequence[str] = sorted(paragraph.characters, key=lambda area: -paragraph.characters[area])
    chips = [{"name": names[area], "color": colors[area]} for area in areas]
    return {"line": paragraph.line, "document": Path(paragraph.document).name, "text": paragraph.text, "chips": chips}
