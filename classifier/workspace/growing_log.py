"""The label log as a program that runs for long sees it: what is added, by whomever, is read once."""

from dataclasses import dataclass, field

from classifier.errors import LabelError
from classifier.messages import message, system_reason
from classifier.workspace.label_log import LogEntry, active_among, decoded_entries
from classifier.workspace.place import Workspace
from classifier.workspace.saved_labels import CurrentLabel, current_labels


@dataclass
class GrowingLog:
    """The entries that were read so far, and those that are not undone by the id of their paragraph.

    For one thread at a time.
    """

    workspace: Workspace
    entries: list[LogEntry] = field(default_factory=list)
    active: dict[str, list[LogEntry]] = field(default_factory=dict)
    _offset: int = 0  # bytes of whole lines that were read

    @property
    def number(self) -> int:
        """The number of the last entry; 0 where there is none."""
        return self.entries[-1].number if self.entries else 0

    def refresh(self) -> None:
        """Read what was added. Raises LabelError for a line that is no entry, and where the log cannot be read."""
        path = self.workspace.label_log
        try:
            size = path.stat().st_size
            if size < self._offset:  # another file has taken its place
                self.entries, self.active, self._offset = [], {}, 0
            if size == self._offset:
                return
            with path.open("rb") as stream:
                stream.seek(self._offset)
                data = stream.read()
        except FileNotFoundError:
            self.entries, self.active, self._offset = [], {}, 0
            return
        except OSError as error:
            why = system_reason(error)
            raise LabelError(
                message("{place}: cannot be opened ({why}); check the path", place=path, why=why)
            ) from error
        whole = data[: data.rfind(b"\n") + 1]  # a last line that is not whole was never acknowledged
        added = list(decoded_entries(path, whole, len(self.entries) + 1))
        self.entries += added
        self._offset += len(whole)
        if any(entry.undoes for entry in added):
            self.active, added = {}, list(active_among(self.entries))
        for entry in added:
            if entry.label is not None:
                self.active.setdefault(entry.label.id, []).append(entry)

    def current(self, identity: str) -> CurrentLabel | None:
        """Return what the labels of a paragraph come to; None where it has none."""
        labels = [entry.label for entry in self.active.get(identity, ()) if entry.label is not None]
        return current_labels(labels).get(identity)
