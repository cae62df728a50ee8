"""The records of a transfer: a passage, a row that is written about it, and a row that is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from classifier.settings import Settings

WHOLE = 0  # in place of the number of a sentence: the whole paragraph


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that labels speak of.

    id: empty where a file does not say it. document: the name of its file, empty where that is not said.
    sentences: the spans of its sentences in `text`. line: where it stands, from 1.
    """

    id: str
    document: str
    text: str
    sentences: tuple[tuple[int, int], ...] = ()
    heading: tuple[str, ...] = ()
    line: int | None = None

    @classmethod
    def of_object(cls, value: Mapping[str, Any], spans: str) -> "Passage":
        """Return the passage that an object names by all that belongs to it. spans: the key of those of sentences.

        Raises KeyError, TypeError or ValueError where it is not whole.
        """
        found = cls(
            value["id"],
            value["document"],
            value["text"],
            tuple((int(start), int(end)) for start, end in value[spans]),
            tuple(map(str, value["heading"])),
            None if value["line"] is None else int(value["line"]),
        )
        if not all(isinstance(text, str) for text in (found.id, found.document, found.text)):
            raise TypeError("id, document or text is no text")
        "".join((found.id, found.document, found.text, *found.heading)).encode()  # fails for halves of characters
        if not found.id or not found.text:
            raise ValueError("no id or no text")
        if any(not 0 <= start < end <= len(found.text) for start, end in found.sentences):
            raise ValueError("a sentence beyond the text")
        return found

    def part(self, sentence: int) -> str:
        """Return the text of a sentence by its number from 1, or of the whole paragraph for WHOLE."""
        if sentence == WHOLE:
            return self.text
        start, end = self.sentences[sentence - 1]
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """What is written of a paragraph or one of its sentences.

    values: for each area that is known whether it is there; by_model: whether it is the model that says so, and no
    label. offered: the areas that the reader of the row can choose among. scores: probabilities of areas, if any.
    why: the reason for which the row was picked, if any. threshold: that of the model whose tags and scores they are.
    """

    passage: Passage
    sentence: int
    values: Mapping[str, bool]
    by_model: bool
    offered: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    why: str = ""
    threshold: float = Settings.threshold

    @property
    def text(self) -> str:
        """The text that the row is about."""
        return self.passage.part(self.sentence)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that are there."""
        return tuple(area for area, there in self.values.items() if there)

    @property
    def margin(self) -> float:
        """How far the least certain area is from the threshold."""
        return min((abs(score - self.threshold) for score in self.scores.values()), default=self.threshold)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a file says of a paragraph or one of its sentences.

    place: for messages. marks: for each area of which the row can speak True, False, or None where nothing is filled
    in. written: the row as it was written, where the file still has that. checked: whether somebody looked at it.
    by_choice: whether `marks` holds only what was chosen, and the file does not say what there was to choose among.
    """

    place: str
    passage: Passage
    sentence: int
    marks: Mapping[str, bool | None]
    written: WrittenRow | None = None
    checked: bool = False
    by_choice: bool = False

    def as_checked(self) -> "ReadRow":
        """Return the row as if somebody had looked at it, which adds nothing to labels that were written."""
        return replace(self, checked=self.checked or self.written is None or self.written.by_model)


def labelled_values(row: ReadRow) -> dict[str, bool] | None:
    """Return for each area that a row labels whether it is there; None where the row was not labelled.

    A row that was written with the model's tags counts once it was changed or checked, and then as a whole. One that
    was written with labels keeps what was unknown unless it was checked. Any other counts once anything is filled in.
    """
    written, marked = row.written, {area for area, mark in row.marks.items() if mark}
    if written is None:
        filled = any(mark is not None for mark in row.marks.values())
        return {area: area in marked for area in row.marks} if filled or row.checked else None
    if written.by_model:
        tags = {area for area in written.areas if area in row.marks}
        denied = any(mark is False and area not in tags for area, mark in row.marks.items())
        if marked == tags and not denied and not row.checked:
            return None
        asked = written.offered or tuple(row.marks)
        return {area: area in marked for area, mark in row.marks.items() if area in asked or mark is not None}
    known = {area: bool(mark) for area, mark in row.marks.items() if row.checked or area in written.values}
    return known | {area: mark for area, mark in row.marks.items() if mark is not None} or None
