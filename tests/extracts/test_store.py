import json
from pathlib import Path

import pytest

from classifier.errors import BundleError
from classifier.extracts import store
from classifier.extracts.extraction import (
    Extract,
)
from classifier.storage import artifact
from tests.conftest import labelled_rows, texts_of


def test_an_extract_comes_back_as_it_was(small_extract: Extract, extract_folder: Path) -> None:
    loaded, _ = store.load_extract(extract_folder)
    ours, theirs = small_extract.labelled_counts, loaded.labelled_counts
    assert (ours.terms, ours.reports) == (theirs.terms, theirs.reports)
    for name in ("clause_to_sentence", "sentence_to_paragraph", "labels", "targets"):
        assert (getattr(ours, name) == getattr(theirs, name)).all(), name
    for name in ("indptr", "indices", "data"):
        assert (getattr(ours.clause_counts, name) == getattr(theirs.clause_counts, name)).all(), name
    assert ours.clause_counts.rows > ours.sentence_counts.rows
    assert loaded.paragraphs == small_extract.paragraphs


def test_an_extract_without_clauses_is_refused(extract_folder: Path) -> None:
    """Format 1 had a row for each sentence, and said nothing of clauses."""
    manifest = json.loads((extract_folder / artifact.MANIFEST).read_text(encoding="utf-8"))
    del manifest["seal"]
    manifest["format"] = 1
    (extract_folder / artifact.MANIFEST).write_bytes(artifact.encode_manifest(manifest))
    with pytest.raises(BundleError, match=r"format 1 is older than this program reads \(2\)"):
        store.load_extract(extract_folder)


def test_an_extract_holds_no_text(extract_folder: Path) -> None:
    sentences = [text for row in labelled_rows(6) for text in texts_of(row)]
    stored = "".join(f.read_bytes().decode("utf-8", "ignore") for f in extract_folder.iterdir())
    assert not [s for s in sentences if s in stored]


@pytest.mark.parametrize("name", [*sorted(store.EXTRACT_FILES), artifact.MANIFEST])
def test_a_flipped_bit_is_found(extract_folder: Path, name: str) -> None:
    data = bytearray((extract_folder / name).read_bytes()) or bytearray(1)
    data[len(data) // 2] ^= 1
    (extract_folder / name).write_bytes(data)
    with pytest.raises(BundleError, match=str(extract_folder)):
        store.load_extract(extract_folder)
