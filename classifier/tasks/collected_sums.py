"""The sums of documents as they come in, and their groups once all are there; few numbers are kept of each."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from classifier.analysis.alike import MOST_COMPARED, alike_by_fingerprint
from classifier.analysis.area_shares import UNKNOWN_VALUE
from classifier.analysis.estimates import GroupSums, LabelledSums
from classifier.analysis.familiarity import LEAST_SENTENCES
from classifier.arrays import Bools, Ints
from classifier.output.shares.sums import DocumentSum, LabelledSum, decode_sums

REPORT = "report"  # the field that every document has: its name


class CollectedGroup(NamedTuple):
    """The sums of a group: the value of each field, its documents, its labelled rows, how many documents are unlike."""

    values: tuple[str, ...]
    sums: GroupSums
    labelled: LabelledSums
    unlike: int


class CollectedSums:
    """Sums of documents, in the order in which they came.

    rows: the numbers of the labelled rows that were found. fields: the names of all that is known of documents.
    """

    def __init__(self, by: Sequence[str], silent_limit: float | None) -> None:
        """Collect for groups by some fields. silent_limit: the largest usual part of sentences without an area."""
        self.by, self.silent_limit = tuple(by), silent_limit
        self.fields, self.rows = set[str](), set[int]()
        self._vectors, self._weights, self._group, self._unlike = array("d"), array("d"), array("q"), bytearray()
        self._prints: list[str] = []
        self._fingerprints: list[tuple[int, bytes]] = []  # of whole files, with the numbers of their documents
        self._labelled: list[tuple[int, LabelledSum]] = []
        self._groups: dict[tuple[str, ...], int] = {}

    def __len__(self) -> int:
        """Return how many documents with text there are."""
        return len(self._weights)

    def add(self, data: bytes, fingerprints: Mapping[str, bytes]) -> None:
        """Add documents as `SumsFormat` encodes them; those without text that counts are left out.

        fingerprints: of documents that are whole files, by name, by which those that are nearly identical are told.
        """
        for one in decode_sums(data):
            if one.weight:
                if found := fingerprints.get(one.name):
                    self._fingerprints.append((len(self), found))
                self._add(one)

    def _add(self, one: DocumentSum) -> None:
        number = len(self)
        known = {REPORT: one.name, **one.fields}
        self.fields |= known.keys()
        values = tuple(known.get(name, UNKNOWN_VALUE) for name in self.by)
        self._group.append(self._groups.setdefault(values, len(self._groups)))
        self._vectors.extend(one.vector)
        self._weights.append(one.weight)
        self._unlike.append(self._is_unlike(one))
        self._prints.append(one.print)
        new = [row for row in one.labelled if row.row not in self.rows]  # a row was drawn from one document
        self.rows |= {row.row for row in new}
        self._labelled += ((number, row) for row in new)

    def _is_unlike(self, one: DocumentSum) -> bool:
        """Whether a document is long, and the model finds nothing in more of it than is usual in the labels."""
        if self.silent_limit is None or one.sentences < LEAST_SENTENCES:
            return False
        return one.silent > self.silent_limit * one.sentences

    def kept(self, keep_duplicates: bool) -> Bools:
        """Return which documents count, shape (documents,): of those with nearly the same text the first, or all."""
        kept = np.ones(len(self), dtype=np.bool_)
        if not keep_duplicates:
            kept[repeated(self._prints)] = False
            names, prints = [str(n) for n, _ in self._fingerprints], [found for _, found in self._fingerprints]
            for group in alike_by_fingerprint(names[:MOST_COMPARED], prints[:MOST_COMPARED]):
                kept[[int(name) for name in group.names[1:]]] = False
        return kept

    def whole(self, kept: Bools) -> CollectedGroup:
        """Return all documents that count as one group without values."""
        return self._collected((), np.flatnonzero(kept), [row for number, row in self._labelled if kept[number]])

    def groups(self, kept: Bools) -> Iterator[CollectedGroup]:
        """Yield the groups of the documents that count, in the order of their values, unknown ones last."""
        group = np.array(self._group)
        numbers = np.flatnonzero(kept)
        numbers = numbers[np.argsort(group[numbers], kind="stable")]
        bounds = np.searchsorted(group[numbers], np.arange(len(self._groups) + 1))
        labelled: dict[int, list[LabelledSum]] = {}
        for number, row in self._labelled:
            if kept[number]:
                labelled.setdefault(self._group[number], []).append(row)
        for values in sorted(self._groups, key=lambda own: [(value == UNKNOWN_VALUE, value) for value in own]):
            i = self._groups[values]
            if bounds[i] < bounds[i + 1]:
                yield self._collected(values, numbers[bounds[i] : bounds[i + 1]], labelled.get(i, []))

    def unknown(self, kept: Bools) -> dict[str, int]:
        """Return of how many documents that count a field is not known, for those of which there are any."""
        names = list(self._groups)
        found = Counter[str]()
        for number, n in zip(*np.unique(np.array(self._group)[kept], return_counts=True), strict=True):
            for field, value in zip(self.by, names[number], strict=True):
                found[field] += int(n) if value == UNKNOWN_VALUE else 0
        return {field: n for field, n in found.items() if n}

    def _collected(self, values: tuple[str, ...], numbers: Ints, rows: list[LabelledSum]) -> CollectedGroup:
        vectors = np.frombuffer(self._vectors).reshape(len(self), -1)[numbers]
        sums = GroupSums(vectors, np.frombuffer(self._weights)[numbers])
        true, predicted = (np.array([row[i] for row in rows]) for i in (2, 3))
        labelled = LabelledSums(true, predicted, np.array([row.weight for row in rows]))
        unlike = np.frombuffer(self._unlike, dtype=np.uint8)[numbers]
        return CollectedGroup(values, sums, labelled, int(unlike.sum()))


def repeated(prints: Sequence[str]) -> list[int]:
    """Return the numbers of the documents whose print stood before, ascending.

    >>> repeated(["a", "b", "a"])
    [2]
    """
    first = {found: i for i, found in reversed(list(enumerate(prints)))}
    return [i for i, found in enumerate(prints) if first[found] != i]
