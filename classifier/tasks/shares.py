"""`classify shares` without a terminal: reports in, the shares of areas by group out."""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from classifier.analysis.area_shares import UNKNOWN_VALUE, AreaShares, GroupShares
from classifier.analysis.correction import Correction, fit_correction
from classifier.analysis.estimates import (
    Estimate,
    GroupSums,
    LabelledSums,
    estimate_group,
    estimate_group_by_labels,
)
from classifier.analysis.familiarity import LEAST_SENTENCES, silent_limit
from classifier.analysis.measures import MeasuredIn, measured_units
from classifier.engines.batches import batches
from classifier.engines.local import tag_batches
from classifier.errors import ClassifierError, DocumentError
from classifier.labelling.drawn import DrawnLabels, load_drawn_labels
from classifier.messages import message
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.output.shares.sums import DocumentSum, LabelledSum, SumsFormat, decode_sums
from classifier.readers.inputs import Inputs
from classifier.readers.raw import TableColumns
from classifier.records import Document
from classifier.resources import default_model

REPORT = "report"  # the field that every document has: its name
TOLD = ("year", "place", "level")  # the fields that a report tells itself
LEAST_LABELS = 10  # rows of a group, without which it is corrected by the model's known errors


@dataclass(frozen=True)
class SharesOptions:
    """How shares are measured.

    by: the fields that groups are made by: report, year, place, level, a named group of the pattern or a column.
    pattern: a regular expression with named groups, searched for in names. census: the reports are all that there are.
    keep_duplicates: documents with the same text count each. truth: a file of the user's own labels.
    """

    by: tuple[str, ...] = ()
    measure: MeasuredIn = MeasuredIn.CHARACTERS
    pattern: re.Pattern[str] | None = None
    census: bool = False
    keep_duplicates: bool = False
    truth: Path | None = None


def shares(
    source: str | Path | Sequence[str | Path] | Iterable[Document],
    model: Model | None = None,
    *,
    by: str | Sequence[str] = (),
    measure: str = MeasuredIn.CHARACTERS,
    name_pattern: str | None = None,
    census: bool = False,
    keep_duplicates: bool = False,
    truth: Path | str | None = None,
) -> AreaShares:
    """Return the shares of areas, corrected for the known errors of the model, with 95 % intervals.

    source: a file or folder, several of them, or documents, as `from_text` and `read` give them. by: one or several of
    report, year, place, level, a named group of name_pattern, or a column of a table. measure: characters, sentences or
    paragraphs. Raises ClassifierError for what cannot be read or measured.

    >>> from classifier import from_text
    >>> found = shares([from_text("粮食总产达到20万吨。各位代表，让我们携手前行！")])
    >>> [row.area for row in found.rows if row.raw > 0]
    ['rural_revitalization', 'none']
    """
    options = SharesOptions(
        (by,) if isinstance(by, str) else tuple(by),
        MeasuredIn(measure),
        compile_pattern(name_pattern) if name_pattern else None,
        census,
        keep_duplicates,
        Path(truth) if truth is not None else None,
    )
    model = load_model() if model is None else model
    if isinstance(source, str | Path):
        source = [source]
    documents: list[Document] = []
    paths: list[str] = []
    for one in source:
        if isinstance(one, Document):
            documents.append(one)
        else:
            paths.append(str(one))
    collected = _Collected(model, options)
    for document in documents:
        rows = ((document.name, prediction) for prediction in model.predict(document))
        collected.add(collected.format.encode(rows))
    if paths:
        _collect(collected, Inputs(paths), default_model(), TableColumns(), 1, _raise)
    return collected.result()


def shares_of_inputs(
    inputs: Inputs,
    model: Model,
    folder: Path,
    options: SharesOptions,
    columns: TableColumns,
    jobs: int | None,
    on_fault: Callable[[str], None],
    on_note: Callable[[str], None] = lambda _: None,
    on_progress: Callable[[int, int, int], None] = lambda *_: None,
) -> AreaShares:
    """Read and tag all sources and return their shares; of each document no more than its sums is kept.

    folder: of the model, from which other processes load it. on_fault: is called for each document that cannot be read.
    on_note: for what was mended. on_progress: with documents, bytes of text and bytes of sources that are done.
    """
    collected = _Collected(model, options)
    _collect(collected, inputs, folder, columns, jobs, on_fault, on_note, on_progress)
    return collected.result()


def compile_pattern(text: str) -> re.Pattern[str]:
    """Return a name pattern. Raises ClassifierError where it is no regular expression, or has no named group."""
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise ClassifierError(
            message("--name-pattern {pattern}: no regular expression ({error}); mend it", pattern=text, error=error)
        ) from error
    if not pattern.groupindex:
        raise ClassifierError(
            message("--name-pattern {pattern}: has no named group; write one as (?P<year>\\d{{4}})", pattern=text)
        )
    return pattern


def fitted_correction(model: Model, measure: MeasuredIn) -> Correction | None:
    """Return the correction by what a model keeps of its errors; None where it keeps nothing, or too little."""
    outcomes = model.outcomes
    if outcomes is None:
        return None
    length, paragraph, flags = outcomes.length, outcomes.paragraph, (outcomes.truth, outcomes.predicted)
    weight, first, (truth, predicted) = measured_units(measure, length, paragraph, *flags)
    return fit_correction(truth, predicted, weight, outcomes.report[first])


def _raise(fault: str) -> None:
    raise DocumentError(fault)


def _collect(
    collected: "_Collected",
    inputs: Inputs,
    folder: Path,
    columns: TableColumns,
    jobs: int | None,
    on_fault: Callable[[str], None],
    on_note: Callable[[str], None] = lambda _: None,
    on_progress: Callable[[int, int, int], None] = lambda *_: None,
) -> None:
    documents = size = weight = 0
    todo = batches(inputs, columns)
    with closing(tag_batches(todo, collected.model, folder, collected.format, jobs)) as results:
        for result in results:
            for note in result.outcome.notes:
                on_note(note)
            for fault in result.outcome.faults:
                on_fault(fault)
            collected.add(result.outcome.data)
            documents, size = documents + result.outcome.documents, size + result.outcome.size
            weight += result.weight
            on_progress(documents, size, weight)


@dataclass
class _Group:
    """The sums of a group's documents, one after another, and of its labelled rows."""

    vectors: "array[float]" = field(default_factory=lambda: array("d"))
    weights: "array[float]" = field(default_factory=lambda: array("d"))
    labelled: list[LabelledSum] = field(default_factory=list)
    unlike: int = 0

    def sums(self) -> GroupSums:
        weights = np.array(self.weights)
        return GroupSums(np.array(self.vectors).reshape(len(weights), -1), weights)

    def labelled_sums(self) -> LabelledSums:
        return LabelledSums(
            np.array([row.true for row in self.labelled]),
            np.array([row.predicted for row in self.labelled]),
            np.array([row.weight for row in self.labelled]),
        )


class _Collected:
    """The sums of documents by group, as they come in."""

    def __init__(self, model: Model, options: SharesOptions) -> None:
        self.model, self.options = model, options
        areas = [area.id for area in model.areas]
        paragraphs = options.measure is MeasuredIn.PARAGRAPHS
        self.drawn = load_drawn_labels(options.truth, areas, paragraphs) if options.truth else DrawnLabels()
        self.format = SumsFormat(areas, options.measure, bool({*options.by} & {*TOLD}), options.pattern, self.drawn)
        self.groups: dict[tuple[str, ...], _Group] = {}
        self.prints, self.rows = set[str](), set[int]()
        self.fields, self.unknown = set[str](), Counter[str]()
        outcomes = model.outcomes
        self.limit = None if outcomes is None else silent_limit(outcomes.predicted, outcomes.report)
        self.documents = self.duplicates = 0

    def add(self, data: bytes) -> None:
        """Add documents as `SumsFormat` encodes them."""
        for one in decode_sums(data):
            self._add(one)

    def _add(self, one: DocumentSum) -> None:
        if not one.weight:
            return
        self.documents += 1
        if self._is_duplicate(one):
            self.duplicates += 1
            return
        known = {REPORT: one.name, **one.fields}
        self.fields |= known.keys()
        values = tuple(known.get(name, UNKNOWN_VALUE) for name in self.options.by)
        self.unknown.update(name for name in self.options.by if name not in known)
        group = self.groups.setdefault(values, _Group())
        group.vectors.extend(one.vector)
        group.weights.append(one.weight)
        group.unlike += self._is_unlike(one)
        for row in one.labelled:
            if row.row not in self.rows:
                self.rows.add(row.row)
                group.labelled.append(row)

    def _is_duplicate(self, one: DocumentSum) -> bool:
        """Whether the same text was there before."""
        if self.options.keep_duplicates or one.print not in self.prints:
            self.prints.add(one.print)
            return False
        return True

    def _is_unlike(self, one: DocumentSum) -> bool:
        """Whether a document is long, and the model finds nothing in more of it than is usual in the labels."""
        if self.limit is None or one.sentences < LEAST_SENTENCES:
            return False
        return one.silent > self.limit * one.sentences

    def result(self) -> AreaShares:
        """Return the shares. Raises ClassifierError where there is nothing to measure, or a field is not there."""
        if not self.groups:
            raise ClassifierError(message("shares: no document with text; check the paths"))
        self._check_fields()
        if self.drawn.rows and not self.rows:
            raise ClassifierError(
                message(
                    "{place}: none of its rows is in the documents; give the texts as they stand there",
                    place=self.options.truth,
                )
            )
        correction = fitted_correction(self.model, self.options.measure)
        whole = _Group()
        for group in self.groups.values():
            whole.vectors.extend(group.vectors)
            whole.weights.extend(group.weights)
            whole.labelled.extend(group.labelled)
            whole.unlike += group.unlike
        return AreaShares(
            self.options.by,
            self.options.measure,
            self.model.areas,
            tuple(self._group(values, self.groups[values], correction) for values in self._ordered()),
            self._group((), whole, correction),
            self.documents,
            self.duplicates,
            dict(self.unknown),
            self.drawn.rows - len(self.rows),
        )

    def _ordered(self) -> Iterator[tuple[str, ...]]:
        """Yield groups by their values, unknown ones last."""
        yield from sorted(self.groups, key=lambda values: [(value == UNKNOWN_VALUE, value) for value in values])

    def _group(self, values: tuple[str, ...], group: _Group, correction: Correction | None) -> GroupShares:
        return GroupShares(values, self._estimate(group, correction), group.unlike)

    def _estimate(self, group: _Group, correction: Correction | None) -> Estimate:
        columns = len(self.model.areas) + 1
        if len(group.labelled) >= LEAST_LABELS:
            labelled = group.labelled_sums()
            return estimate_group_by_labels(group.sums(), labelled, correction, columns, self.options.census)
        return estimate_group(group.sums(), correction, columns, self.options.census)

    def _check_fields(self) -> None:
        for name in self.options.by:
            if name not in self.fields and name not in TOLD:
                there = ", ".join(sorted(self.fields | {REPORT, *TOLD}))
                raise ClassifierError(
                    message("--by {field}: no document has it; there are: {fields}", field=name, fields=there)
                )
