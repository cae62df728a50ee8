"""The label log: every label that was saved, when, by whom and from where; only ever added to."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifier.errors import ClassifierError, LabelError, UndoneError
from classifier.messages import message, system_reason
from classifier.workspace.place import Workspace, locked
from classifier.workspace.saved_labels import (
    CurrentLabel,
    SavedLabel,
    current_labels,
    decode_label,
    encode_label,
)

USER_VARIABLE = "CLASSIFY_USER"
_BLOCK = 1 << 14  # bytes that are read from the end of the log to find its last line


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: a label, or the numbers of entries that are undone.

    number: from 1. batch: the number of the first entry that was saved with it. time: UTC, ISO 8601. by: the user.
    source: what it came from, such as `review` or the name of an imported file.
    """

    number: int
    batch: int
    time: str
    by: str
    source: str
    label: SavedLabel | None = None
    undoes: tuple[int, ...] = ()


def user_name() -> str:
    """Return who saves labels: CLASSIFY_USER, else the name of the account."""
    import getpass

    if named := os.environ.get(USER_VARIABLE):
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def append_labels(
    workspace: Workspace, labels: Sequence[SavedLabel], source: str, by: str | None = None
) -> tuple[LogEntry, ...]:
    """Save labels as one batch; when this returns, they are on the disk. Raises ClassifierError where that fails."""
    return _append(workspace, source, by, [{"label": encode_label(label)} for label in labels])


def undo_entries(workspace: Workspace, numbers: Sequence[int] = (), by: str | None = None) -> LogEntry:
    """Undo entries, or the last batch that is not undone; undoing an undoing saves again.

    Returns the entry that was added, which undoes those that were not undone yet, in order. Raises ClassifierError for
    a number that is not there, UndoneError where there is nothing to undo.
    """
    with locked(workspace):
        entries = read_log(workspace)
        active = _active(entries)
        if not numbers:
            last = max((e.batch for e in entries if e.number in active and e.label), default=None)
            numbers = [e.number for e in entries if e.batch == last and e.number in active]
        if missing := sorted({*numbers}.difference(e.number for e in entries)):
            raise ClassifierError(
                message("labels: there is no entry {n}; 'classify labels log' shows them", n=missing[0])
            )
        numbers = sorted(active.intersection(numbers))
        if not numbers:
            raise UndoneError(message("labels: there is nothing to undo"))
        (entry,) = _write(workspace, "undo", by, [{"undo": numbers}])
    return entry


def saved_labels(workspace: Workspace) -> dict[str, CurrentLabel]:
    """Return what all labels that are not undone come to, by id."""
    return current_labels(e.label for e in active_entries(workspace) if e.label is not None)


def active_entries(workspace: Workspace) -> tuple[LogEntry, ...]:
    """Return the entries whose labels are not undone, in the order in which they were saved."""
    return active_among(read_log(workspace))


def active_among(entries: Sequence[LogEntry]) -> tuple[LogEntry, ...]:
    """Return those of all entries whose labels are not undone, in order."""
    active = _active(entries)
    return tuple(e for e in entries if e.label is not None and e.number in active)


def read_log(workspace: Workspace) -> tuple[LogEntry, ...]:
    """Return all entries; a last line that is not whole was never acknowledged, and is left out.

    Raises LabelError for any other line that is no entry.
    """
    try:
        data = workspace.label_log.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        why = system_reason(error)
        raise LabelError(
            message("{place}: cannot be opened ({why}); check the path", place=workspace.label_log, why=why)
        ) from error
    return tuple(decoded_entries(workspace.label_log, data[: data.rfind(b"\n") + 1]))


def mend_log(workspace: Workspace) -> bool:
    """Take a last line that is not whole off the log, and keep it beside it. Returns whether there was one."""
    path = workspace.label_log
    if not path.exists():
        return False
    with path.open("rb") as stream:
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
        if stream.read(1) in {b"\n", b""}:
            return False
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    path.with_name(f"torn-{datetime.now(UTC):%Y%m%dT%H%M%S}.txt").write_bytes(data[whole:])
    with path.open("r+b") as stream:
        stream.truncate(whole)
        os.fsync(stream.fileno())
    return True


def _append(workspace: Workspace, source: str, by: str | None, rows: list[dict[str, Any]]) -> tuple[LogEntry, ...]:
    with locked(workspace):
        return _write(workspace, source, by, rows)


def _write(workspace: Workspace, source: str, by: str | None, rows: list[dict[str, Any]]) -> tuple[LogEntry, ...]:
    """Add rows as one batch. The workspace is locked."""
    mend_log(workspace)
    first = _last_number(workspace) + 1
    about = {"batch": first, "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "by": by or user_name()}
    encoded = [{"n": first + i, **about, "source": source, **row} for i, row in enumerate(rows)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in encoded).encode()
    path, size = workspace.label_log, 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = not path.exists()
        size = 0 if new else path.stat().st_size
        with path.open("ab") as stream:
            stream.write(lines)
            stream.flush()
            os.fsync(stream.fileno())
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # a part of a batch would be labels that were never acknowledged
            os.truncate(path, size)
        why = system_reason(error)
        raise ClassifierError(
            message("{place}: cannot be written ({why}); check the folder and its space", place=path, why=why)
        ) from error
    return tuple(decoded_entries(path, lines))


def _last_number(workspace: Workspace) -> int:
    """Return the number of the last entry, from the end of a log without a torn line; 0 where there is none.

    Saving one label takes the same time however many there are.
    """
    path, block = workspace.label_log, _BLOCK
    if not path.exists():
        return 0
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        while True:
            start = max(0, size - block)
            stream.seek(start)
            *_, before, last, _ = [b"", b"", *stream.read().split(b"\n")]
            if start == 0 or before:  # then the last line is whole
                break
            block *= 4
    try:
        return next(decoded_entries(path, last + b"\n")).number if last else 0
    except LabelError:
        return read_log(workspace)[-1].number  # which tells the place of the fault


def _sync_folder(folder: Path) -> None:
    """Put the name of a new file on the disk, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def decoded_entries(path: Path, data: bytes, first: int = 1) -> Iterator[LogEntry]:
    """Yield the entries of whole lines of a log. first: the number of the first of them.

    Raises LabelError, naming the line, for one that is no entry.
    """
    for number, line in enumerate(data.split(b"\n")[:-1], start=first):
        try:
            row = json.loads(line)
            label = decode_label(row["label"]) if "label" in row else None
            undoes = tuple(int(n) for n in row.get("undo", ()))
            yield LogEntry(row["n"], row["batch"], row["time"], row["by"], row["source"], label, undoes)
        except (ValueError, TypeError, KeyError) as error:
            raise LabelError(
                message("{place}: line {n} is no entry of the log; take it out of the file", place=path, n=number)
            ) from error


def _active(entries: Iterable[LogEntry]) -> frozenset[int]:
    """Return the numbers of the entries that no active later one undoes."""
    undone: set[int] = set()
    active: set[int] = set()
    for entry in reversed(list(entries)):
        if entry.number not in undone:
            active.add(entry.number)
            undone.update(entry.undoes)
    return frozenset(active)
