import os
from pathlib import Path

import pytest

from classifier.errors import ClassifierError
from classifier.storage.atomic import atomic_file, atomic_folder, atomic_text_file


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), atomic_text_file(target) as stream:
        stream.write("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    with atomic_text_file(target) as stream:
        stream.write("new")
    assert target.read_text() == "new"
    with atomic_file(target) as data:
        data.write(b"bytes\r\n")
    assert target.read_bytes() == b"bytes\r\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_a_link_stays_a_link_and_a_mode_stays_what_it_was(tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    with atomic_text_file(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    with atomic_text_file(tmp_path / "new") as stream:
        stream.write("x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with atomic_text_file(tmp_path / "pipe") as stream:
        stream.write("through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)


def test_a_file_where_no_file_can_be(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "none" / "out.csv"):
        with pytest.raises(ClassifierError, match=str(target)), atomic_text_file(target):
            pytest.fail("the block must not run")


def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "folder"
    with atomic_folder(target) as new:
        (new / "a").write_text("first")
    with pytest.raises(KeyboardInterrupt), atomic_folder(target) as new:
        (new / "a").write_text("half")
        raise KeyboardInterrupt
    assert (target / "a").read_text() == "first"
    with atomic_folder(target) as new:
        (new / "b").write_text("second")
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == [
        "deep",
        "deep/folder",
        "deep/folder/b",
    ]


def test_an_old_folder_stays_where_the_new_one_cannot_take_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    (target / "a").write_text("old")
    real = Path.rename

    def rename(self: Path, to: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return real(self, to)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="No space"), atomic_folder(target) as new:
        (new / "a").write_text("new")
    assert (target / "a").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
