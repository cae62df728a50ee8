"""The simulation of shares runs from outcomes to a table, and measures on a file of labelled sentences."""

from pathlib import Path

import numpy as np
import pytest

from classifier import load_model
from experiments import mixtures
from tests.conftest import write_rows

FIGURES = {"share raw", "share corrected", "coverage raw", "coverage corrected", "share held", "coverage held"}
RIVALS = {f"share {name}" for name in ("by area", "drawn matrix", "inverse", "difference")}


def test_trials_give_errors_and_what_intervals_hold() -> None:
    units = mixtures._units(load_model().outcomes, "sentences")
    few, many = (mixtures.trials(units, 1, reports, 3) for reports in (1, 6))
    assert few.keys() == FIGURES | RIVALS
    assert many.keys() == FIGURES | RIVALS | {"share held of population", "coverage held of population"}
    assert all(0 < value <= 100 for value in many.values())
    assert mixtures.trials(units, 1, 6, 3) == many  # the same draws each time


def test_a_file_is_measured_by_report(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"document": f"r{i}", "sentences": [{"text": f"粮食总产{n}万吨。", "areas": ["rural_revitalization"]}]}
        for i in range(2)
        for n in range(3 + i)
    ]
    found = list(mixtures.on_file(load_model(), write_rows(tmp_path / "s.jsonl", rows), "sentences"))
    assert [row["reports"] for row in found] == ["each", "all"]
    assert all(row["share raw"] == 0 for row in found)


def test_an_experiment_of_another_script_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('labels = ["x"]\nfolds = 5\n', encoding="utf-8")
    with pytest.raises(SystemExit, match="not settings of this script"):
        mixtures.main([str(tmp_path)])


def test_the_table_has_a_line_for_each_row() -> None:
    rows = [{"measure": "sentences", "tilt": 1, "share raw": np.float64(0.5)}, {"measure": "paragraphs"}]
    lines = mixtures.table({"trials": rows, "files": []}).splitlines()
    assert lines[0] == "| measure | tilt | share raw |"
    assert lines[2:] == ["| sentences | 1 | 0.50 |", "| paragraphs |  |  |"]
