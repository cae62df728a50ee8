"""What `--labels` may name: a .jsonl file, or a labels folder with its own taxonomy."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.examples import load_examples
from classifier.labelling.taxonomy import TAXONOMY_FILE, Taxonomy, load_taxonomy
from classifier.messages import message
from classifier.records import Area, Example
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
            digest.update(json.dumps(_content(e), ensure_ascii=False).encode() + b"\n")
        return digest.hexdigest()


def _content(example: Example) -> list[Any]:
    """Return what training sees of an example, made of what JSON knows."""
    by_sentence = [_sorted(areas) for areas in example.sentence_areas] if example.sentence_areas is not None else None
    row: list[Any] = [example.id, example.report, example.sentences, sorted(example.areas), by_sentence]
    if example.known is not None or example.clause_areas:
        by_clause = [own if own is None else [sorted(areas) for areas in own] for own in example.clause_areas]
        row += [_sorted(example.known), by_clause]
    return row


def _sorted(areas: frozenset[str] | None) -> list[str] | None:
    return None if areas is None else sorted(areas)


def load_labels(paths: Sequence[Path], text_optional: bool = False) -> LabelledSet:
    """Read all labels that a training names. Raises LabelError with a line for each fault.

    The areas are those of all folders together; the labels of a folder that has fewer speak of its own alone.
    text_optional: a labels folder may have a taxonomy alone, as one does that has nothing but extracts.
    """
    taxonomies = {p: load_taxonomy(p / TAXONOMY_FILE) for p in paths if p.is_dir()}
    taxonomy = _joined(taxonomies) if taxonomies else load_taxonomy(taxonomy_file())
    files, fewer = list[Path](), dict[Path, tuple[str, ...]]()
    for path in paths:
        own = _files(path, text_optional)
        files += own
        if path in taxonomies and set(taxonomies[path].ids) < set(taxonomy.ids):
            fewer |= dict.fromkeys(own, taxonomies[path].ids)
    return LabelledSet(taxonomy, load_examples(files, taxonomy.ids, fewer=fewer))


def _joined(taxonomies: Mapping[Path, Taxonomy]) -> Taxonomy:
    """Return the areas of all taxonomies, each once; those that only a later one has stand last.

    Raises LabelError where two say different things of an area.
    """
    found: dict[str, tuple[Area, Path]] = {}
    for path, taxonomy in taxonomies.items():
        for area in taxonomy.areas:
            first, place = found.setdefault(area.id, (area, path))
            if first != area:
                raise LabelError(
                    message(
                        "{place}: area {area} differs from that of {other}; make both the same, or give it its own id",
                        place=path / TAXONOMY_FILE,
                        area=area.id,
                        other=place / TAXONOMY_FILE,
                    )
                )
    return Taxonomy(tuple(area for area, _ in found.values()))


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
