"""How far two readings of the same paragraphs agree: kappa, F1 and Krippendorff's alpha."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.errors import LabelError
from classifier.labelling.jsonl import LabelRow, read_rows
from classifier.messages import message

AnnotatedUnit = tuple[str, int]  # id of a paragraph, and number of a sentence from 1, or 0 for the paragraph as a whole
Reading = Mapping[AnnotatedUnit, frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """areas: those that occur. kappa, f1: for each area. overall: kappa of all decisions together.

    alpha: Krippendorff's, over the sets of areas with MASI distance. exact: share of units with the same set.
    """

    areas: tuple[str, ...]
    kappa: NDArray[np.float64]
    f1: NDArray[np.float64]
    support: NDArray[np.int64]
    overall: float
    macro_f1: float
    alpha: float
    exact: float
    units: int


def load_reading(path: Path) -> dict[AnnotatedUnit, frozenset[str]]:
    """Read the areas of paragraphs or of their sentences; text may be there and is not needed.

    Raises LabelError with a line for each fault: file, line, remedy.
    """
    found: dict[AnnotatedUnit, frozenset[str]] = {}

    def parse(row: LabelRow, _: str, faults: list[str]) -> None:
        try:
            units = _units(row)
        except (KeyError, TypeError) as error:
            why = message("{key} is missing", key=error.args[0]) if isinstance(error, KeyError) else error
            faults.append(message("needs id, and areas or sentences with areas ({why}); mend it", why=why))
            return
        if any(unit in found for unit in units):
            faults.append(message("id {id!r} stands twice; give each paragraph its own", id=row["id"]))
        found.update(units)

    read_rows([path], parse)
    return found


def whole_paragraphs(reading: Reading) -> dict[AnnotatedUnit, frozenset[str]]:
    """Return the same reading with paragraphs alone, each with the union of the areas of its sentences."""
    found: dict[AnnotatedUnit, frozenset[str]] = {}
    for (identity, _), areas in reading.items():
        found[identity, 0] = found.get((identity, 0), frozenset()) | areas
    return found


def _units(row: LabelRow) -> dict[AnnotatedUnit, frozenset[str]]:
    """Return the areas of each unit of a row. Raises KeyError or TypeError where the row is none of a reading."""
    identity = row["id"]
    sentences = row.get("sentences")
    if not isinstance(identity, str):
        raise TypeError(message("id is no text"))
    if isinstance(sentences, list):
        return {(identity, n): _areas(s["areas"]) for n, s in enumerate(sentences, start=1)}
    return {(identity, 0): _areas(row["areas"])}


def _areas(value: object) -> frozenset[str]:
    """Return a list of area ids as a set. Raises TypeError where it is none."""
    if not isinstance(value, list) or not all(isinstance(a, str) for a in value):
        raise TypeError(message("areas is no list of ids"))
    return frozenset(value)


def measure_agreement(first: Reading, second: Reading, areas: Sequence[str] = ()) -> Agreement:
    """Compare two readings on the units that both have; `areas` gives the order of columns.

    Raises LabelError where they have none in common.
    """
    from sklearn.metrics import f1_score

    common = sorted(set(first) & set(second))
    if not common:
        raise LabelError(
            message("agreement: the two files have no id in common; give two readings of the same paragraphs")
        )
    seen = frozenset().union(*(first[u] | second[u] for u in common))
    names = (*(a for a in areas if a in seen), *sorted(seen - set(areas)))
    one, other = (np.array([[a in r[u] for a in names] for u in common], dtype=np.bool_) for r in (first, second))
    one, other = one.reshape(len(common), -1), other.reshape(len(common), -1)
    kappa = np.array([_kappa(x, y) for x, y in zip(one.T, other.T, strict=True)])
    f1 = np.array([f1_score(x, y, zero_division=np.nan) for x, y in zip(one.T, other.T, strict=True)])
    return Agreement(
        areas=names,
        kappa=kappa,
        f1=f1,
        support=one.sum(axis=0),
        overall=_kappa(one.ravel(), other.ravel()),
        macro_f1=float(np.nanmean(f1)) if names else float("nan"),
        alpha=masi_alpha([first[u] for u in common], [second[u] for u in common]),
        exact=float(np.mean([first[u] == second[u] for u in common])),
        units=len(common),
    )


def _kappa(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Return Cohen's kappa of two lists of decisions; nan where all decisions of both are the same."""
    from sklearn.metrics import cohen_kappa_score

    if len(np.unique(np.concatenate([one, other]))) < 2:
        return float("nan")
    return float(cohen_kappa_score(one, other, labels=[False, True]))


def masi_distance(a: frozenset[str], b: frozenset[str]) -> float:
    """Return 1 - J * M (Passonneau, LREC 2006): J is Jaccard's index, M is 1, 2/3, 1/3 or 0.

    M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they do not.
    """
    if a == b:
        return 0.0
    common = a & b
    if not common:
        return 1.0
    weight = 2 / 3 if common in (a, b) else 1 / 3
    return 1 - len(common) / len(a | b) * weight


def masi_alpha(first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]) -> float:
    """Return Krippendorff's alpha of two lists of sets with MASI distance; nan where all sets are the same.

    1 - observed / expected distance (Krippendorff 2004, chapter 11), here for two readers and no gaps. The
    krippendorff package, with which the tests compare it, holds units x sets x sets in memory.
    """
    sets = sorted({*first, *second}, key=sorted)
    if len(sets) < 2:
        return float("nan")
    place = {s: i for i, s in enumerate(sets)}
    distances = np.array([[masi_distance(a, b) for b in sets] for a in sets])
    one, other = (np.array([place[s] for s in reading]) for reading in (first, second))
    counts = np.bincount(np.concatenate([one, other]), minlength=len(sets)).astype(np.float64)
    n = counts.sum()
    expected = counts @ distances @ counts / (n * (n - 1))
    return float(1 - distances[one, other].mean() / expected)


def disagreements(first: Reading, second: Reading) -> list[tuple[AnnotatedUnit, frozenset[str], frozenset[str]]]:
    """Return the units on which two readings differ, with the areas of each."""
    return [(u, first[u], second[u]) for u in sorted(set(first) & set(second)) if first[u] != second[u]]
