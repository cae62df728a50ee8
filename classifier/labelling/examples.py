"""Labelled paragraphs: what a line of a label file says, checked."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from classifier.documents.normalize import normalize_text
from classifier.documents.structure import single_paragraph
from classifier.labelling.jsonl import LabelRow, read_rows
from classifier.messages import message
from classifier.records import Example

SHAPES = ("report", "speech", "plan")
_T = TypeVar("_T")


def load_examples(paths: Iterable[Path], areas: Iterable[str], need_id: bool = True) -> tuple[Example, ...]:
    """Read labelled paragraphs. Raises LabelError with a line for each fault: file, line, remedy.

    need_id: rows must have an id and a report; for evaluation alone, their place does.
    """
    known = frozenset(areas)
    places: dict[str, str] = {}

    def parse(row: LabelRow, place: str, faults: list[str]) -> Example | None:
        example = _example(row, known, place, need_id, faults)
        if example is not None and example.id in places:
            there = places[example.id]
            faults.append(message("id {id!r} stands at {there} already; give it its own", id=example.id, there=there))
        elif example is not None:
            places[example.id] = place
        return example

    return tuple(read_rows(paths, parse))


def _example(row: LabelRow, known: frozenset[str], place: str, need_id: bool, faults: list[str]) -> Example | None:
    """Return the example of a row, None only where it has no id; every fault of the row is added to `faults`."""
    sentences, sentence_areas, disputed = _sentences(row, known, faults)
    if sentence_areas is not None:
        areas = frozenset[str]().union(*sentence_areas)
        if "areas" in row:
            faults.append(message("both areas and sentences; keep the sentences, whose areas make up the paragraph's"))
    else:
        areas = _areas(row.get("areas"), known, faults)
    file = place.rpartition(":")[0]
    report = _string(row, "report", faults, _string(row, "document", [], "" if need_id else file))
    example = Example(
        id=_string(row, "id", faults, "" if need_id else place),
        report=report,
        text=row["text"].strip() if sentence_areas is None and sentences else "".join(sentences),
        sentences=sentences,
        areas=areas,
        sentence_areas=sentence_areas,
        heading=_heading(row, faults),
        level=_optional(row, "level", str, faults),
        year=_optional(row, "year", int, faults),
        shape=_optional(row, "shape", str, faults),
        disputed=disputed,
        document=_optional(row, "document", str, faults),
        line=_optional(row, "line", int, faults),
    )
    if example.shape is not None and example.shape not in SHAPES:
        faults.append(message("shape {shape!r} is none of {known}", shape=example.shape, known=", ".join(SHAPES)))
    return example if example.id else None


def _sentences(
    row: LabelRow, known: frozenset[str], faults: list[str]
) -> tuple[tuple[str, ...], tuple[frozenset[str], ...] | None, tuple[frozenset[str], ...]]:
    """Return sentences with their areas and those in dispute, or the sentences of `text` and None.

    A text has areas only as a whole. A dispute of an area that the sentence has all the same is none.
    """
    if "sentences" not in row:
        text = row.get("text")
        if not isinstance(text, str) or not normalize_text(text):
            faults.append(message("empty text; a row needs text with areas, or sentences"))
            return (), None, ()
        return tuple(s.normalized for s in single_paragraph(text).sentences), None, ()
    rows = row["sentences"]
    if not isinstance(rows, list) or not rows:
        faults.append(message("sentences is no list or empty; a row needs text with areas, or sentences"))
        return (), None, ()
    texts: list[str] = []
    areas: list[frozenset[str]] = []
    disputed: list[frozenset[str]] = []
    for n, sentence in enumerate(rows, start=1):
        text = sentence.get("text") if isinstance(sentence, dict) else None
        if not isinstance(text, str) or not normalize_text(text):
            faults.append(message("empty text in sentence {n}; write it or leave the sentence out", n=n))
            text = ""
        texts.append(text)
        value = sentence.get("areas") if isinstance(sentence, dict) else None
        areas.append(_areas(value, known, faults, n))
        value = sentence.get("disputed", []) if isinstance(sentence, dict) else []
        disputed.append(_areas(value, known, faults, n) - areas[-1])
    return tuple(texts), tuple(areas), tuple(disputed) if any(disputed) else ()


def _areas(value: object, known: frozenset[str], faults: list[str], sentence: int = 0) -> frozenset[str]:
    """Return the areas of a paragraph, or of the sentence with a number from 1."""
    if not isinstance(value, list) or not all(isinstance(a, str) for a in value):
        faults.append(
            message("areas is no list of area ids in sentence {n}; write [] where there is none", n=sentence)
            if sentence
            else message("areas is no list of area ids; write [] where there is none")
        )
        return frozenset()
    for area in (a for a in value if a not in known):
        about = {"area": area, "n": sentence, "known": ", ".join(sorted(known))}
        faults.append(
            message("unknown area {area!r} in sentence {n}; the taxonomy has {known}", **about)
            if sentence
            else message("unknown area {area!r}; the taxonomy has {known}", **about)
        )
    return frozenset(value)


def _string(row: LabelRow, key: str, faults: list[str], default: str) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value:
        faults.append(
            message("{key} is missing or no text; give each row its own", key=key)
            if key == "id"
            else message("{key} is missing or no text; mend it", key=key)
        )
        return default
    return value


def _heading(row: LabelRow, faults: list[str]) -> tuple[str, ...]:
    value = row.get("heading", [])
    if not isinstance(value, list) or not all(isinstance(h, str) for h in value):
        faults.append(message("heading is no list of texts; write [] where there is none"))
        return ()
    return tuple(value)


def _optional(row: LabelRow, key: str, kind: type[_T], faults: list[str]) -> _T | None:
    value = row.get(key)
    if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
        return value
    faults.append(
        message("{key} {value!r} is no number; mend it", key=key, value=value)
        if kind is int
        else message("{key} {value!r} is no text; mend it", key=key, value=value)
    )
    return None
