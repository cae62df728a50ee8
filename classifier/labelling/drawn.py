"""Labels of sentences or paragraphs that a user drew from documents, to be found again in them by their text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifier.documents.normalize import normalize_text
from classifier.errors import LabelError
from classifier.labelling.examples import load_examples
from classifier.messages import message
from classifier.records import Example

ANY_DOCUMENT = ""


@dataclass(frozen=True, slots=True)
class DrawnLabels:
    """Labelled rows by what they are about.

    units: by document (ANY_DOCUMENT where a row names none) and normalized text the number of the row, and the columns
    of the areas that the text has. rows: how many rows there are.
    """

    units: dict[tuple[str, str], tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    rows: int = 0

    def find(self, document: str, text: str) -> tuple[int, tuple[int, ...]] | None:
        """Return the row and the areas of a sentence or paragraph; None where it was not drawn."""
        return self.units.get((document, text)) or self.units.get((ANY_DOCUMENT, text))


def load_drawn_labels(file: Path, areas: Sequence[str], paragraphs: bool) -> DrawnLabels:
    """Read the labels of a file in the form of label files; `document` or `report` names where a row was drawn.

    paragraphs: whole paragraphs are measured, so that a row is one; otherwise each of its sentences is a unit, and
    those of a row were drawn together. Raises LabelError, also where a row has areas for several sentences as a whole.
    """
    examples = load_examples([file], areas, need_id=False)
    if not examples:
        raise LabelError(
            message("{place}: no labelled rows; it needs one JSON object with text and areas on each line", place=file)
        )
    column = {area: i for i, area in enumerate(areas)}
    found = DrawnLabels({}, len(examples))
    for row, example in enumerate(examples):
        document = ANY_DOCUMENT if example.report == str(file) else example.report
        for text, own in _units(example, file, paragraphs):
            found.units.setdefault((document, text), (row, tuple(sorted(column[a] for a in own))))
    return found


def _units(example: Example, file: Path, paragraphs: bool) -> list[tuple[str, frozenset[str]]]:
    texts = [normalize_text(sentence) for sentence in example.sentences]
    if paragraphs or len(texts) == 1:
        return [("".join(texts), example.areas)]
    if example.sentence_areas is None:
        raise LabelError(
            message(
                "{place}: {row}: areas of {n} sentences as a whole; label each sentence, or give --measure paragraphs",
                place=file,
                row=example.id,
                n=len(texts),
            )
        )
    return [(text, areas) for text, areas in zip(texts, example.sentence_areas, strict=True) if areas is not None]
