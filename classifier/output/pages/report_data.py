"""One tagged report as plain data for the templates of pages: what JSON knows, so that it can wait in a file."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from classifier.analysis.shares import Shares, character_shares
from classifier.output.answer_language import PageWords
from classifier.output.explanations import reasons
from classifier.output.options import OutputOptions
from classifier.output.pages.marked_text import marked_text
from classifier.records import CONTENT, Area, Kind, Prediction

DOUBTFUL = 0.9  # nearly all wrong tags have a lower probability
MOST_DOTS = 5  # areas of a section in the outline
LONGEST_IN_OUTLINE = 40  # characters
NONE_COLOR, REST_COLOR = "#d0d7de", "#afb8c1"
BAR_WIDTH = 1000
REASONS_WIDTH = 1000  # cells of a line of reasons, which the browser breaks


class OutlineSection(NamedTuple):
    """A heading, and how many paragraphs below it speak of each area."""

    prediction: Prediction
    depth: int
    areas: Counter[str]


def report_data(name: str, predictions: Sequence[Prediction], options: OutputOptions) -> dict[str, Any]:
    """Return what a page shows of a report. predictions: of all its paragraphs, or of their parts, in order."""
    words = PageWords(options.lang)
    found = character_shares(predictions, [a.id for a in predictions[0].model_areas])
    title = next((p.paragraph.text for p in predictions if p.paragraph.kind is Kind.TITLE), PurePath(name).name)
    paragraphs = [_paragraph(p, options) for p in predictions]
    return {
        "name": name,
        "title": " ".join(title.split()),
        "count": sum(p.paragraph.kind in CONTENT for p in predictions),
        "characters": {**dict(zip(found.areas, found.characters.tolist(), strict=True)), "": found.none},
        "shares": share_rows(found, options, words),
        "outline": [_outline_row(s, options) for s in _sections(predictions)],
        "paragraphs": paragraphs,
        "doubtful": [_doubtful_row(p) for p in paragraphs if p["check"]],
        "doubtful_count": sum(bool(p["check"]) for p in paragraphs),
    }


def share_rows(found: Shares, options: OutputOptions, words: PageWords) -> list[dict[str, Any]]:
    """Return the segments of a bar of shares: the areas that are shown, all others, and no area."""
    if not found.total:
        return []
    rows = [(a.id, a.name(options.lang), found.share(a.id), a.color) for a in options.areas]
    none = found.none / found.total
    rest = max(0.0, 1 - none - sum(share for _, _, share, _ in rows))
    if len(options.areas) < len(found.areas):
        rows.append(("", words.rest, rest, REST_COLOR))
    rows.append(("", words.none, none, NONE_COLOR))
    start, drawn = 0.0, []
    for area, name, share, color in rows:
        percent = f"{share:.1%}"
        width = round(BAR_WIDTH * share, 1)
        drawn.append(
            {
                "id": area,
                "name": name,
                "percent": percent,
                "text": f"{name} {percent}",
                "color": color,
                "start": round(start, 1),
                "width": width,
            }
        )
        start += BAR_WIDTH * share
    return drawn


def _paragraph(prediction: Prediction, options: OutputOptions) -> dict[str, Any]:
    paragraph, areas = prediction.paragraph, {a.id: a for a in options.areas}
    chosen = options.shown(prediction.areas)
    chips = [
        {
            "name": areas[a.id].name(options.lang),
            "score": f"{a.score:.2f}",
            "color": areas[a.id].color,
            "check": a.score < DOUBTFUL,
        }
        for a in chosen
    ]
    doubtful = any(chip["check"] for chip in chips)
    classes = [paragraph.kind.value, *(f"a-{a.id}" for a in chosen), *(["check"] if doubtful else [])]
    return {
        "id": _identity(prediction),
        "line": paragraph.line,
        "page": paragraph.page,
        "classes": " ".join(classes),
        "scores": json.dumps({a.id: a.score for a in chosen}),
        "html": marked_text(prediction, areas, options.lang),
        "chips": chips,
        "reasons": [
            reasons(paragraph, e, prediction.model_areas, options, REASONS_WIDTH) for e in prediction.explanations
        ],
        "check": doubtful,
    }


def _doubtful_row(paragraph: dict[str, Any]) -> dict[str, Any]:
    text = ", ".join(f"{chip['name']} {chip['score']}" for chip in paragraph["chips"] if chip["check"])
    return {"id": paragraph["id"], "line": paragraph["line"], "text": text}


def _sections(predictions: Sequence[Prediction]) -> list[OutlineSection]:
    """Return the headings, and what stands below each of them; a level deeper than two counts as two."""
    found: list[OutlineSection] = []
    for prediction in predictions:
        paragraph = prediction.paragraph
        if paragraph.kind is Kind.HEADING:
            found.append(OutlineSection(prediction, min(len(paragraph.heading), 2), Counter()))
        if paragraph.kind in CONTENT:
            above = 3
            for section in reversed(found):
                if section.depth < above:
                    section.areas.update(a.id for a in prediction.areas)
                    above = section.depth
                if not above:
                    break
    return found


def _identity(prediction: Prediction) -> str:
    """Return what tells a record from all others of its report, for addresses within a page."""
    number, part = prediction.paragraph.number, prediction.part
    return str(number) if part is None else f"{number}-{part.number}"


def _outline_row(section: OutlineSection, options: OutputOptions) -> dict[str, Any]:
    text = " ".join(section.prediction.paragraph.text.split())
    areas: dict[str, Area] = {a.id: a for a in options.areas}
    counts = [(areas[area], n) for area, n in section.areas.most_common() if area in areas][:MOST_DOTS]
    return {
        "id": _identity(section.prediction),
        "depth": section.depth,
        "text": text if len(text) <= LONGEST_IN_OUTLINE else f"{text[: LONGEST_IN_OUTLINE - 1]}…",
        "dots": [{"color": area.color, "text": f"{area.name(options.lang)} {n}"} for area, n in counts],
    }
