"""Corrections of labels by identifier, for texts that may not stand in the project."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classifier.errors import LabelError
from classifier.records import Example

Corrections = dict[tuple[str, int], frozenset[str]]


def load_corrections(path: Path, areas: Sequence[str]) -> Corrections:
    """Read rows of id, sentence (from 1) and areas. Raises LabelError with file and line for a bad one."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: cannot be read as UTF-8 ({error}); check the path") from error
    found: Corrections = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            identity, number_of_sentence, value = row["id"], row["sentence"], row["areas"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise LabelError(f"{path}:{number}: needs id, sentence and areas ({error}); mend it") from error
        known = isinstance(value, list) and all(isinstance(a, str) and a in areas for a in value)
        if not isinstance(identity, str) or type(number_of_sentence) is not int or not known:
            raise LabelError(f"{path}:{number}: id is no text, sentence no number or an area unknown; mend it")
        key = (identity, number_of_sentence)
        if key in found:
            raise LabelError(f"{path}:{number}: {key[0]} sentence {key[1]} is corrected twice; keep one")
        found[key] = frozenset(value)
    return found


def corrected(examples: Sequence[Example], corrections: Corrections) -> tuple[Example, ...]:
    """Return the examples with corrected areas. Raises LabelError where a correction meets no sentence."""
    left = dict(corrections)
    result = []
    for example in examples:
        if example.sentence_areas is None:
            result.append(example)
            continue
        areas = tuple(left.pop((example.id, n), a) for n, a in enumerate(example.sentence_areas, start=1))
        result.append(replace(example, sentence_areas=areas, areas=frozenset[str]().union(*areas)))
    if left:
        identity, number = next(iter(left))
        raise LabelError(f"corrections: {len(left)} meet no sentence, the first is {identity} sentence {number}")
    return tuple(result)
