"""`classify shares` without a terminal: reports in, the shares of areas by group out."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from classifier.analysis.area_shares import AreaShares, GroupShares
from classifier.analysis.correction import Correction, fit_correction
from classifier.analysis.estimates import estimate_group, estimate_group_by_labels
from classifier.analysis.familiarity import silent_limit
from classifier.analysis.measures import MeasuredIn, measured_units
from classifier.documents.fingerprints import fingerprint
from classifier.engines.batches import batches
from classifier.engines.local import tag_batches
from classifier.errors import ClassifierError, DocumentError
from classifier.labelling.drawn import DrawnLabels, load_drawn_labels
from classifier.messages import message
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.output.receipts.file_receipt import FileReceipt
from classifier.output.shares.sums import SumsFormat
from classifier.readers.inputs import Inputs
from classifier.readers.raw import TableColumns
from classifier.records import Document
from classifier.resources import default_model
from classifier.tasks.collected_sums import REPORT, CollectedGroup, CollectedSums

TOLD = ("year", "place", "level")  # the fields that a report tells itself
LEAST_LABELS = 10  # rows of a group, without which it is corrected by the model's known errors


OnFiles = Callable[[Sequence[FileReceipt]], None]
OnProgress = Callable[[int, int, int], None]


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
    measuring = _Measuring(model, options)
    for document in documents:
        rows = ((document.name, prediction) for prediction in model.predict(document))
        measuring.sums.add(measuring.format.encode(rows), {document.name: fingerprint(document)})
    if paths:
        _collect(measuring, Inputs(paths), default_model(), TableColumns(), 1, _refuse)
    return measuring.result()


def shares_of_inputs(
    inputs: Inputs,
    model: Model,
    folder: Path,
    options: SharesOptions,
    columns: TableColumns,
    jobs: int | None,
    on_files: OnFiles,
    on_progress: OnProgress = lambda *_: None,
) -> AreaShares:
    """Read and tag all sources and return their shares; of each document no more than its sums is kept.

    folder: of the model, from which other processes load it. on_files: is called with what became of files, a batch at
    a time. on_progress: with documents, bytes of text and bytes of sources that are done.
    """
    measuring = _Measuring(model, options)
    _collect(measuring, inputs, folder, columns, jobs, on_files, on_progress)
    return measuring.result()


def other_fields(options: SharesOptions) -> list[str]:
    """Return the fields that only columns of tables can tell."""
    told = {REPORT, *TOLD, *(options.pattern.groupindex if options.pattern else ())}
    return [name for name in options.by if name not in told]


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


def _refuse(files: Sequence[FileReceipt]) -> None:
    """Raise DocumentError at the first document that could not be read."""
    for file in files:
        for fault in file.faults:
            raise DocumentError(fault)


def _collect(
    measuring: "_Measuring",
    inputs: Inputs,
    folder: Path,
    columns: TableColumns,
    jobs: int | None,
    on_files: OnFiles,
    on_progress: OnProgress = lambda *_: None,
) -> None:
    documents = size = weight = 0
    todo = batches(inputs, columns)
    with closing(tag_batches(todo, measuring.model, folder, measuring.format, jobs)) as results:
        for result in results:
            outcome = result.outcome
            on_files(outcome.files)
            measuring.sums.add(outcome.data, {file.name: file.fingerprint for file in outcome.files})
            documents, size = documents + outcome.documents, size + outcome.size
            weight += result.weight
            on_progress(documents, size, weight)


class _Measuring:
    """The sums of documents as they come in, what adds them up, and what becomes of them."""

    def __init__(self, model: Model, options: SharesOptions) -> None:
        self.model, self.options = model, options
        areas, paragraphs = [area.id for area in model.areas], options.measure is MeasuredIn.PARAGRAPHS
        self.drawn = load_drawn_labels(options.truth, areas, paragraphs) if options.truth else DrawnLabels()
        by_origin = bool({*options.by} & {*TOLD})
        self.format = SumsFormat(areas, options.measure, by_origin, options.pattern, self.drawn)
        outcomes = model.outcomes
        limit = None if outcomes is None else silent_limit(outcomes.predicted, outcomes.report)
        self.sums = CollectedSums(options.by, limit)

    def result(self) -> AreaShares:
        """Return the shares. Raises ClassifierError where there is nothing to measure, or a field is not there."""
        self._check()
        options, sums = self.options, self.sums
        correction = fitted_correction(self.model, options.measure)
        kept = sums.kept(options.keep_duplicates)
        return AreaShares(
            options.by,
            options.measure,
            self.model.areas,
            tuple(self._shares_of(group, correction) for group in sums.groups(kept)),
            self._shares_of(sums.whole(kept), correction),
            len(sums),
            int((~kept).sum()),
            sums.unknown(kept),
            self.drawn.rows - len(sums.rows),
        )

    def _shares_of(self, group: CollectedGroup, correction: Correction | None) -> GroupShares:
        columns, census = len(self.model.areas) + 1, self.options.census
        if len(group.labelled.weights) >= LEAST_LABELS:
            estimate = estimate_group_by_labels(group.sums, group.labelled, correction, columns, census)
        else:
            estimate = estimate_group(group.sums, correction, columns, census)
        return GroupShares(group.values, estimate, group.unlike)

    def _check(self) -> None:
        if not len(self.sums):
            raise ClassifierError(message("shares: no document with text; check the paths"))
        there = self.sums.fields | {REPORT, *TOLD}
        for name in self.options.by:
            if name not in there:
                fields = ", ".join(sorted(there))
                raise ClassifierError(
                    message("--by {field}: no document has it; there are: {fields}", field=name, fields=fields)
                )
        if self.drawn.rows and not self.sums.rows:
            raise ClassifierError(
                message(
                    "{place}: none of its rows is in the documents; give the texts as they stand there",
                    place=self.options.truth,
                )
            )
