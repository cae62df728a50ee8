"""Labelled sentences of a row of a label file, and the areas that they name, checked."""

from typing import Any, NamedTuple

from classifier.documents.clauses import split_clauses
from classifier.documents.normalize import normalize_text
from classifier.labelling.jsonl import LabelRow
from classifier.messages import message


class LabelledSentence(NamedTuple):
    """A sentence of a row: its text, its areas, those in dispute, and those of each of its clauses.

    areas: None where the sentence is not labelled. clauses: None where they are not labelled.
    """

    text: str
    areas: frozenset[str] | None
    disputed: frozenset[str]
    clauses: tuple[frozenset[str], ...] | None


def labelled_sentences(row: LabelRow, known: frozenset[str], faults: list[str]) -> tuple[LabelledSentence, ...] | None:
    """Return the sentences of a row, None where it has areas only as a whole; faults are added to `faults`."""
    if "sentences" not in row:
        return None
    rows = row["sentences"]
    if not isinstance(rows, list) or not rows:
        faults.append(message("sentences is no list or empty; a row needs text with areas, or sentences"))
        return ()
    return tuple(_sentence(value, n, known, faults) for n, value in enumerate(rows, start=1))


def _sentence(value: object, n: int, known: frozenset[str], faults: list[str]) -> LabelledSentence:
    """Return the sentence with the number n, from 1. A dispute of an area that it has all the same is none."""
    row: dict[str, Any] = value if isinstance(value, dict) else {}
    text = row.get("text")
    if not isinstance(text, str) or not normalize_text(text):
        faults.append(message("empty text in sentence {n}; write it or leave the sentence out", n=n))
        text = ""
    unlabelled = "areas" in row and row["areas"] is None
    areas = None if unlabelled else area_ids(row.get("areas"), known, faults, n)
    disputed = area_ids(row.get("disputed", []), known, faults, n) - (areas or frozenset())
    clauses = _clauses(row["clauses"], text, areas, n, known, faults) if "clauses" in row else None
    return LabelledSentence(text, areas, disputed, clauses)


def _clauses(
    value: object, text: str, areas: frozenset[str] | None, n: int, known: frozenset[str], faults: list[str]
) -> tuple[frozenset[str], ...] | None:
    """Return the areas of each clause of the sentence with the number n."""
    cut = split_clauses(normalize_text(text))
    if not isinstance(value, list) or len(value) != len(cut):
        faults.append(
            message(
                "clauses of sentence {n} must be a list of {clauses} lists, one for each clause", n=n, clauses=len(cut)
            )
        )
        return None
    found = tuple(area_ids(own, known, faults, n) for own in value)
    if frozenset[str]().union(*found) != areas:
        faults.append(message("clauses of sentence {n} do not have the areas of the sentence; mend one of them", n=n))
    return found


def area_ids(value: object, known: frozenset[str], faults: list[str], sentence: int = 0) -> frozenset[str]:
    """Return the areas of a paragraph, or of the sentence with a number from 1; faults are added to `faults`."""
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
