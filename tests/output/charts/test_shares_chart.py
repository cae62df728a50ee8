import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import Result

from classifier.errors import ClassifierError
from classifier.output.charts.drawing import save_chart
from classifier.output.charts.shares import places_by_areas, shares_over_years, two_groups
from tests.conftest import AREAS

Classify = Callable[..., Result]
SHARES = np.array([[0.5, 0.3, 0.1], [0.2, 0.3, 0.3], [0.1, 0.6, 0.2]])


def svg_text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    return text


def test_years_are_stacked_with_a_gap(tmp_path: Path) -> None:
    out = tmp_path / "years.svg"
    save_chart(lambda lang: shares_over_years([2010, 2011, 2014], SHARES, AREAS, "en"), out, "en")
    drawn = svg_text(out)
    assert all(area.en in drawn for area in AREAS)
    assert "no area" in drawn


def test_two_groups_stand_side_by_side_the_largest_change_first(tmp_path: Path) -> None:
    out = tmp_path / "two.svg"
    shares = SHARES[:2].T
    intervals = np.stack([shares - 0.05, shares + 0.05], axis=2)
    save_chart(lambda lang: two_groups(shares, intervals, AREAS, ("2021", "2022"), "en"), out, "en")
    drawn = svg_text(out)
    assert "2021" in drawn
    assert drawn.index("Schools") < drawn.index("Farms")  # from the bottom up


def test_places_by_areas_shows_every_share(tmp_path: Path) -> None:
    out = tmp_path / "places.svg"
    save_chart(lambda lang: places_by_areas(["A", "B", "C"], SHARES, AREAS, "en"), out, "en")
    assert svg_text(out).count("%") >= SHARES.size


def test_the_same_figures_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        save_chart(lambda lang: places_by_areas(["A", "B", "C"], SHARES, AREAS, "en"), tmp_path / name, "en")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="a chart ends in"):
        save_chart(lambda lang: places_by_areas(["A"], SHARES[:1], AREAS, lang), tmp_path / "a.jpg", "en")


@pytest.mark.slow
def test_the_command_draws_by_year(classify: Classify, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for year in (2021, 2022):
        text = f"南河县{year}年政府工作报告\n各位代表：\n粮食总产达到20万吨。新建小学{year - 2015}所。\n"
        (reports / f"{year}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "chart.png"
    done = classify("shares", reports, "--by", "year", "--format", "json", "--chart", out)
    assert done.exit_code == 0, done.output
    assert {row["group"] for row in json.loads(done.stdout)} == {"2021", "2022"}
    assert out.read_bytes().startswith(b"\x89PNG")
