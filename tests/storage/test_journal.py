from pathlib import Path

import pytest

from classifier.storage.journal import IN_MEMORY, Journal


def test_what_stands_behind_the_valid_bytes_is_cut_off(tmp_path: Path) -> None:
    first = Journal(tmp_path / "a")
    valid = first.append(b"one\ntwo\n")
    first.append(b"thr")
    first.close()
    again = Journal(tmp_path / "a", valid)
    assert again.append(b"three\n") == valid + 6
    assert list(again.lines()) == [b"one\n", b"two\n", b"three\n"]
    again.append(b"four\n")  # after it was read
    assert list(again.lines())[-1] == b"four\n"
    again.discard()
    assert not list(tmp_path.iterdir())


def test_a_journal_that_lost_bytes_is_not_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one\n")
    with pytest.raises(ValueError, match="4 bytes of 5"):
        Journal(tmp_path / "a", 5)
    assert (tmp_path / "a").read_bytes() == b"one\n"


def test_without_a_path_it_goes_to_the_disk_when_it_is_long() -> None:
    journal = Journal()
    line = b"x" * 1000 + b"\n"
    for _ in range(IN_MEMORY // 1000 + 2):
        journal.append(line)
    assert set(journal.lines()) == {line}
    assert getattr(journal.stream, "_rolled")  # noqa: B009 - which no public name tells
    journal.discard()
