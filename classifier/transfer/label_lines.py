"""The program's own JSON lines: label files as training reads them, and the records that `predict` writes."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from classifier.documents.structure import single_paragraph
from classifier.messages import message
from classifier.records import CONTENT
from classifier.transfer.area_names import AreaNames
from classifier.transfer.json_labels import JsonLabels, list_of, listed_areas, object_of
from classifier.transfer.label_format import LabelFile, foreign_passage, of_taxonomy
from classifier.transfer.predicted_files import written_areas
from classifier.transfer.rows import WHOLE, Passage, ReadRow, WrittenRow

_SHOWN = ("areas", "sentences", "about")  # the keys that say which areas there are
Values = Mapping[str, bool]


class LabelLines(JsonLabels):
    """One object for each paragraph: {"id", "report", "sentences": [{"text", "areas"}, …]}, or with text and areas."""

    @staticmethod
    def recognises(first: dict[str, Any]) -> bool:
        """Whether an object is a row of a label file, or a record of `predict`."""
        return "areas" in first or isinstance(first.get("sentences"), list)

    def objects(self, rows: Sequence[WrittenRow], names: AreaNames) -> Iterator[dict[str, Any]]:
        """Yield the paragraphs."""
        for _, group in groupby(sorted(rows, key=_order(rows)), key=lambda row: row.passage.id):
            own = list(group)
            passage = own[0].passage
            values = {row.sentence: row.values for row in own}
            exported = {str(n): {area: int(v) for area, v in sorted(known.items())} for n, known in values.items()}
            yield {
                "id": passage.id,
                "report": passage.document,
                "document": passage.document,
                "line": passage.line,
                "heading": list(passage.heading),
                "text": passage.text,
                **_shown(passage, values, names.ids),
                "spans": [list(span) for span in passage.sentences],
                "by": "model" if own[0].by_model else "labels",
                "exported": exported,
                "offered": list(names.ids),
                **({"checked": False} if own[0].by_model else {}),
            }

    def rows_of(self, value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
        """Yield the rows of an object: one for each labelled sentence, or for the paragraph."""
        if "kind" in value and "paragraph" in value:
            yield from _predicted(value, place, file)
        elif "exported" in value:
            yield from _exported(value, place, file)
        else:
            yield from _stated(value, place, file)


def _order(rows: Sequence[WrittenRow]) -> Any:
    """Return what sorts rows by paragraph, in the order in which the paragraphs come first."""
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.passage.id, len(first))
    return lambda row: (first[row.passage.id], row.sentence)


def _shown(passage: Passage, values: Mapping[int, Values], areas: Sequence[str]) -> dict[str, Any]:
    """Return what a label file says of a paragraph: its areas, or those of its sentences, and what they speak of."""
    known = [values[n] for n in sorted(values) if n != WHOLE] or [values.get(WHOLE, {})]
    about = [area for area in areas if all(area in own for own in known)]
    limited = {} if len(about) == len(areas) else {"about": about}

    def areas_of(own: Values) -> list[str]:
        return [area for area in about if own.get(area)]

    if set(values) <= {WHOLE}:
        return {"areas": areas_of(values.get(WHOLE, {})), **limited}
    sentences = [
        {"text": passage.part(n), "areas": areas_of(values[n]) if n in values else None}
        for n in range(1, len(passage.sentences) + 1)
    ]
    return {"sentences": sentences, **limited}


def _exported(value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
    """Yield the rows of a line that was exported: as they were where it was not changed."""
    try:
        passage = Passage.of_object(value, "spans")
        values = {int(n): {str(a): bool(v) for a, v in own.items()} for n, own in value["exported"].items()}
        offered = tuple(map(str, value["offered"]))
        shown = _shown(passage, values, offered)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        file.faults.add(place, message("the anchor of the row was changed; take the row from the exported file again"))
        return
    by_model = value.get("by") == "model"
    changed = any(value.get(key) != shown.get(key) for key in _SHOWN)
    stated = {row.sentence: row for row in _stated(value, place, file)} if changed else {}
    for sentence in sorted(values.keys() | stated.keys()):
        known = values.get(sentence, {})
        written = of_taxonomy(WrittenRow(passage, sentence, known, by_model, offered), file)
        marks: Mapping[str, bool | None] = written.values
        if by_model:
            marks = {area: there or None for area, there in written.values.items()}
        if sentence in stated:
            marks = stated[sentence].marks
        yield ReadRow(place, passage, sentence, marks, written, bool(value.get("checked")))


def _stated(value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
    """Yield the rows of a line of a label file: it speaks of all areas, or of those of `about`."""
    about = listed_areas(value["about"], place, file) if "about" in value else list(file.names.ids)
    sentences = value.get("sentences")
    if not isinstance(sentences, list):
        text = value.get("text")
        if not isinstance(text, str) or not text.strip():
            file.faults.add(place, message("empty text; a row needs text with areas, or sentences"))
            return
        areas = listed_areas(value.get("areas"), place, file)
        marks: dict[str, bool | None] = {area: area in areas for area in dict.fromkeys([*about, *areas])}
        yield ReadRow(place, foreign_passage(value, text), WHOLE, marks)
        return
    texts = [s.get("text") if isinstance(s, dict) else None for s in sentences]
    if not texts or not all(isinstance(text, str) and text for text in texts):
        file.faults.add(place, message("a sentence without a text; write it or leave the sentence out"))
        return
    passage = _joined(value, [str(text) for text in texts])
    for number, sentence in enumerate(sentences, start=1):
        if sentence.get("areas") is None:
            continue
        areas = listed_areas(sentence["areas"], place, file)
        unsure = set(listed_areas(sentence.get("disputed") or [], place, file)) - set(areas)
        known = [area for area in dict.fromkeys([*about, *areas]) if area not in unsure]
        yield ReadRow(place, passage, number, {area: area in areas for area in known})


def _joined(value: dict[str, Any], texts: Sequence[str]) -> Passage:
    """Return the passage that sentences make together."""
    spans, start = [], 0
    for text in texts:
        spans.append((start, start + len(text)))
        start += len(text)
    passage = foreign_passage(value, "".join(texts))
    return Passage("", passage.document, "".join(texts), tuple(spans), passage.heading, passage.line)


def _predicted(value: dict[str, Any], place: str, file: LabelFile) -> Iterator[ReadRow]:
    """Yield the row of a record of `predict`: an area without a score was added by hand."""
    text = value.get("text")
    if str(value.get("kind")) not in {str(kind) for kind in CONTENT} or not isinstance(text, str) or not text.strip():
        return
    listed = list_of(value.get("areas"))
    chosen = listed_areas([a.get("id") if isinstance(a, dict) else a for a in listed], place, file)
    # A tag that was taken out is still among those of the sentences, one of which is evidence for each.
    rows = [value, *map(object_of, list_of(value.get("sentences")))]
    scored = [object_of(area) for row in rows for area in list_of(row.get("areas"))]
    tags = {str(a.get("id")) for a in scored if isinstance(a.get("score"), int | float)}
    offered = _offered(file, value.get("scores"))
    passage = _of_prediction(value, text)
    written = WrittenRow(passage, WHOLE, {area: area in tags for area in offered}, True, offered)
    marks = {area: True if area in chosen else None for area in dict.fromkeys([*offered, *chosen])}
    yield ReadRow(place, passage, WHOLE, marks, written, bool(value.get("checked")))


def _of_prediction(value: dict[str, Any], text: str) -> Passage:
    """Return the passage of a record; a part of a paragraph is one of its own."""
    passage = foreign_passage(value, text)
    try:
        spans = tuple((int(s["start"]), int(s["end"])) for s in value["sentences"])
    except (KeyError, TypeError, ValueError):
        spans = ()
    if not spans or any(not 0 <= start < end <= len(text) for start, end in spans):
        spans = tuple((s.start, s.end) for s in single_paragraph(text).sentences)
    return Passage("", passage.document, text, spans, passage.heading, passage.line)


def _offered(file: LabelFile, scores: object) -> tuple[str, ...]:
    """Return the areas that were written: those with scores, else those that the file beside the output names."""
    if isinstance(scores, dict):
        return tuple(area for area in file.names.ids if area in scores)
    named = written_areas(file.path)
    return tuple(area for area in file.names.ids if named is None or area in named)
