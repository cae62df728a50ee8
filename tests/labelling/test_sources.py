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


def test_two_taxonomies_do_not_mix(tmp_path: Path) -> None:
    one, other = (labels_folder(tmp_path / name, labelled_rows(1)) for name in ("one", "other"))
    (other / "taxonomy.toml").write_text('[[areas]]\nid = "x"\nzh = "某"\nen = "X"\n', encoding="utf-8")
    with pytest.raises(LabelError, match=r"differs from the taxonomy"):
        load_labels([one, other])
