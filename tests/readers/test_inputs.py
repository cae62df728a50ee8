from pathlib import Path

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
