from pathlib import Path

import pytest

from classifier.readers.inputs import Inputs
from tests.readers.files import OTHER, TEXT


def test_inputs_are_gone_over_twice_with_the_same_result(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "out.txt", "out.txt.part"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    inputs = Inputs([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "none.txt")], str(tmp_path / "out.txt"))
    assert [s.name for s in inputs] == [f"{tmp_path}/a.txt", f"{tmp_path}/b.txt", f"{tmp_path}/none.txt"]
    survey = inputs.survey()
    assert (survey.count, survey.size, survey.faults) == (3, 2 * len(TEXT.encode()), 1)
    assert inputs.survey() == survey
    (tmp_path / "b.txt").write_text(OTHER, encoding="utf-8")
    assert inputs.survey().digest != survey.digest


def test_only_what_this_program_leaves_beside_the_output_is_no_source(tmp_path: Path) -> None:
    for name in (
        "report",
        "report.part",
        "report.part.json",
        "report.part1.txt",
        "report.part.txt",
        "report.parts.txt",
    ):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = Inputs([str(tmp_path)], str(tmp_path / "report"))
    assert [s.name for s in found] == ["report.part.txt", "report.part1.txt", "report.parts.txt"]


def test_documents_of_two_folders_have_names_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("甲", "乙"):
        (tmp_path / folder / "deep").mkdir(parents=True)
        (tmp_path / folder / "deep" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert [s.name for s in Inputs(["甲", "乙/", "a.txt", "./甲"])] == ["甲/deep/a.txt", "乙/deep/a.txt", "a.txt"]
    assert [s.name for s in Inputs(["甲"])] == ["deep/a.txt"]
    assert [s.name for s in Inputs([str(tmp_path / "甲"), "乙"])] == [f"{tmp_path}/甲/deep/a.txt", "乙/deep/a.txt"]
    assert [s.name for s in Inputs([".", "甲/deep"])] == ["./a.txt", "./乙/deep/a.txt", "./甲/deep/a.txt"]


def test_a_hidden_file_that_appears_moves_no_document(tmp_path: Path) -> None:
    for name in ("a.txt", "b.jpg", "c.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    inputs = Inputs([str(tmp_path)])
    assert [s.name for s in inputs] == ["a.txt", "c.txt", "b.jpg"]
    digest = inputs.survey().digest
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert [s.name for s in inputs] == ["a.txt", "c.txt", ".DS_Store", "b.jpg"]
    assert inputs.survey().digest == digest
