import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from classifier.documents.parse import from_text
from classifier.errors import BundleError
from classifier.model import bundle
from classifier.model.model import Model
from classifier.storage import artifact
from tests.conftest import PROJECT

TEXT = "新建小学3所。改造国道20公里，粮食总产达到8万吨。\n各位代表：\n改造国道9公里。"
FILES = [*sorted(bundle.MODEL_FILES), artifact.MANIFEST]


@pytest.fixture
def copy(small_bundle: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small_bundle, tmp_path / "model")


def test_a_model_comes_back_as_it_was(small_model: Model, small_bundle: Path) -> None:
    loaded = bundle.load_model(small_bundle)
    assert loaded.predict(from_text(TEXT)) == small_model.predict(from_text(TEXT))
    assert (loaded.areas, loaded.settings) == (small_model.areas, small_model.settings)
    assert loaded.vocabulary.terms == small_model.vocabulary.terms
    ours, theirs = bundle.model_arrays(small_model), bundle.model_arrays(loaded)
    assert all((ours[n] == theirs[n]).all() for n in bundle.ARRAYS)


def test_outcomes_come_back(small_model: Model, copy: Path) -> None:
    outcomes, loaded = small_model.outcomes, bundle.load_model(copy).outcomes
    assert outcomes is not None
    assert loaded is not None
    assert (loaded.table == outcomes.table).all()
    assert (loaded.truth.sum(), loaded.report[-1]) == (54, 5)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0.0, 0.3, 0.9])
def test_one_flipped_bit_is_found(copy: Path, name: str, place: float) -> None:
    data = bytearray((copy / name).read_bytes()) or bytearray(1)
    data[int(place * len(data))] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(BundleError) as caught:
        bundle.load_model(copy)
    assert "\n" not in str(caught.value)
    assert str(copy) in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_told(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(BundleError, match=name):
        bundle.load_model(copy)


def change_manifest(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    manifest = json.loads((folder / artifact.MANIFEST).read_text(encoding="utf-8"))
    del manifest["seal"]
    change(manifest)
    (folder / artifact.MANIFEST).write_bytes(artifact.encode_manifest(manifest))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m.update(format=99), "newer than this program reads"),
        (lambda m: m.update(format=3), "older than this program reads"),
        (lambda m: m.update(kind="other"), "not a model of this program"),
        (lambda m: m.update(format="1"), "its format is '1'"),
        (lambda m: m.update(settings=None), "do not fit together"),
        (lambda m: m["settings"].pop("folds"), "setting folds is missing"),
        (lambda m: m["settings"].update(char_ngrams=10**9), "must be from 0 to 4"),
        (lambda m: m["areas"][0].update(zh=3), "no text"),
        (lambda m: m["areas"][0].update(id=m["areas"][1]["id"]), "stand twice"),
        (lambda m: m.update(checksums={"../x": "0"}), "does not list the files"),
        (lambda m: m.pop("settings"), "do not fit together"),
        (lambda m: m["settings"].update(shrink=3), "setting 'shrink' is unknown"),
        (lambda m: m["areas"].pop(), "has shape"),
    ],
)
def test_a_manifest_of_another_kind_is_refused(
    copy: Path, change: Callable[[dict[str, object]], object], message: str
) -> None:
    change_manifest(copy, change)
    with pytest.raises(BundleError, match=message):
        bundle.load_model(copy)


def test_no_pickle_is_ever_read(copy: Path) -> None:
    np.save(copy / "idf.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    digest = hashlib.sha256((copy / "idf.npy").read_bytes()).hexdigest()
    change_manifest(copy, lambda m: m["checksums"].update({"idf.npy": digest}))  # type: ignore[attr-defined]
    with pytest.raises(BundleError, match="do not fit together"):
        bundle.load_model(copy)


def test_files_beside_a_model_are_never_lost(small_model: Model, copy: Path) -> None:
    (copy / "notes.md").write_text("mine")
    with pytest.raises(BundleError, match=r"holds notes\.md beside the model"):
        bundle.save_model(small_model, copy, "card")
    assert (copy / "notes.md").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_told_before_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(BundleError, match=r"cannot be written \(Permission denied\)"):
        bundle.check_bundle_target(tmp_path / "model")


def test_what_is_no_model_is_never_replaced(small_model: Model, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(BundleError, match="exists and is no model"):
        bundle.save_model(small_model, tmp_path, "card")
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_old_model_stays_when_the_new_one_cannot_be_put_there(
    small_model: Model, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {p.name: p.read_bytes() for p in copy.iterdir()}
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(BundleError, match="No space left"):
        bundle.save_model(small_model, copy, "new card")
    assert {p.name: p.read_bytes() for p in copy.iterdir()} == before
    assert [p.name for p in copy.parent.iterdir()] == ["model"]


def test_weights_too_large_for_16_bits_are_refused(small_model: Model, tmp_path: Path) -> None:
    from dataclasses import replace

    heavy = replace(small_model.classifiers, idf=small_model.classifiers.idf + 100)
    with pytest.raises(BundleError, match="above 16"):
        bundle.save_model(replace(small_model, classifiers=heavy), tmp_path / "m", "card")
    assert not (tmp_path / "m").exists()


@pytest.mark.slow
def test_a_model_does_not_depend_on_the_processor(small_labels: Path, tmp_path: Path) -> None:
    """The same bytes with OpenBLAS told to be an old processor, with numpy's vector code off, and without."""
    built = []
    for name, environment in {
        "plain": {},
        "blas": {"OPENBLAS_CORETYPE": "Nehalem", "OPENBLAS_NUM_THREADS": "1"},
        "numpy": {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX"},
    }.items():
        command = [sys.executable, "-m", "classifier", "train", "--labels", str(small_labels), "--jobs", "1"]
        subprocess.run(
            [*command, "--out", str(tmp_path / name)], env=os.environ | environment, check=True, capture_output=True
        )
        built.append({f: (tmp_path / name / f).read_bytes() for f in FILES})
    assert built[0] == built[1] == built[2]


def test_the_shipped_model_is_small_and_plain() -> None:
    folder = PROJECT / "models" / "default"
    assert sum(f.stat().st_size for f in folder.iterdir()) < 10_000_000
    assert {f.name for f in folder.iterdir()} == {*bundle.MODEL_FILES, artifact.MANIFEST, bundle.MODEL_CARD_FILE}
    assert len(bundle.load_model(folder).areas) == 13
