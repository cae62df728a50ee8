"""What an import changes: what is new in a file, changed in it, the same, or in conflict with what was saved since."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from classifier.documents.normalize import normalize_text
from classifier.documents.structure import single_paragraph
from classifier.messages import message
from classifier.transfer.faults import FaultList
from classifier.transfer.rows import WHOLE, Passage, ReadRow, labelled_values
from classifier.workspace.label_log import LogEntry
from classifier.workspace.saved_labels import (
    CurrentLabel,
    SavedLabel,
    Verdict,
    current_labels,
    document_name,
    paragraph_id,
)

Key = tuple[int, str]  # the number of a sentence, or WHOLE, and an area


class Effect(StrEnum):
    """What an import does to a paragraph; of several, the one that stands first."""

    CONFLICT = "conflict"
    NEW = "new"
    CHANGED = "changed"
    MORE = "more"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Conflict:
    """An area of which a file says the opposite of a label that it did not know. saved: the entry that has the label.

    value: what the file says. recut: whether it cuts the paragraph into other sentences, so that those that have saved
    labels would lose them.
    """

    passage: Passage
    sentence: int
    area: str
    value: bool
    place: str
    saved: LogEntry
    recut: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do.

    rows: how many were read; unlabelled: of these, how many nobody labelled. effects: how many paragraphs have each.
    kept: what is saved where conflicts are decided for the saved labels; replaced: where they are decided for the file.
    notes: what the user should know of what was not read.
    """

    rows: int
    unlabelled: int
    effects: Mapping[Effect, int]
    conflicts: tuple[Conflict, ...]
    kept: tuple[SavedLabel, ...]
    replaced: tuple[SavedLabel, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Told:
    """What a file says of one paragraph: for each key the value, the place, and the value that was exported."""

    passage: Passage
    values: dict[Key, tuple[bool, str, bool | None]] = field(default_factory=dict)


def plan_import(rows: Iterable[ReadRow], entries: Sequence[LogEntry], file_name: str, faults: FaultList) -> ImportPlan:
    """Return what the rows of a file change in saved labels.

    entries: those that are not undone. file_name: the document of texts that name none. Rows that contradict each other
    are faults.
    """
    saved = _Saved(entries)
    told: dict[str, _Told] = {}
    count = unlabelled = 0
    for row in rows:
        count += 1
        values = labelled_values(row)
        if not values:
            unlabelled += 1
            continue
        passage = saved.resolved(row.passage, file_name)
        own = told.setdefault(passage.id, _Told(passage))
        _add(own, passage, row, values, faults)
    return replace(_plan(count, unlabelled, told.values(), saved), notes=faults.all_notes())


def _add(own: _Told, passage: Passage, row: ReadRow, values: Mapping[str, bool], faults: FaultList) -> None:
    """Add what a row says of a paragraph."""
    if row.sentence != WHOLE and own.passage.sentences != passage.sentences:
        if any(sentence != WHOLE for sentence, _ in own.values):
            faults.add(
                row.place, message("its sentences are cut otherwise than those of the row before it; take it out")
            )
            return
        own.passage = passage
    exported = row.written.values if row.written is not None and not row.written.by_model else {}
    for area, value in values.items():
        before = own.values.get((row.sentence, area))
        if before is not None and before[0] != value:
            faults.add(
                row.place,
                message(
                    "says of {area} the opposite of {there}, for the same text; keep one", area=area, there=before[1]
                ),
            )
        own.values[row.sentence, area] = value, row.place, exported.get(area)


class _Saved:
    """The labels of a workspace, as an import looks them up."""

    def __init__(self, entries: Sequence[LogEntry]) -> None:
        self.entries: dict[str, list[LogEntry]] = defaultdict(list)
        for entry in entries:
            if entry.label is not None:
                self.entries[entry.label.id].append(entry)
        self.current = current_labels(e.label for e in entries if e.label is not None)
        self._by_text: dict[str, list[str]] = {}

    def resolved(self, passage: Passage, file_name: str) -> Passage:
        """Return a passage with its id, and with what is already known of it."""
        identity = passage.id
        if not identity and not passage.document:
            identity = self._of_text(passage.text)
        document = document_name(passage.document or file_name)
        identity = identity or paragraph_id(document, passage.text)
        if (known := self.current.get(identity)) is not None:
            return Passage(
                identity,
                known.document,
                passage.text if passage.sentences else known.text,  # ids ignore blanks, spans do not
                passage.sentences or known.sentences,
                known.heading or passage.heading,
                known.line or passage.line,
            )
        spans = passage.sentences or tuple((s.start, s.end) for s in single_paragraph(passage.text).sentences)
        return replace(passage, id=identity, document=document, sentences=spans)

    def _of_text(self, text: str) -> str:
        """Return the id of the one saved paragraph with a text; an empty one where there is none, or several."""
        if not self._by_text:
            for label in self.current.values():
                self._by_text.setdefault(normalize_text(label.text), []).append(label.id)
        found = self._by_text.get(normalize_text(text), [])
        return found[0] if len(found) == 1 else ""

    def entry_on(self, identity: str, sentence: int, area: str) -> LogEntry:
        """Return the last entry that says something of an area of a sentence, or of its paragraph."""

        def speaks(entry: LogEntry) -> bool:
            assert entry.label is not None
            about = [v for v in entry.label.verdicts if area in v.about | v.areas]
            return any(v.sentence is None or sentence in (WHOLE, v.sentence) for v in about)

        own = self.entries[identity]
        return next((entry for entry in reversed(own) if speaks(entry)), own[-1])

    def entry_on_sentences(self, identity: str) -> LogEntry:
        """Return the last entry that says something of a sentence of a paragraph."""
        own = self.entries[identity]
        by_sentence = (e for e in reversed(own) if e.label and any(v.sentence is not None for v in e.label.verdicts))
        return next(by_sentence, own[-1])


def _plan(count: int, unlabelled: int, told: Iterable[_Told], saved: _Saved) -> ImportPlan:
    effects: Counter[Effect] = Counter()
    conflicts: list[Conflict] = []
    kept: list[SavedLabel] = []
    replaced: list[SavedLabel] = []
    for own in told:
        effect, against, free = _compared(own, saved)
        effects[effect] += 1
        conflicts += [_conflict(own, key, saved) for key in against]
        kept += _label(own, free, saved)
        replaced += _label(own, [*free, *against], saved)
    return ImportPlan(count, unlabelled, dict(effects), tuple(conflicts), tuple(kept), tuple(replaced))


def _conflict(own: _Told, key: Key, saved: _Saved) -> Conflict:
    value, place, _ = own.values[key]
    identity = own.passage.id
    if key[0] != WHOLE and _recuts(own, saved.current[identity]):
        return Conflict(own.passage, *key, value, place, saved.entry_on_sentences(identity), recut=True)
    return Conflict(own.passage, *key, value, place, saved.entry_on(identity, *key))


def _compared(own: _Told, saved: _Saved) -> tuple[Effect, list[Key], list[Key]]:
    """Return the effect on a paragraph, the keys in conflict, and those that can be saved without asking."""
    current = saved.current.get(own.passage.id)
    if current is None:
        return Effect.NEW, [], list(own.values)
    against: list[Key] = []
    more: list[Key] = []
    changed: list[Key] = []
    same_cut = current.sentences == own.passage.sentences
    for key, (value, _, exported) in own.values.items():
        before = _known(current, key) if same_cut or key[0] == WHOLE else None
        if before is None:
            more.append(key)
        elif before != value and exported == before:
            changed.append(key)
        elif value not in (before, exported):
            against.append(key)
    recut = [key for key in more if key[0] != WHOLE] if _recuts(own, current) else []
    rest = [key for key in more if key not in recut]
    turned = _turned(own, [*rest, *changed], saved, current)
    settled = {area for _, area in changed}
    overturning = [*recut, *(key for key in rest if key[1] in turned - settled)]
    against += [key for key in overturning if own.values[key][2] != own.values[key][0]]  # others are older than it
    free = [key for key in (*more, *changed) if key not in overturning]
    effect = Effect.CONFLICT if against else Effect.CHANGED if changed else Effect.MORE if free else Effect.SAME
    return effect, against, free


def _known(current: CurrentLabel, key: Key) -> bool | None:
    sentence, area = key
    return (current.whole if sentence == WHOLE else current.by_sentence[sentence - 1]).get(area)


def _recuts(own: _Told, current: CurrentLabel) -> bool:
    """Whether saving sentences as a file has them would lose labels that do not follow from the whole paragraph's."""
    by_sentence = any(current.whole.get(area) is not False for known in current.by_sentence for area in known)
    return by_sentence and current.sentences != own.passage.sentences


def _turned(own: _Told, keys: Sequence[Key], saved: _Saved, current: CurrentLabel) -> set[str]:
    """Return the areas of which something that was known would be lost or turned round by saving what is not known."""
    labels = _label(own, keys, saved)
    before = [entry.label for entry in saved.entries[own.passage.id] if entry.label is not None]
    after = current_labels([*before, *labels]).get(own.passage.id, current)
    pairs = [(current.whole, after.whole)]
    if after.sentences == current.sentences:  # others lose nothing: see `_recuts`
        pairs += zip(current.by_sentence, after.by_sentence, strict=True)
    return {area for old, new in pairs for area, there in old.items() if new.get(area) is not there}


def _label(own: _Told, keys: Iterable[Key], saved: _Saved) -> list[SavedLabel]:
    """Return the label that saves these keys of a paragraph, if there are any."""
    by_sentence: dict[int, dict[str, bool]] = defaultdict(dict)
    for sentence, area in keys:
        by_sentence[sentence][area] = own.values[sentence, area][0]
    if not by_sentence:
        return []
    passage, text, spans = own.passage, own.passage.text, own.passage.sentences
    current = saved.current.get(passage.id)
    if set(by_sentence) == {WHOLE} and current is not None:
        text, spans = (
            current.text,
            current.sentences,
        )  # labels of sentences stay, however another program cuts the paragraph
    # What is said of the whole comes last: a sentence without an area would take it from the paragraph.
    order = sorted(by_sentence, key=lambda sentence: (sentence == WHOLE, sentence))
    verdicts = tuple(
        Verdict(
            frozenset(area for area, there in by_sentence[n].items() if there),
            frozenset(by_sentence[n]),
            None if n == WHOLE else n,
        )
        for n in order
    )
    return [SavedLabel(passage.id, passage.document, text, spans, verdicts, passage.heading, passage.line)]
