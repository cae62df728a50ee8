"""Suggested paragraphs as JSON lines, and as a list for people: where, why, the text, and what to expect."""

import re
from collections.abc import Mapping, Sequence
from typing import TextIO

from classifier.labelling.jsonl import encode_rows
from classifier.output.answer_language import SuggestionWords
from classifier.output.terminal import CONTROLS, show_lines, width
from classifier.output.wrapping import wrapped
from classifier.paths import escaped
from classifier.records import Area
from classifier.selection.audited import WhyAudited
from classifier.selection.forecast import Forecast, NoForecast
from classifier.selection.suggested import Suggested, Suggestions, Why

CODES = frozenset({*Why, *WhyAudited})
_INDENT = "    "
_PIECE = re.compile(r"[!-~]+ *|.")  # of which a line is made: a word, or a Chinese character
_MOST_NAMED = 3  # areas or words of a reason
_TEXT_LINES = 2


def encode_suggestions(found: Suggestions, lang: str) -> bytes:
    """Return the rows that `classify review` opens."""
    return encode_rows(row.to_dict(lang) for row in found.rows)


def print_suggestions(
    found: Suggestions, areas: Sequence[Area], lang: str, stream: TextIO, version: str | None = None
) -> None:
    """Print each suggested paragraph, and at the end what so many labels would bring.

    version: the name of the model, if it is a version that learned from labels of the user's.
    """
    words, names = SuggestionWords(lang), {a.id: a.name(lang) for a in areas}
    room = width(stream)
    lines: list[tuple[str, str]] = []
    for number, row in enumerate(found.rows, start=1):
        paragraph = row.prediction.paragraph
        lines.append((f"{number:>3} {escaped(row.document)}:{paragraph.line}", "bold"))
        lines += [(line, "") for line in beginning(reason_text(row, names, words), room, _TEXT_LINES)]
        text = " ".join(paragraph.text.translate(CONTROLS).split())
        lines += [(line, "dim") for line in beginning(text, room, _TEXT_LINES)]
    about = words.looked_at.format(n=len(found.rows), paragraphs=found.paragraphs, reports=found.reports)
    about += words.left_out.format(n=found.labelled) if found.labelled else ""
    show_lines(stream, [*lines, ("", ""), (about, "bold")] if lines else [(about, "bold")])
    if not found.rows:
        return
    show_lines(
        stream,
        [(line, "") for text in expectation(found.forecast, words, version) for line in beginning(text, room, 3, "")],
    )


def reason_text(row: Suggested, names: Mapping[str, str], words: SuggestionWords) -> str:
    """Return why a paragraph is suggested, with the areas or words that are meant."""
    near = [f"{names[a.id]} {a.score:.0%}" for a in row.doubtful[:_MOST_NAMED]]
    what = {Why.NEAR_THRESHOLD: near, Why.NEW_WORDS: row.new_words[:_MOST_NAMED]}
    return words.reasons.join(
        words.named.format(reason=reason_word(code, words), what=words.between.join(what[code]))
        if what.get(code)
        else reason_word(code, words)
        for code in row.why
    )


def reason_word(code: str, words: SuggestionWords) -> str:
    """Return the word for a reason by its code, as rows have it; a reason that is no code stays as it is."""
    return words[code.replace("-", "_")] if code in CODES else code


def expectation(forecast: Forecast | NoForecast, words: SuggestionWords, version: str | None) -> list[str]:
    """Return what so many labels would bring, whether it may be nothing, and what that rests on."""
    if isinstance(forecast, NoForecast):
        return [words[forecast.why].format(paragraphs=forecast.paragraphs, least=forecast.least)]
    gain, low, high = (f"{100 * value:+.2f}" for value in (forecast.gain, forecast.low, forecast.high))
    verdict = words.holds_zero if forecast.holds_zero else words.above_zero if forecast.low > 0 else words.below_zero
    known = words.expected.format(paragraphs=forecast.paragraphs, more=forecast.more, gain=gain, low=low, high=high)
    return [known, verdict, words.curve, *([words.own.format(version=version)] if version else [])]


def beginning(text: str, room: int, most: int, indent: str = _INDENT) -> list[str]:
    """Return the beginning of a text in at most so many lines of so many cells, with an indent and an ellipsis."""
    lines = wrapped(_PIECE.findall(text), room - len(indent) - 1)
    more = "…" if len(lines) > most else ""
    return [indent + line for line in lines[: most - 1]] + [indent + line + more for line in lines[most - 1 : most]]
