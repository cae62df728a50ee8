"""Corrections of labels by identifier, for texts that may not stand in the project."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classifier.errors import LabelError
from classifier.labelling.jsonl import LabelRow, read_rows
from classifier.messages import counted_message, message
from classifier.records import Example

Corrections = dict[tuple[str, int], frozenset[str]]


def load_corrections(path: Path, areas: Sequence[str]) -> Corrections:
    """Read rows of id, sentence (from 1) and areas. Raises LabelError with a line for each fault."""
    found: Corrections = {}

    def parse(row: LabelRow, _: str, faults: list[str]) -> None:
        if missing := [key for key in ("id", "sentence", "areas") if key not in row]:
            faults.append(message("needs id, sentence and areas, and has no {key}; mend it", key=missing[0]))
            return
        identity, number, value = row["id"], row["sentence"], row["areas"]
        known = isinstance(value, list) and all(isinstance(a, str) and a in areas for a in value)
        if not isinstance(identity, str) or type(number) is not int or not known:
            faults.append(message("id is no text, sentence no number or an area unknown; mend it"))
        elif (identity, number) in found:
            faults.append(message("{id} sentence {n} is corrected twice; keep one", id=identity, n=number))
        else:
            found[identity, number] = frozenset(value)

    read_rows([path], parse)
    return found


def corrected(examples: Sequence[Example], corrections: Corrections) -> tuple[Example, ...]:
    """Return the examples with corrected areas. Raises LabelError where a correction meets no sentence."""
    unused = dict(corrections)
    result = []
    for example in examples:
        if example.sentence_areas is None:
            result.append(example)
            continue
        areas = tuple(unused.pop((example.id, n), a) for n, a in enumerate(example.sentence_areas, start=1))
        whole = frozenset[str]().union(*(a for a in areas if a is not None))
        same = [old == new for old, new in zip(example.sentence_areas, areas, strict=True)]
        clauses = tuple(own if kept else None for own, kept in zip(example.clause_areas, same, strict=False))
        result.append(replace(example, sentence_areas=areas, areas=whole, clause_areas=clauses))
    if unused:
        identity, number = next(iter(unused))
        raise LabelError(
            counted_message(
                "corrections: {n} meets no sentence, the first is {id} sentence {sentence}; mend or remove it",
                "corrections: {n} meet no sentence, the first is {id} sentence {sentence}; mend or remove them",
                len(unused),
                id=identity,
                sentence=number,
            )
        )
    return tuple(result)
