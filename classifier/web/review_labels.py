"""The labels of a workspace as the label page sees them: what is decided, by whom and when; saving and undoing."""

import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.web.review_files import ReviewParagraph
from classifier.workspace.label_log import LogEntry, active_among, append_labels, read_log, undo_entries
from classifier.workspace.place import Workspace
from classifier.workspace.saved_labels import CurrentLabel, SavedLabel, Verdict, current_labels, document_name

SOURCE = "review"  # of what is saved here, in the log


class _Seen(NamedTuple):
    """The log as it was read last. stamp: its size and time of change, which tell whether it still is."""

    stamp: tuple[int, int]
    entries: tuple[LogEntry, ...]
    current: dict[str, CurrentLabel]
    last: dict[str, LogEntry]  # by id, the last entry that is not undone


@dataclass
class ReviewLabels:
    """Reads and writes the label log; each browser undoes what it saved itself."""

    workspace: Workspace
    _seen: _Seen | None = None
    _saved: dict[str, list[int]] = field(default_factory=dict)  # by session, entries that can be undone
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def state(self, ids: Collection[str]) -> dict[str, Any]:
        """Return what is decided of some paragraphs, by id, and the number of the last entry of the log."""
        seen = self._read()
        return {"number": _last_number(seen), "labels": {i: _state(seen, i) for i in {*ids} & seen.current.keys()}}

    def changes(self, since: int) -> dict[str, Any]:
        """Return the same of the paragraphs that entries after number `since` are about; null where all is undone."""
        seen = self._read()
        by_number = {e.number: e for e in seen.entries}
        ids: set[str] = set()
        for entry in seen.entries:
            if entry.number > since:
                ids |= _touched(entry, by_number)
        return {"number": _last_number(seen), "labels": {i: _state(seen, i) for i in sorted(ids)}}

    def save(
        self,
        session: str,
        paragraph: ReviewParagraph,
        sentence: int | None,
        areas: Collection[str],
        about: Collection[str],
    ) -> None:
        """Save which of some areas a paragraph or one of its sentences has; it is on the disk when this returns.

        Raises ClassifierError where it does not fit the paragraph, or cannot be written.
        """
        own = paragraph.prediction.paragraph
        if not paragraph.decidable or (sentence is not None and not 1 <= sentence <= len(own.sentences)):
            raise ClassifierError(message("there is no such sentence; load the page again"))
        if unknown := sorted(set(areas) - set(about)):
            raise ClassifierError(message("area {area} is not in question here; load the page again", area=unknown[0]))
        label = SavedLabel(
            paragraph.id,
            document_name(paragraph.document),
            own.text,
            tuple((s.start, s.end) for s in own.sentences),
            (Verdict(frozenset(areas), frozenset(about), sentence),),
            own.heading,
            own.line,
        )
        (entry,) = append_labels(self.workspace, [label], SOURCE)
        with self._lock:
            self._saved.setdefault(session, []).append(entry.number)

    def undo_last(self, session: str) -> str | None:
        """Undo what a session saved last, and return the id of the paragraph; None where there is nothing left."""
        with self._lock:
            if not (own := self._saved.get(session)):
                return None
            number = own.pop()
        try:
            (entry,) = undo_entries(self.workspace, [number])
        except ClassifierError:
            with self._lock:
                own.append(number)
            raise
        return entry.label.id if entry.label else None

    def _read(self) -> _Seen:
        """Return the log as it is now."""
        try:
            status = self.workspace.label_log.stat()
            stamp = (status.st_size, status.st_mtime_ns)
        except FileNotFoundError:
            stamp = (0, 0)
        seen = self._seen
        if seen is None or seen.stamp != stamp:  # what is added while it is read has another stamp, and is read again
            entries = read_log(self.workspace)
            active = active_among(entries)
            labels = [e.label for e in active if e.label is not None]
            seen = _Seen(stamp, entries, current_labels(labels), {e.label.id: e for e in active if e.label is not None})
            self._seen = seen
        return seen


def _last_number(seen: _Seen) -> int:
    return seen.entries[-1].number if seen.entries else 0


def _touched(entry: LogEntry, by_number: dict[int, LogEntry]) -> set[str]:
    """Return the ids that an entry is about; those of what it undoes, and of what an undoing in turn undid."""
    found = {entry.label.id} if entry.label is not None else set()
    for number in entry.undoes:
        if number in by_number and number < entry.number:
            found |= _touched(by_number[number], by_number)
    return found


def _state(seen: _Seen, identity: str) -> dict[str, Any] | None:
    """Return what the page shows of a paragraph's labels; None where it has none."""
    current, last = seen.current.get(identity), seen.last.get(identity)
    if current is None or last is None:
        return None
    return {
        "whole": dict(current.whole),
        "sentences": [dict(own) for own in current.by_sentence],
        "spans": [list(span) for span in current.sentences],
        "by": last.by,
        "time": last.time,
        "number": last.number,
    }
