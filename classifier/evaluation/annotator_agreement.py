"""How far two readings of the same paragraphs agree: what no model can be expected to exceed by much."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier.labelling.agreement import load_reading, measure_agreement, whole_paragraphs

READINGS = ("first.jsonl", "second.jsonl")


@dataclass(frozen=True, slots=True)
class AnnotatorAgreement:
    """Macro-F1 of one reading against the other."""

    macro: float


def measure_annotator_agreement(folder: Path, areas: Sequence[str]) -> AnnotatorAgreement | None:
    """Compare the two readings in a folder by whole paragraphs; None where they are not both there."""
    files = [folder / name for name in READINGS]
    if not all(f.is_file() for f in files):
        return None
    first, second = (whole_paragraphs(load_reading(f)) for f in files)
    return AnnotatorAgreement(measure_agreement(first, second, areas).macro_f1)
