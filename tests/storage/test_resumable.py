from pathlib import Path

import pytest

from classifier.errors import ClassifierError
from classifier.storage.resumable import Checkpoint, ResumableOutput


@pytest.mark.parametrize("done", [0, 1])
def test_an_interrupt_while_the_record_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int) -> None:
    output = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"})
    for i in range(done):
        output.append(b"batch\n", Checkpoint(offset=6 * (i + 1), sources=i + 1))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            output.append(b"more\n", Checkpoint(offset=6 * done + 5, sources=done + 1))
    assert output.leave() == bool(done)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl.part", "out.jsonl.part.json"][: 2 * done]
    again = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"}, resume=True)
    again.discard()
    assert again.checkpoint == Checkpoint(offset=6 * done, sources=done)


def test_a_file_of_the_user_with_the_name_of_a_part_is_not_overwritten(tmp_path: Path) -> None:
    out, part, record = (tmp_path / name for name in ("out.jsonl", "out.jsonl.part", "out.jsonl.part.json"))
    part.write_text("mine")
    with pytest.raises(ClassifierError) as caught:
        ResumableOutput(out, {"model": "a"})
    assert str(caught.value) == f"{part}: exists and is of no unfinished run; move it, or give another --out"
    record.write_text('{"mine": 1}')
    with pytest.raises(ClassifierError) as caught:
        ResumableOutput(out, {"model": "a"})
    assert str(caught.value) == f"{record}: exists and is of no unfinished run; move it, or give another --out"
    assert (part.read_text(), record.read_text()) == ("mine", '{"mine": 1}')
    with pytest.raises(ClassifierError, match=r"not readable; move it away"):
        ResumableOutput(out, {"model": "a"}, resume=True)


def test_an_empty_part_is_of_nobody(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.part").touch()
    output = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"})
    output.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_part_has_its_record_before_its_first_byte(tmp_path: Path) -> None:
    """So that one that was left at any moment can be begun anew."""
    output = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"})
    output.stream.write(b"half a batch")
    output.stream.close()
    again = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"})
    assert again.left_over
    assert not again.started
    again.discard()


def test_the_user_s_files_beside_the_output_stay(tmp_path: Path) -> None:
    names = ["out.jsonl.part.whole", "out.jsonl.part1", "out.jsonl.partial"]
    for name in names:
        (tmp_path / name).write_text("mine")
    output = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"})
    output.append(b"batch\n", Checkpoint(offset=6, sources=1))

    def converted(part: Path, new: Path) -> Path:
        new.write_bytes(part.read_bytes().upper())
        return new

    output.finish(converted)
    assert (tmp_path / "out.jsonl").read_bytes() == b"BATCH\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", *names]
