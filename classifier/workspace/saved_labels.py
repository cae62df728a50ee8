"""What a user says of a paragraph, as the label log keeps it, and what all of it comes to."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from classifier.documents.normalize import normalize_text
from classifier.records import Example

ARCHIVE_MARK = "!"  # stands between the name of an archive and that of a member


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which areas a paragraph or one of its sentences has, of those that were looked at.

    sentence: its number, from 1; None for the whole paragraph. about: all areas that were looked at; those which are
    not in `areas` are absent, and of any other nothing is said.
    """

    areas: frozenset[str]
    about: frozenset[str]
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class SavedLabel:
    """Verdicts on one paragraph, saved at once.

    document: the name of its file, without folders. line: where it stands, from 1. sentences: the spans of its
    sentences in `text`, which verdicts number.
    """

    id: str
    document: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    verdicts: tuple[Verdict, ...]
    heading: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class CurrentLabel:
    """What all verdicts on a paragraph come to, the later ones before the earlier ones.

    whole: for each area that was decided whether the paragraph has it. by_sentence: the same for each sentence.
    """

    id: str
    document: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    heading: tuple[str, ...] = ()
    line: int | None = None
    whole: Mapping[str, bool] = field(default_factory=dict)
    by_sentence: tuple[Mapping[str, bool], ...] = ()

    @property
    def areas(self) -> frozenset[str]:
        """The areas that the paragraph has."""
        return frozenset(area for area, there in self.whole.items() if there)


def document_name(name: str) -> str:
    """Return the name of a document without folders, such as `predict` and a later call elsewhere both know it."""
    return PurePath(name.rpartition(ARCHIVE_MARK)[2].replace("\\", "/")).name


def paragraph_id(document: str, text: str) -> str:
    """Return the identifier of a paragraph: the same text in a document of the same name has the same."""
    return hashlib.sha256(f"{document_name(document)}\n{normalize_text(text)}".encode()).hexdigest()[:16]


def encode_label(label: SavedLabel) -> dict[str, Any]:
    """Return a label as JSON knows it."""
    return {
        "id": label.id,
        "document": label.document,
        "line": label.line,
        "heading": list(label.heading),
        "text": label.text,
        "sentences": [list(span) for span in label.sentences],
        "verdicts": [
            {"sentence": v.sentence, "areas": sorted(v.areas), "about": sorted(v.about)} for v in label.verdicts
        ],
    }


def decode_label(row: Mapping[str, Any]) -> SavedLabel:
    """Return the label of a row. Raises KeyError, TypeError or ValueError where it is none."""
    sentences = tuple((int(start), int(end)) for start, end in row["sentences"])
    verdicts = tuple(
        Verdict(frozenset(v["areas"]), frozenset(v["about"]), None if v["sentence"] is None else int(v["sentence"]))
        for v in row["verdicts"]
    )
    if any(v.sentence is not None and not 1 <= v.sentence <= len(sentences) for v in verdicts):
        raise ValueError("a verdict on a sentence that is not there")
    line = None if row["line"] is None else int(row["line"])
    return SavedLabel(
        str(row["id"]), str(row["document"]), str(row["text"]), sentences, verdicts, tuple(row["heading"]), line
    )


def current_labels(labels: Iterable[SavedLabel]) -> dict[str, CurrentLabel]:
    """Return what saved labels, in the order in which they were saved, come to: by id, in the order of first saving."""
    current: dict[str, CurrentLabel] = {}
    said: dict[str, set[str]] = {}  # by id the areas that a verdict on the whole paragraph gave it
    for label in labels:
        before = current.get(label.id)
        same = before is not None and before.sentences == label.sentences
        whole = dict(before.whole) if before is not None else {}
        rows = [dict(own) for own in before.by_sentence] if before and same else [{} for _ in label.sentences]
        for verdict in label.verdicts:
            _decide(verdict, whole, rows, said.setdefault(label.id, set()))
        current[label.id] = CurrentLabel(
            label.id,
            label.document,
            label.text,
            label.sentences,
            label.heading,
            label.line,
            dict(sorted(whole.items())),
            tuple(dict(sorted(own.items())) for own in rows),
        )
    return current


def _decide(verdict: Verdict, whole: dict[str, bool], rows: Sequence[dict[str, bool]], said: set[str]) -> None:
    """Put a verdict above what was decided before; a paragraph has what its sentences have."""
    for area in verdict.about | verdict.areas:
        there = area in verdict.areas
        if verdict.sentence is not None:
            rows[verdict.sentence - 1][area] = there
            known = [own.get(area) for own in rows]
            if there:
                whole[area] = True
            elif all(value is False for value in known):
                whole[area] = False
            elif not any(known) and area not in said:  # what the sentence had is gone, and of others nothing is known
                whole.pop(area, None)
            continue
        whole[area] = there
        said.add(area) if there else said.discard(area)
        for own in rows:
            if not there:
                own[area] = False
        if there and rows and all(own.get(area) is False for own in rows):
            for own in rows:  # one of them has it, and which is not said
                del own[area]


def as_examples(labels: Iterable[CurrentLabel], areas: Sequence[str]) -> tuple[Example, ...]:
    """Return labelled paragraphs as training takes them; areas: those that it knows.

    A paragraph of which some areas were decided by sentence and others as a whole becomes several examples, each of
    which speaks of its own areas alone.
    """
    found = []
    for label in labels:
        texts = tuple(label.text[start:end] for start, end in label.sentences)
        groups: dict[tuple[bool, ...], list[str]] = {}
        absent = []
        for area in areas:
            seen = tuple(area in own for own in label.by_sentence)
            if label.whole.get(area) is False:
                absent.append(area)
            elif any(seen) or area in label.whole:
                groups.setdefault(seen, []).append(area)
        _add_absent(groups, absent, len(label.sentences))
        for number, (seen, own_areas) in enumerate(sorted(groups.items(), reverse=True), start=1):
            found.append(_example(label, number, texts, seen, own_areas))
    return tuple(found)


def _add_absent(groups: dict[tuple[bool, ...], list[str]], absent: list[str], sentences: int) -> None:
    """Add the areas that no sentence has to a group that speaks of all sentences, or of the paragraph as a whole."""
    whole = [seen for seen in ((True,) * sentences, (False,) * sentences) if seen in groups]
    if absent:
        groups.setdefault(whole[0] if whole else (False,) * sentences, []).extend(absent)


def _example(
    label: CurrentLabel, number: int, texts: tuple[str, ...], seen: tuple[bool, ...], areas: Sequence[str]
) -> Example:
    by_sentence = tuple(
        frozenset(a for a in areas if own.get(a)) if there else None
        for own, there in zip(label.by_sentence, seen, strict=True)
    )
    return Example(
        id=label.id if number == 1 else f"{label.id}-{number}",
        report=label.document,
        text=label.text,
        sentences=texts or (label.text,),
        areas=frozenset(a for a in areas if label.whole.get(a)),
        sentence_areas=by_sentence if any(seen) else None,
        heading=label.heading,
        document=label.document,
        line=label.line,
        known=frozenset(areas),
    )
