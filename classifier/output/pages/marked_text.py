"""The text of a record as HTML: evidence in the colour of its area, with the words that carried it."""

from collections.abc import Iterator, Mapping
from html import escape

from classifier.records import Area, AreaScore, AreaWords, Prediction, WordValue


def marked_text(prediction: Prediction, areas: Mapping[str, Area], lang: str) -> str:
    """Return the text with its evidence marked. areas: those that are shown, by id."""
    text, end, parts = prediction.paragraph.text, 0, []
    words = prediction.words or ((),) * len(prediction.evidence)
    for sentence, evidence, of_areas in zip(prediction.paragraph.sentences, prediction.evidence, words, strict=True):
        shown = [a for a in evidence if a.id in areas]
        parts.append(escape(text[end : sentence.start]))
        span = (sentence.start, sentence.end)
        parts.append(_evidence(text, span, shown, of_areas, areas, lang) if shown else escape(text[slice(*span)]))
        end = sentence.end
    return "".join(parts) + escape(text[end:])


def _evidence(
    text: str,
    span: tuple[int, int],
    evidence: list[AreaScore],
    words: tuple[AreaWords, ...],
    areas: Mapping[str, Area],
    lang: str,
) -> str:
    """Return one sentence, in the colour of its likeliest area; a note tells all areas with their words."""
    by_area = {w.area: w.words for w in words}
    carried = sorted(by_area.get(evidence[0].id, ()))
    notes = "".join(_note(text, a, by_area.get(a.id, ()), areas[a.id], lang) for a in evidence)
    color = areas[evidence[0].id].color
    body = "".join(_with_words(text, span, carried))
    return (
        f'<span class="ev" style="--c:{color}" tabindex="0">{body}<span class="why" role="note">{notes}</span></span>'
    )


def _with_words(text: str, span: tuple[int, int], words: list[WordValue]) -> Iterator[str]:
    end = span[0]
    for word in words:
        start = max(word.start, end)
        stop = min(word.end, span[1])
        if start < stop:
            yield f"{escape(text[end:start])}<b>{escape(text[start:stop])}</b>"
            end = stop
    yield escape(text[end : span[1]])


def _note(text: str, score: AreaScore, words: tuple[WordValue, ...], area: Area, lang: str) -> str:
    listed = " · ".join(f"{text[w.start : w.end].strip()} {w.value:+.1f}" for w in words)
    return f'<span style="--c:{area.color}">{escape(area.name(lang))} {score.score:.2f} {escape(listed)}</span>'
