"""What `--labels` may name: a .jsonl file, or a labels folder with its own taxonomy."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import LabelError
from classifier.labelling.examples import load_examples
from classifier.labelling.taxonomy import TAXONOMY_FILE, Taxonomy, load_taxonomy
from classifier.messages import message
from classifier.records import Example
from classifier.resources import taxonomy_file

PARAGRAPHS_FOLDER = "paragraphs"


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """All labelled paragraphs of a training, and the taxonomy that they follow."""

    taxonomy: Taxonomy
    examples: tuple[Example, ...]

    def digest(self) -> str:
        """Return a SHA-256 of everything that training sees, whatever the order and names of the files."""
        digest = hashlib.sha256()
        for e in sorted(self.examples, key=lambda e: e.id):
            by_sentence = None if e.sentence_areas is None else [sorted(a) for a in e.sentence_areas]
            row = [e.id, e.report, e.sentences, sorted(e.areas), by_sentence]
            digest.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        return digest.hexdigest()


def load_labels(paths: Sequence[Path], text_optional: bool = False) -> LabelledSet:
    """Read all labels that a training names. Raises LabelError with a line for each fault.

    text_optional: a labels folder may have a taxonomy alone, as one does that has nothing but extracts.
    """
    taxonomies = {p: load_taxonomy(p / TAXONOMY_FILE) for p in paths if p.is_dir()}
    taxonomy = next(iter(taxonomies.values()), None) or load_taxonomy(taxonomy_file())
    for path, other in taxonomies.items():
        if other.areas != taxonomy.areas:
            raise LabelError(
                message(
                    "{place}: differs from the taxonomy of {other}; train on one",
                    place=path / TAXONOMY_FILE,
                    other=next(iter(taxonomies)),
                )
            )
    files: list[Path] = []
    for path in paths:
        files.extend(_files(path, text_optional))
    return LabelledSet(taxonomy, load_examples(files, taxonomy.ids))


def _files(path: Path, text_optional: bool) -> list[Path]:
    """Return the label files that a path stands for. Raises LabelError where there are none."""
    if not path.exists():
        raise LabelError(message("{place}: no such file or folder; check --labels", place=path))
    if not path.is_dir():
        return [path]
    files = sorted((path / PARAGRAPHS_FOLDER).glob("*.jsonl"))
    if not files and not text_optional:
        raise LabelError(
            message("{place}: no labelled paragraphs; it needs {folder}/*.jsonl", place=path, folder=PARAGRAPHS_FOLDER)
        )
    return files
