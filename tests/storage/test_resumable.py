from pathlib import Path

import pytest

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
    assert (
        sorted(p.name for p in tmp_path.iterdir())
        == ["out.jsonl.part", "out.jsonl.part.json", "out.jsonl.part.lines"][: 3 * done]
    )
    again = ResumableOutput(tmp_path / "out.jsonl", {"model": "a"}, resume=True)
    again.discard()
    assert again.checkpoint == Checkpoint(offset=6 * done, sources=done)
