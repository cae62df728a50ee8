"""The labels of a workspace as the label page sees them: what is decided, by whom and when; saving and undoing."""

import threading
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, NamedTuple

from classifier.errors import ClassifierError, UndoneError
from classifier.messages import message
from classifier.web.review_files import ReviewParagraph
from classifier.workspace.growing_log import GrowingLog
from classifier.workspace.label_log import LogEntry, append_labels, undo_entries
from classifier.workspace.place import Workspace, locked
from classifier.workspace.saved_labels import SavedLabel, Verdict, document_name

SOURCE = "review"  # of what is saved here, in the log


class Undone(NamedTuple):
    """What was undone. id: of its paragraph. already: whether it was undone before, by another browser or a command."""

    id: str
    already: bool


@dataclass
class ReviewLabels:
    """Reads and writes the label log; each browser undoes what it saved itself."""

    workspace: Workspace
    _log: GrowingLog = field(init=False)
    _saved: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # by session: entries, ids of paragraphs
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin with nothing read."""
        self._log = GrowingLog(self.workspace)

    def state(self, ids: Set[str]) -> dict[str, Any]:
        """Return what is decided of some paragraphs, by id, and the number of the last entry of the log."""
        with self._lock:
            self._log.refresh()
            return self._state(ids & self._log.active.keys())

    def changes(self, since: int) -> dict[str, Any]:
        """Return the same of the paragraphs that entries after number `since` are about; null where all is undone."""
        with self._lock:
            self._log.refresh()
            added = list(takewhile(lambda entry: entry.number > since, reversed(self._log.entries)))
            ids = {entry.label.id for entry in added if entry.label is not None}
            if any(entry.undoes for entry in added):
                ids |= self._undone_ids(added)
            return self._state(ids)

    def _undone_ids(self, entries: Sequence[LogEntry]) -> set[str]:
        """Return the ids of what entries undo, and of what an undoing in turn undid."""
        by_number = {entry.number: entry for entry in self._log.entries}
        ids, numbers = set[str](), [n for entry in entries for n in entry.undoes]
        while numbers:
            entry = by_number.pop(numbers.pop(), None)
            if entry is not None:
                numbers += entry.undoes
                ids |= {entry.label.id} if entry.label is not None else set()
        return ids

    def _state(self, ids: Collection[str]) -> dict[str, Any]:
        return {"number": self._log.number, "labels": {i: self._label(i) for i in sorted(ids)}}

    def _label(self, identity: str) -> dict[str, Any] | None:
        """Return what the page shows of a paragraph's labels; None where it has none."""
        current = self._log.current(identity)
        if current is None:
            return None
        last = self._log.active[identity][-1]
        return {
            "whole": dict(current.whole),
            "sentences": [dict(own) for own in current.by_sentence],
            "spans": [list(span) for span in current.sentences],
            "by": last.by,
            "time": last.time,
        }

    def save(
        self,
        session: str,
        paragraph: ReviewParagraph,
        sentence: int | None,
        areas: Collection[str],
        about: Collection[str],
    ) -> None:
        """Save which of some areas a paragraph or one of its sentences has; it is on the disk when this returns.

        Where the last that was said of it is the same, and of the same session, it is not saved again. Raises
        ClassifierError where it does not fit the paragraph, or cannot be written.
        """
        own = paragraph.prediction.paragraph
        if not paragraph.decidable or (sentence is not None and not 1 <= sentence <= len(own.sentences)):
            raise ClassifierError(message("there is no such sentence; load the page again"))
        if unknown := sorted(set(areas) - set(about)):
            raise ClassifierError(message("area {area} is not in question here; load the page again", area=unknown[0]))
        verdict = Verdict(frozenset(areas), frozenset(about), sentence)
        with self._lock, locked(self.workspace):  # so that no other process has a say between reading and writing
            text, sentences = own.text, tuple((s.start, s.end) for s in own.sentences)
            self._log.refresh()
            current = self._log.current(paragraph.id)
            if sentence is None and current is not None and any(current.by_sentence):
                text, sentences = current.text, current.sentences  # other spans would undo what its sentences have
            document = document_name(paragraph.document)
            label = SavedLabel(paragraph.id, document, text, sentences, (verdict,), own.heading, own.line)
            last = self._log.active[paragraph.id][-1] if current is not None else None
            saved = self._saved.setdefault(session, [])
            if last is not None and last.label == label and (last.number, label.id) in saved:
                return  # as by Enter after a correction; to be undone twice would be a riddle
            (entry,) = append_labels(self.workspace, [label], SOURCE)
            saved.append((entry.number, label.id))

    def saved_paragraphs(self) -> int:
        """Return of how many paragraphs something was saved here that is not undone."""
        with self._lock:
            self._log.refresh()
            numbers = {number for own in self._saved.values() for number, _ in own}
            return sum(any(entry.number in numbers for entry in own) for own in self._log.active.values())

    def undo_last(self, session: str) -> Undone | None:
        """Undo what a session saved last, so that its next call undoes what it saved before; None: nothing is left.

        Raises ClassifierError where that cannot be written; it can then be tried again.
        """
        with self._lock:
            if not (own := self._saved.get(session)):
                return None
            (number, identity), already = own[-1], False
            try:
                undo_entries(self.workspace, [number])
            except UndoneError:
                already = True
            own.pop()
        return Undone(identity, already)
