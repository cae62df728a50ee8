"""Outcomes: of labelled sentences, what they are about and what a model that had not seen their report made of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Bools, Ints
from classifier.messages import message

NEW_REPORT, NEW_PARAGRAPH = 2, 1  # in the first column: what begins with a sentence; 0 where the paragraph goes on
_BITS = 16  # areas in a column
_LONGEST = (1 << 16) - 1


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Labelled sentences with their true and their predicted areas, report by report.

    table: shape (sentences, 2 + 2 * ceil(areas / 16)), as it is stored: what begins with the sentence, its length, a
    bit for each true area, a bit for each predicted one. areas: how many there are.
    """

    table: NDArray[np.uint16]
    areas: int

    @cached_property
    def report(self) -> Ints:
        """The number of the report of each sentence, ascending from 0."""
        return np.cumsum(self.table[:, 0] == NEW_REPORT) - 1

    @cached_property
    def paragraph(self) -> Ints:
        """The number of the paragraph of each sentence, ascending from 0 over all reports."""
        return np.cumsum(self.table[:, 0] >= NEW_PARAGRAPH) - 1

    @property
    def length(self) -> Ints:
        """The characters of each sentence that were counted."""
        return self.table[:, 1].astype(np.int64)

    @property
    def truth(self) -> Bools:
        """What each sentence is about, shape (sentences, areas)."""
        return self._bits(2)

    @property
    def predicted(self) -> Bools:
        """What each sentence was evidence for, shape (sentences, areas)."""
        return self._bits(2 + _columns(self.areas))

    def _bits(self, start: int) -> Bools:
        columns = self.table[:, start : start + _columns(self.areas)]
        bits = (columns[:, :, None] >> np.arange(_BITS, dtype=np.uint16)) & 1
        return bits.reshape(len(columns), -1)[:, : self.areas].astype(np.bool_)


def pack_outcomes(report: Ints, paragraph: Ints, length: Ints, truth: Bools, predicted: Bools) -> Outcomes:
    """Return the outcomes of sentences, those of a report and of a paragraph put together.

    report, paragraph, length: of each sentence, shape (sentences,); all numbers of paragraphs differ between reports.
    truth, predicted: shape (sentences, areas).
    """
    order = np.lexsort((paragraph, report))
    new_report = np.diff(report[order], prepend=-1) != 0
    new_paragraph = np.diff(paragraph[order], prepend=-1) != 0
    begins = np.where(new_report, NEW_REPORT, np.where(new_paragraph, NEW_PARAGRAPH, 0))
    columns = [begins, np.minimum(length[order], _LONGEST), *_packed(truth[order]), *_packed(predicted[order])]
    return Outcomes(np.stack(columns, axis=1).astype(np.uint16), truth.shape[1])


def check_outcomes(outcomes: Outcomes) -> None:
    """Raise ValueError unless a stored table has the columns and values that outcomes have."""
    table, columns = outcomes.table, _columns(outcomes.areas)
    if table.dtype != np.uint16 or table.ndim != 2 or table.shape[1] != 2 + 2 * columns:
        raise ValueError(message("outcomes have shape {found}", found=table.shape))
    if len(table) and (table[0, 0] != NEW_REPORT or table[:, 0].max() > NEW_REPORT):
        raise ValueError(message("outcomes do not begin with a report"))
    last = table[:, [1 + columns, 1 + 2 * columns]]
    if outcomes.areas % _BITS and (last >> (outcomes.areas % _BITS)).any():
        raise ValueError(message("outcomes name areas that there are not"))


def _columns(areas: int) -> int:
    return -(-areas // _BITS)


def _packed(flags: Bools) -> NDArray[np.int64]:
    """Return columns of bits, shape (ceil(areas / 16), rows)."""
    bits = np.arange(flags.shape[1])
    values = flags.astype(np.int64) << (bits % _BITS)
    return np.stack([values[:, bits // _BITS == c].sum(axis=1) for c in range(_columns(flags.shape[1]))])
