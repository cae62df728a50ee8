import os
import sys
from pathlib import Path

import numpy as np
import pytest

from classifier.storage import cache
from classifier.storage.cache import cache_folder, load_arrays, program_key, save_arrays

ARRAYS = {"a": np.arange(5), "b": np.array([[0.5, 1.5]])}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_kept_is_found_by_its_key() -> None:
    assert load_arrays("counts", "k") is None
    save_arrays("counts", "k", ARRAYS)
    found = load_arrays("counts", "k")
    assert found is not None
    assert {name: values.tolist() for name, values in found.items()} == {"a": [0, 1, 2, 3, 4], "b": [[0.5, 1.5]]}
    assert load_arrays("counts", "other") is None
    assert load_arrays("alphas", "k") is None


@pytest.mark.parametrize("damage", [b"", b"nothing of the kind", None, 0, 100])
def test_damaged_files_are_as_if_they_were_not_there(folder: Path, damage: bytes | int | None) -> None:
    save_arrays("counts", "k", ARRAYS)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    match damage:
        case bytes():
            file.write_bytes(damage)
        case None:
            file.write_bytes(whole[: len(whole) // 2])
        case _:  # a bit of an array's data
            place = whole.index(np.arange(5).tobytes()) if damage == 0 else damage
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    assert load_arrays("counts", "k") is None
    save_arrays("counts", "k", ARRAYS)
    assert load_arrays("counts", "k") is not None


def test_only_the_latest_stay(folder: Path) -> None:
    for n in range(6):
        save_arrays("counts", f"k{n}", ARRAYS)
    assert len(list(folder.iterdir())) == 3
    assert load_arrays("counts", "k5") is not None


def test_what_a_killed_process_left_goes_and_what_is_being_written_stays(folder: Path) -> None:
    folder.mkdir()
    left, written, other = (
        folder / name for name in (".counts-a.npz-01ab", ".counts-b.npz-23cd", ".alphas-a.npz-45ef")
    )
    for part in (left, written, other):
        part.write_bytes(b"PK")
    for part in (left, other):
        os.utime(part, (0, 0))
    save_arrays("counts", "k", ARRAYS)
    assert not left.exists()
    assert written.exists()
    assert other.exists()


def test_a_folder_that_cannot_be_written_is_no_fault(folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")
    save_arrays("counts", "k", ARRAYS)
    assert load_arrays("counts", "k") is None


def test_the_folder_is_the_one_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cache.CACHE_VARIABLE)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "classify"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path.home() / ".cache" / "classify"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == Path.home() / "Library" / "Caches" / "classify"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache_folder() == tmp_path / "classify" / "cache"


def test_the_program_has_one_key() -> None:
    assert program_key() == program_key()
    assert len(program_key()) == 64
