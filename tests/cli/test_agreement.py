from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from tests.conftest import labelled_rows, write_rows


def test_a_reading_agrees_with_itself(classify: Callable[..., Result], tmp_path: Path) -> None:
    file = write_rows(tmp_path / "mine.jsonl", labelled_rows(6))
    compared = classify("agreement", file, file, "--lang", "en")
    assert compared.exit_code == 0, compared.output
    assert "Disagreements (0)" in compared.stdout


def test_what_cannot_be_compared_is_told(classify: Callable[..., Result], tmp_path: Path) -> None:
    first = write_rows(tmp_path / "a.jsonl", [{"id": "p", "areas": ["ships"]}, {"id": "q", "areas": []}])
    second = write_rows(tmp_path / "b.jsonl", [{"id": "p", "areas": ["ecology"]}])
    compared = classify("agreement", first, second, "--lang", "en")
    assert compared.exit_code == 0, compared.output
    assert compared.stderr.splitlines() == [
        "1 unit stands in one of the two only and was left out",
        "areas that the shipped taxonomy has not: ships",
    ]
    assert compared.stdout.endswith("Disagreements (1)\np\tships\tecology\n")
