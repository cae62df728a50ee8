"""What is looked at in the label page: reports that are read and tagged when they are opened, or suggestions."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from classifier.analysis.carrying_words import with_carrying_words
from classifier.documents.parse import parse
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.model import Model
from classifier.paths import printable
from classifier.readers.inputs import Inputs
from classifier.readers.raw import RawDocument, TableColumns
from classifier.readers.registry import raw_documents
from classifier.records import AreaWords, Prediction
from classifier.web.suggestions import Suggestion, decidable, is_suggestions, read_suggestions
from classifier.workspace.saved_labels import document_name, paragraph_id

MOST_REPORTS = 2000  # in one page; a raw document of a table or archive is held in memory
_KEPT = 24  # tagged reports in memory


class ReviewParagraph(NamedTuple):
    """A paragraph with what the model says of it.

    id: the same as in the label log. document: the name of its report. about: the areas in question; None for all.
    decidable: whether it can have areas. why: why it was suggested. labelled: with what, where that may be wrong.
    """

    id: str
    document: str
    prediction: Prediction
    decidable: bool
    about: frozenset[str] | None = None
    why: str = ""
    labelled: frozenset[str] | None = None


class ReviewFiles:
    """The reports of a path, or its suggestions as if they were one report; each is tagged when it is asked for."""

    def __init__(self, path: Path, model: Model, areas: Sequence[str]) -> None:
        """Find out what there is. areas: ids of the taxonomy.

        Raises ClassifierError where there is nothing, too much, or a single report that cannot be read.
        """
        self.model, self.path = model, path
        self._lock = threading.Lock()  # PDFium is for one thread, and more than one report is no quicker
        self._kept = OrderedDict[int, tuple[ReviewParagraph, ...]]()
        self._raw: list[RawDocument] = []
        self.suggestions: tuple[Suggestion, ...] = ()
        if is_suggestions(path):
            self.suggestions = read_suggestions(path, areas)
            self.names = [printable(path.name)]
            return
        for source in Inputs([str(path)]):
            for raw in raw_documents(source, TableColumns()):
                if raw.passed_over is None:
                    self._raw.append(raw)
                if len(self._raw) > MOST_REPORTS:
                    what = message(
                        "{place}: more than {most} reports; give a part of them", place=path, most=MOST_REPORTS
                    )
                    raise ClassifierError(what)
        if not self._raw:
            raise ClassifierError(message("{place}: no report in it; check the path", place=path))
        self.names = [raw.name for raw in self._raw]
        if len(self._raw) == 1:
            self.names = [document_name(self.names[0])]
            self.paragraphs(0)

    def paragraphs(self, number: int) -> tuple[ReviewParagraph, ...]:
        """Return the paragraphs of a report, by its number from 0.

        Raises IndexError where there is no such report, ClassifierError where it cannot be read.
        """
        if not 0 <= number < len(self.names):
            raise IndexError(number)
        with self._lock:
            if number not in self._kept:
                self._kept[number] = self._tagged(number)
            self._kept.move_to_end(number)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[number]

    def words(self, number: int, position: int) -> tuple[tuple[AreaWords, ...], ...]:
        """Return the words of evidence of each sentence of a paragraph; they take long, and few paragraphs need them.

        Raises IndexError where there is no such paragraph, ClassifierError where its report cannot be read.
        """
        paragraphs = self.paragraphs(number)
        if not 0 <= position < len(paragraphs):
            raise IndexError(position)
        with self._lock:
            return with_carrying_words(self.model, [paragraphs[position].prediction])[0].words

    def _tagged(self, number: int) -> tuple[ReviewParagraph, ...]:
        if self.suggestions:
            rows = self.suggestions
        else:
            document = parse(self._raw[number])
            rows = tuple(Suggestion(document.name, paragraph) for paragraph in document.paragraphs)
        predictions = self.model.predict_paragraphs([row.paragraph for row in rows], by_sentence=True)
        return tuple(
            ReviewParagraph(
                paragraph_id(row.document, row.paragraph.text),
                row.document,
                prediction,
                decidable(row.paragraph),
                row.about,
                row.why,
                row.labelled,
            )
            for row, prediction in zip(rows, predictions, strict=True)
        )
