"""Labelled paragraphs read from JSONL; every fault of every file is reported at once, with its line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from classifier.documents.structure import single
from classifier.errors import LabelError
from classifier.records import Example

SHAPES = ("report", "speech", "plan")
T = TypeVar("T")
LONGEST_LIST = 20  # faults shown before the rest is only counted


def load_examples(paths: Iterable[Path], areas: Iterable[str]) -> tuple[Example, ...]:
    """Read labelled paragraphs. Raises LabelError with a line for each fault: file, line, remedy."""
    known = frozenset(areas)
    examples: list[Example] = []
    places: dict[str, str] = {}
    faults: list[str] = []
    for path in paths:
        for place, line in _lines(path):
            try:
                example = _example(line, known, place)
                if example.id in places:
                    raise _FaultError(f"id {example.id!r} stands at {places[example.id]} already; give it its own")
            except _FaultError as fault:
                faults.extend(f"{place}: {text}" for text in fault.texts)
            else:
                places[example.id] = place
                examples.append(example)
    if faults:
        more = len(faults) - LONGEST_LIST
        shown = faults[:LONGEST_LIST] + ([f"… and {more} more faults"] if more > 0 else [])
        raise LabelError("\n".join(shown))
    return tuple(examples)


class _FaultError(Exception):
    def __init__(self, *texts: str) -> None:
        super().__init__(*texts)
        self.texts = texts


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LabelError(f"{path}: cannot be opened ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise LabelError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", line


def _example(line: str, known: frozenset[str], place: str) -> Example:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise _FaultError(f"broken JSON at column {error.colno} ({error.msg}); write one object on the line") from error
    if not isinstance(row, dict):
        raise _FaultError("not a JSON object; write one object on the line")
    faults: list[str] = []
    sentences, sentence_areas = _sentences(row, known, faults)
    areas: frozenset[str] = frozenset()
    if sentence_areas is not None:
        areas = areas.union(*sentence_areas)
    elif not faults:
        areas = _areas(row.get("areas"), known, faults)
    example = Example(
        id=_string(row, "id", faults, place),
        report=_string(row, "report", faults, _string(row, "document", [], place.rpartition(":")[0])),
        text=row["text"].strip() if sentence_areas is None and sentences else "".join(sentences),
        sentences=sentences,
        areas=areas,
        sentence_areas=sentence_areas,
        heading=_heading(row, faults),
        level=_optional(row, "level", str, faults),
        year=_optional(row, "year", int, faults),
        shape=_optional(row, "shape", str, faults),
    )
    if example.shape is not None and example.shape not in SHAPES:
        faults.append(f"shape {example.shape!r} is none of {', '.join(SHAPES)}")
    if faults:
        raise _FaultError(*faults)
    return example


def _sentences(
    row: dict[str, Any], known: frozenset[str], faults: list[str]
) -> tuple[tuple[str, ...], tuple[frozenset[str], ...] | None]:
    """Sentences with their areas, or the sentences of `text`, which has areas only as a whole."""
    if "sentences" not in row:
        text = row.get("text")
        if not isinstance(text, str) or not text.strip():
            faults.append("empty text; a row needs text with areas, or sentences")
            return (), None
        return tuple(s.plain for s in single(text).sentences), None
    rows = row["sentences"]
    if not isinstance(rows, list) or not rows:
        faults.append("sentences is no list or empty; a row needs text with areas, or sentences")
        return (), None
    texts: list[str] = []
    areas: list[frozenset[str]] = []
    for n, sentence in enumerate(rows, start=1):
        text = sentence.get("text") if isinstance(sentence, dict) else None
        if not isinstance(text, str) or not text.strip():
            faults.append(f"empty text in sentence {n}; write it or leave the sentence out")
            continue
        texts.append(text)
        areas.append(_areas(sentence.get("areas"), known, faults, f" in sentence {n}"))
    return tuple(texts), tuple(areas)


def _areas(value: object, known: frozenset[str], faults: list[str], where: str = "") -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(a, str) for a in value):
        faults.append(f"areas is no list of area ids{where}; write [] where there is none")
        return frozenset()
    faults.extend(
        f"unknown area {a!r}{where}; the taxonomy has {', '.join(sorted(known))}" for a in value if a not in known
    )
    return frozenset(value)


def _string(row: dict[str, Any], key: str, faults: list[str], default: str) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value:
        faults.append(f"{key} is no text; mend it")
        return default
    return value


def _heading(row: dict[str, Any], faults: list[str]) -> tuple[str, ...]:
    value = row.get("heading", [])
    if not isinstance(value, list) or not all(isinstance(h, str) for h in value):
        faults.append("heading is no list of texts; write [] where there is none")
        return ()
    return tuple(value)


def _optional(row: dict[str, Any], key: str, kind: type[T], faults: list[str]) -> T | None:
    value = row.get(key)
    if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
        return value
    faults.append(f"{key} {value!r} is no {'number' if kind is int else 'text'}; mend it")
    return None
