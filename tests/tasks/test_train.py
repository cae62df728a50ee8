import shutil
from pathlib import Path

import numpy as np
import pytest

from classifier.tasks.train import train
from tests.conftest import labelled_rows, labels_folder


@pytest.mark.slow
def test_a_model_of_an_extract_is_that_of_its_text(extract_folder: Path, tmp_path: Path) -> None:
    """Every term of the small set is frequent or trained away, so nothing may be lost but what was dropped."""
    labels = labels_folder(tmp_path / "labels", labelled_rows(6))
    (tmp_path / "empty").mkdir()
    shutil.copy(labels / "taxonomy.toml", tmp_path / "empty")
    shutil.copytree(extract_folder, tmp_path / "empty" / "extracted")
    terms_folder = tmp_path / "terms"
    terms_folder.mkdir()
    (terms_folder / "none.txt").write_text("# 无\n", encoding="utf-8")
    of_text = train([labels], terms=terms_folder)
    of_extract = train([tmp_path / "empty"], terms=terms_folder)
    assert of_extract.vocabulary.terms == of_text.vocabulary.terms
    ours, theirs = of_extract.classifiers.sentences, of_text.classifiers.sentences
    assert np.abs(ours.coef - theirs.coef).max() < 0.01
