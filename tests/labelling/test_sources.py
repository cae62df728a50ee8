from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.sources import load_labels
from tests.conftest import labelled_rows, labels_folder, write_rows


def test_the_digest_does_not_depend_on_files_or_their_order(tmp_path: Path) -> None:
    rows = labelled_rows(3)
    whole = labels_folder(tmp_path / "whole", rows)
    parts = labels_folder(tmp_path / "parts", rows[9:])
    write_rows(parts / "paragraphs" / "zz.jsonl", rows[:9])
    assert load_labels([whole]).digest() == load_labels([parts]).digest()
    changed = labels_folder(tmp_path / "changed", [*rows[:-1], rows[-1] | {"report": "other"}])
    assert load_labels([whole]).digest() != load_labels([changed]).digest()


def two_folders(tmp_path: Path, further: str) -> list[Path]:
    """Labels by the small taxonomy, and others by one with further areas."""
    one = labels_folder(tmp_path / "one", labelled_rows(1))
    renamed = [row | {"id": f"x{row['id']}"} for row in labelled_rows(1)]
    other = labels_folder(tmp_path / "other", renamed)
    with (other / "taxonomy.toml").open("a", encoding="utf-8") as toml:
        toml.write(further)
    return [one, other]


def test_labels_speak_of_the_areas_of_their_own_taxonomy(tmp_path: Path) -> None:
    one, other = two_folders(tmp_path, '[[areas]]\nid = "ships"\nzh = "船"\nen = "Ships"\ncore = true\n')
    labels = load_labels([one, other])
    assert labels.taxonomy.ids == ("farms", "schools", "roads", "ships")
    known = {e.id: e.known for e in labels.examples}
    assert known["r0-0"] == frozenset({"farms", "schools", "roads"})
    assert known["xr0-0"] is None
    assert load_labels([other, one]).digest() == labels.digest() != load_labels([one]).digest()


def test_two_taxonomies_must_agree_on_an_area(tmp_path: Path) -> None:
    one, other = two_folders(tmp_path, "")
    toml = other / "taxonomy.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("Roads", "Streets"), encoding="utf-8")
    with pytest.raises(LabelError, match=r"area roads differs from that of .*one"):
        load_labels([one, other])
