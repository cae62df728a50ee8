"""`classify compare` without a terminal: two texts, or two groups of reports, in; what changed between them out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier.analysis.text_comparison import TextComparison
from classifier.documents.parse import read
from classifier.engines.batches import batches
from classifier.engines.parsing import file_receipts, parse_batch
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.output.receipts.file_receipt import FileReceipt
from classifier.output.shares.sums import document_fields
from classifier.readers.inputs import Inputs
from classifier.readers.raw import TableColumns
from classifier.records import Document
from classifier.tasks.collected_sums import REPORT
from classifier.tasks.comparing import Comparing
from classifier.tasks.shares import TOLD

MOST_VALUES = 12  # of a field that a message names

Text = str | Path | Sequence[str | Path] | Iterable[Document]


@dataclass(frozen=True)
class TwoGroups:
    """Two groups of reports: those whose field has the first value, and those where it has the second.

    field: report, year, place, level, a named group of the pattern, or a column. pattern: searched for in names.
    """

    field: str
    first: str
    second: str
    pattern: re.Pattern[str] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of tables that the field is taken from, if nothing else can tell it."""
        told = {REPORT, *TOLD, *(self.pattern.groupindex if self.pattern else ())}
        return () if self.field in told else (self.field,)


def compare(
    first: Text, second: Text, model: Model | None = None, *, names: tuple[str, str] | None = None
) -> TextComparison:
    """Return what changed from one text to another: shares of areas, paragraphs and words.

    first, second: each a file or folder, several of them, or documents, as `from_text` and `read` give them. names: of
    both; if not given, those of the files, or of the first documents. Raises ClassifierError where one cannot be read.

    >>> from classifier import from_text
    >>> found = compare([from_text("改造国道30公里。")], [from_text("改造国道30公里。新建小学5所。")])
    >>> [fate.value for fate, n in found.counts().items() if n]
    ['reworded']
    """
    comparing = Comparing(load_model() if model is None else model)
    told: list[str] = []
    for side, text in enumerate((first, second)):
        name = "" if not isinstance(text, str | Path) else Path(text).name or str(text)
        for document in _documents(text):
            name = name or document.name
            comparing.add(side, document)
        told.append(name)
    return comparing.result(names or (told[0], told[1]))


def _documents(text: Text) -> Iterator[Document]:
    for one in [text] if isinstance(text, str | Path) else text:
        if isinstance(one, Document):
            yield one
        else:
            yield from (document for document in read(one) if document.paragraphs)


def compare_inputs(
    texts: Sequence[Inputs],
    names: tuple[str, str],
    model: Model,
    columns: TableColumns,
    groups: TwoGroups | None,
    on_files: Callable[[Sequence[FileReceipt]], None],
) -> TextComparison:
    """Compare two texts, or two groups of one, reading what can be read.

    texts: both; with groups a single one, which holds them. on_files: is called with what became of files.
    """
    comparing, values = Comparing(model), set[str]()
    for side, inputs in enumerate(texts):
        for batch in batches(inputs, columns):
            parsed = list(parse_batch(batch))
            on_files(list(file_receipts(parsed, compared=False)))
            for document in (one.document for one in parsed if one.document is not None and one.document.paragraphs):
                if groups is None:
                    comparing.add(side, document)
                    continue
                value = _value(document, groups)
                values |= {value} - {""}
                for of_group, wanted in enumerate((groups.first, groups.second)):
                    if value == wanted:
                        comparing.add(of_group, document)
    if groups is not None:
        for wanted in (groups.first, groups.second):
            if wanted not in values:
                raise ClassifierError(_without(groups.field, wanted, sorted(values)))
    return comparing.result(names)


def _value(document: Document, groups: TwoGroups) -> str:
    """Return the value of the field in a document, empty where it is not known."""
    if groups.field == REPORT:
        return document.name
    fields = document_fields(document.name, document.paragraphs, groups.field in TOLD, groups.pattern)
    return fields.get(groups.field, "")


def _without(field: str, wanted: str, values: Sequence[str]) -> str:
    if not values:
        return message("--by {field}: no document has it; give another field or --name-pattern", field=field)
    shown = ", ".join(values[:MOST_VALUES]) + (" …" if len(values) > MOST_VALUES else "")
    return message(
        "--by {field} {value}: no document has this value; there are: {values}", field=field, value=wanted, values=shown
    )
