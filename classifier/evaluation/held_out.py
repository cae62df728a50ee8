"""What a model made of labelled paragraphs when it had not seen their report, kept so that versions can be compared."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.model.model import DIGITS
from classifier.model.outcomes import Outcomes
from classifier.storage.atomic import atomic_file


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """Out-of-fold probabilities of labelled paragraphs.

    areas: ids, one column each. ids, reports: of each paragraph. truth, known: shape (paragraphs, areas), which areas
    it has and of which that is known. scores: probabilities, same shape. threshold: from which an area is tagged.
    """

    areas: tuple[str, ...]
    ids: tuple[str, ...]
    reports: tuple[str, ...]
    truth: Bools
    known: Bools
    scores: Floats
    threshold: float


def held_out_of_outcomes(
    outcomes: Outcomes, areas: Sequence[str], ids: Sequence[str], reports: Sequence[str], threshold: float
) -> HeldOut:
    """Return what outcomes say of the paragraphs that they were made of, 1 for a tag and 0 for none.

    ids, reports: of the paragraphs in the order in which they were counted, all labelled by sentence. threshold:
    of the model, which 1 reaches and 0 does not. Raises ValueError where they are not those of the outcomes.
    """
    numbers = {report: i for i, report in enumerate(dict.fromkeys(reports))}
    order = np.argsort([numbers[r] for r in reports], kind="stable")
    paragraph = outcomes.paragraph
    if not len(paragraph) or paragraph[-1] + 1 != len(order):
        raise ValueError("outcomes of other paragraphs")
    truth, predicted = (_any(rows, paragraph, len(order)) for rows in (outcomes.truth, outcomes.predicted))
    own: list[int] = order.tolist()
    return HeldOut(
        tuple(areas),
        tuple(ids[i] for i in own),
        tuple(reports[i] for i in own),
        truth,
        np.ones(truth.shape, dtype=np.bool_),
        predicted.astype(np.float64),
        threshold,
    )


def _any(rows: Bools, group: Ints, groups: int) -> Bools:
    found = np.zeros((groups, rows.shape[1]), dtype=np.bool_)
    np.logical_or.at(found, group, rows)
    return found


def paired(
    first: HeldOut, second: HeldOut, *, only: frozenset[str] | None = None
) -> tuple[EvaluatedPredictions, EvaluatedPredictions]:
    """Return both on the paragraphs that both hold, over the areas of both; what either does not know counts not.

    only: ids of paragraphs, all if not given.
    """
    areas = tuple(a for a in first.areas if a in second.areas)
    there = {identity: i for i, identity in enumerate(second.ids)}
    rows = [
        (i, there[identity])
        for i, identity in enumerate(first.ids)
        if identity in there and (only is None or identity in only)
    ]
    one, other = np.array([i for i, _ in rows], dtype=np.int64), np.array([j for _, j in rows], dtype=np.int64)
    columns = [np.array([part.areas.index(a) for a in areas], dtype=np.int64) for part in (first, second)]
    known = first.known[np.ix_(one, columns[0])] & second.known[np.ix_(other, columns[1])]
    truth = first.truth[np.ix_(one, columns[0])] & known
    reports = tuple(first.reports[i] for i in one.tolist())
    unsure = None if known.all() else ~known
    one_side, other_side = (
        EvaluatedPredictions(
            areas, truth, part.scores[np.ix_(chosen, own)], reports, disputed=unsure, threshold=part.threshold
        )
        for part, chosen, own in ((first, one, columns[0]), (second, other, columns[1]))
    )
    return one_side, other_side


def save_held_out(held_out: HeldOut, path: Path) -> None:
    """Write it to a file. Raises ClassifierError where that cannot be."""
    stream = BytesIO()
    np.savez_compressed(
        stream,
        areas=np.array(held_out.areas),
        ids=np.array(held_out.ids),
        reports=np.array(held_out.reports),
        truth=held_out.truth,
        known=held_out.known,
        scores=held_out.scores.astype(np.float32),
        threshold=held_out.threshold,
    )
    with atomic_file(path) as file:
        file.write(stream.getvalue())


def load_held_out(path: Path) -> HeldOut | None:
    """Read it; None where there is none, or none that can be read."""
    try:
        with np.load(path, allow_pickle=False) as data:
            texts = [tuple(data[name].tolist()) for name in ("areas", "ids", "reports")]
            scores = np.round(data["scores"].astype(float), DIGITS)  # as they were before they became shorter numbers
            return HeldOut(texts[0], texts[1], texts[2], data["truth"], data["known"], scores, float(data["threshold"]))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
        return None
