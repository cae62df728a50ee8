"""Labelled paragraphs: what a line of a label file says, checked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from classifier.documents.normalize import normalize_text
from classifier.documents.structure import single_paragraph
from classifier.labelling.jsonl import LabelRow, read_rows
from classifier.labelling.sentence_rows import LabelledSentence, area_ids, labelled_sentences
from classifier.messages import message
from classifier.records import Example

SHAPES = ("report", "speech", "plan")
_T = TypeVar("_T")


def load_examples(
    paths: Iterable[Path],
    areas: Iterable[str],
    need_id: bool = True,
    fewer: Mapping[Path, Iterable[str]] | None = None,
) -> tuple[Example, ...]:
    """Read labelled paragraphs. Raises LabelError with a line for each fault: file, line, remedy.

    need_id: rows must have an id and a report; for evaluation alone, their place does. fewer: the areas of those files
    that do not speak of all.
    """
    every = frozenset(areas)
    some = {str(path): frozenset(own) for path, own in (fewer or {}).items()}
    places: dict[str, str] = {}

    def parse(row: LabelRow, place: str, faults: list[str]) -> Example | None:
        own = some.get(place.rpartition(":")[0])
        example = _example(row, every if own is None else own, place, need_id, faults)
        if example is None:
            return None
        if example.id in places:
            there = places[example.id]
            faults.append(message("id {id!r} stands at {there} already; give it its own", id=example.id, there=there))
        places.setdefault(example.id, place)
        return replace(example, known=own) if own is not None and example.known is None else example

    return tuple(read_rows(paths, parse))


def _example(row: LabelRow, known: frozenset[str], place: str, need_id: bool, faults: list[str]) -> Example | None:
    """Return the example of a row, None only where it has no id; every fault of the row is added to `faults`."""
    rows = labelled_sentences(row, known, faults)
    own: dict[str, Any]
    if rows is None:
        own = {"text": _text(row, faults), "areas": area_ids(row.get("areas"), known, faults)}
        own["sentences"] = tuple(s.normalized for s in single_paragraph(own["text"]).sentences)
    else:
        own = _of_sentences(rows)
        if "areas" in row:
            faults.append(message("both areas and sentences; keep the sentences, whose areas make up the paragraph's"))
    file = place.rpartition(":")[0]
    report = _string(row, "report", faults, _string(row, "document", [], "" if need_id else file))
    example = Example(
        id=_string(row, "id", faults, "" if need_id else place),
        report=report,
        heading=_heading(row, faults),
        level=_optional(row, "level", str, faults),
        year=_optional(row, "year", int, faults),
        shape=_optional(row, "shape", str, faults),
        document=_optional(row, "document", str, faults),
        line=_optional(row, "line", int, faults),
        known=_about(row, own["areas"], known, faults),
        **own,
    )
    if example.shape is not None and example.shape not in SHAPES:
        faults.append(message("shape {shape!r} is none of {known}", shape=example.shape, known=", ".join(SHAPES)))
    return example if example.id else None


def _text(row: LabelRow, faults: list[str]) -> str:
    text = row.get("text")
    if isinstance(text, str) and normalize_text(text):
        return text.strip()
    faults.append(message("empty text; a row needs text with areas, or sentences"))
    return ""


def _of_sentences(rows: Sequence[LabelledSentence]) -> dict[str, Any]:
    """Return what the labelled sentences of a row say of its paragraph."""
    return {
        "text": "".join(s.text for s in rows),
        "areas": frozenset[str]().union(*(s.areas for s in rows if s.areas is not None)),
        "sentences": tuple(s.text for s in rows),
        "sentence_areas": tuple(s.areas for s in rows),
        "disputed": tuple(s.disputed for s in rows) if any(s.disputed for s in rows) else (),
        "clause_areas": tuple(s.clauses for s in rows) if any(s.clauses is not None for s in rows) else (),
    }


def _about(row: LabelRow, areas: frozenset[str], known: frozenset[str], faults: list[str]) -> frozenset[str] | None:
    """Return the areas that the labels of a row speak of; None where they speak of all."""
    if "about" not in row:
        return None
    about = area_ids(row["about"], known, faults)
    if beyond := sorted(areas - about):
        faults.append(message("area {area!r} is not among those of about; add it there", area=beyond[0]))
    return about


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
