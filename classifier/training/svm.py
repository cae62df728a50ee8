"""Support vector machines of sentences and clauses, whose labels may be known of groups of rows alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Floats, Ints
from classifier.labelling.labelled_counts import UNKNOWN
from classifier.model.linear import LinearClassifiers
from classifier.settings import Settings
from classifier.training.solver import GRADIENT_TOLERANCE, LOOSE_TOLERANCE, Solution, WeighedRows, solve

_ROUNDS_OF_CHOOSING = 3  # of choosing the rows that carry an area, and fitting again


@dataclass(frozen=True, slots=True, eq=False)
class _Bags:
    """The rows of one area whose label is UNKNOWN, those of a group side by side, and where each group begins."""

    rows: Ints
    starts: Ints

    def best_rows(self, scores: Floats, held_out: Bools) -> Ints:
        """Return the first best row of each group that is not held out; scores, held_out: shape (rows,)."""
        if not len(self.rows):
            return self.rows
        own = scores[self.rows]
        best = np.maximum.reduceat(own, self.starts)
        bag = np.repeat(np.arange(len(self.starts)), np.diff(self.starts, append=len(own)))
        equal = np.flatnonzero(own == best[bag])
        first = equal[np.diff(bag[equal], prepend=-1) != 0]
        chosen: Ints = self.rows[first]
        return chosen[~held_out[chosen]]


@dataclass(frozen=True, eq=False)
class LabelledRows:
    """Rows to fit on.

    labels: shape (rows, areas): 1, 0, UNKNOWN or UNLABELLED. group: shape (rows, areas); where the label is UNKNOWN,
    one row of those of the same group has the area.
    """

    weighed: WeighedRows
    labels: NDArray[np.int8]
    group: Ints

    @cached_property
    def bags(self) -> tuple[_Bags, ...]:
        """The rows of each area whose label is UNKNOWN."""
        return tuple(_bags(labels, group) for labels, group in zip(self.labels.T, self.group.T, strict=True))


def _bags(labels: NDArray[np.int8], group: Ints) -> _Bags:
    rows = np.flatnonzero(labels == UNKNOWN)
    rows = rows[np.argsort(group[rows], kind="stable")]
    return _Bags(rows, np.flatnonzero(np.diff(group[rows], prepend=-1)))


@dataclass(frozen=True, slots=True, eq=False)
class Alphas:
    """Those alphas of a fit that are not 0. index: row * areas + area, ascending."""

    index: Ints
    value: NDArray[np.float32]

    def dense(self, rows: int, areas: int) -> Floats:
        """Return all alphas, shape (rows, areas); of rows that it does not know they are 0."""
        whole = np.zeros(rows * areas)
        whole[self.index] = self.value
        return whole.reshape(rows, areas)


def _compact(alphas: Floats) -> Alphas:
    index = np.flatnonzero(alphas)
    return Alphas(index, alphas.ravel()[index].astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class FittedRows:
    """classifiers: one for each area. alphas: those of each round of fits, for others to begin with."""

    classifiers: LinearClassifiers
    alphas: tuple[Alphas, ...]


def fit_svms(labelled: LabelledRows, held_out: Bools, settings: Settings, start: Sequence[Alphas] = ()) -> FittedRows:
    """Fit one linear support vector machine for each area on the rows that are not held out, shape (rows,).

    Where labels are UNKNOWN, the best row of a group is taken to carry its area (MI-SVM: Andrews, Tsochantaridis and
    Hofmann, NIPS 2002); groups are held out whole. start: for each round alphas to begin with, of much the same rows;
    where there are none, those of the round before. An area has the same classifier whatever the other areas are.
    """
    weak = (labelled.labels == UNKNOWN) & ~held_out[:, None]
    open_areas, sure_areas = np.flatnonzero(weak.any(axis=0)), np.flatnonzero(~weak.any(axis=0))
    signs = _first_signs(labelled.labels, weak, held_out)
    solution = Solution(np.zeros((labelled.weighed.columns + 1, signs.shape[1])), np.zeros(signs.shape))
    begun = start[0].dense(*signs.shape) if start else solution.alphas
    solution = _solve_areas(labelled, solution, sure_areas, signs, begun, settings, GRADIENT_TOLERANCE)
    solution = _solve_areas(labelled, solution, open_areas, signs, begun, settings, LOOSE_TOLERANCE)
    rounds = [_compact(solution.alphas)]
    for n in range(1, _ROUNDS_OF_CHOOSING + 1) if len(open_areas) else ():
        chosen = _choose(labelled, solution, signs, weak, held_out, open_areas)
        begun = start[n].dense(*signs.shape) if len(start) > n else np.where(chosen == signs, solution.alphas, 0)
        tolerance = GRADIENT_TOLERANCE if n == _ROUNDS_OF_CHOOSING else LOOSE_TOLERANCE
        signs = chosen
        solution = _solve_areas(labelled, solution, open_areas, signs, begun, settings, tolerance)
        rounds.append(_compact(solution.alphas))
    return FittedRows(solution.classifiers(), tuple(rounds))


def _solve_areas(
    labelled: LabelledRows,
    solution: Solution,
    areas: Ints,
    signs: NDArray[np.int8],
    begun: Floats,
    settings: Settings,
    tolerance: float,
) -> Solution:
    """Return the solution with that of some areas replaced by a fit that begins with the alphas `begun`."""
    if not len(areas):
        return solution
    part = solve(labelled.weighed, signs[:, areas], settings.c, settings.seed, begun[:, areas], tolerance)
    found = Solution(solution.weights.copy(), solution.alphas.copy())
    found.weights[:, areas], found.alphas[:, areas] = part.weights, part.alphas
    return found


def _first_signs(labels: NDArray[np.int8], weak: Bools, held_out: Bools) -> NDArray[np.int8]:
    """Return what each row counts as at first: 1, -1 or 0, shape (rows, areas).

    The sure rows show what to look for; where an area has none, every row of its groups counts.
    """
    signs = np.where(labels == 1, np.int8(1), np.where(labels == 0, np.int8(-1), np.int8(0)))
    signs[held_out] = 0
    unsure = ~(signs == 1).any(axis=0)
    signs[:, unsure] += weak[:, unsure]
    return signs


def _choose(
    labelled: LabelledRows,
    solution: Solution,
    signs: NDArray[np.int8],
    weak: Bools,
    held_out: Bools,
    open_areas: Ints,
) -> NDArray[np.int8]:
    """Return signs with those rows positive, of the rows whose labels are UNKNOWN, that are the best of their group."""
    found = np.where(weak, np.int8(0), signs)
    scores = labelled.weighed.scores(Solution(solution.weights[:, open_areas], solution.alphas).classifiers())
    for column, area in enumerate(open_areas):
        found[labelled.bags[area].best_rows(scores[:, column], held_out), area] = 1
    return found
