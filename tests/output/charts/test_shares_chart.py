import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import Result

from classifier.errors import ClassifierError
from classifier.output.charts.drawing import save_chart
from classifier.output.charts.groups import groups_by_areas, two_groups
from classifier.output.charts.shares import shares_chart
from classifier.output.shares.share_table import ShareTable
from tests.conftest import AREAS

Classify = Callable[..., Result]
SHARES = np.array([[0.5, 0.3, 0.1, 0.1], [0.2, 0.3, 0.3, 0.2], [0.1, 0.6, 0.2, 0.1]])  # the last: no area


def table(by: str, *groups: str) -> ShareTable:
    shares = SHARES[: len(groups)]
    return ShareTable((by,), tuple((group,) for group in groups), AREAS, shares, shares - 0.05, shares + 0.05)


def kind(drawn: ShareTable, stacked: bool = False) -> tuple[int, int]:
    """How many axes a chart has, and how many lines and areas the first of them."""
    chart = shares_chart(drawn, "en", stacked)
    return len(chart.axes), len(chart.axes[0].lines) + len(chart.axes[0].collections)


def svg_text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    return text


def test_what_is_drawn_goes_by_the_groups() -> None:
    lines = len(AREAS) + 1
    assert kind(table("year", "2010", "2011", "2014"))[0] == lines
    assert kind(table("year", "2010", "2011", "2014"), stacked=True) == (1, 2 * lines)  # two runs of years
    assert kind(table("place", "A", "B"))[0] == 1
    assert shares_chart(table("place", "A", "B", "C"), "en").axes[0].images


@pytest.mark.parametrize("stacked", [False, True])
def test_years_are_drawn_with_a_gap(tmp_path: Path, stacked: bool) -> None:
    out = tmp_path / "years.svg"
    save_chart(lambda lang: shares_chart(table("year", "2014", "2010", "2011"), "en", stacked), out, "en")
    drawn = svg_text(out)
    assert all(area.en in drawn for area in AREAS)
    assert "no area" in drawn
    assert ">2010.0<" not in drawn


def test_a_line_breaks_where_years_are_missing_and_a_high_figure_is_written() -> None:
    years = tuple((str(year),) for year in (*range(2000, 2050), 2060))
    shares = np.tile(SHARES[1], (len(years), 1))
    shares[7] = [0.97, 0.01, 0.01, 0.01]
    chart = shares_chart(ShareTable(("year",), years, AREAS, shares, shares, shares), "en")
    first = chart.axes[0]
    assert [np.asarray(line.get_xdata())[[0, -1]].tolist() for line in first.lines] == [[2000, 2049], [2059.6, 2060.4]]
    assert [text.get_text() for text in first.texts] == [" ▲ 97%"]


def test_groups_that_are_not_known_are_left_out() -> None:
    chart = shares_chart(table("place", "A", "B", "-"), "en")
    assert chart.axes[0].get_title(loc="left") == "○ A   ◆ B"


def test_reports_have_the_names_of_their_files_and_levels_their_words() -> None:
    chart = shares_chart(table("report", "north/a.txt", "south/b.docx"), "en")
    assert chart.axes[0].get_title(loc="left") == "○ a   ◆ b"
    assert shares_chart(table("level", "county", "city"), "zh").axes[0].get_title(loc="left") == "○ 县级   ◆ 地级"


def test_two_groups_stand_side_by_side_the_largest_change_first(tmp_path: Path) -> None:
    out = tmp_path / "two.svg"
    shares = SHARES[:2, :-1].T
    intervals = np.stack([shares - 0.05, shares + 0.05], axis=2)
    save_chart(lambda lang: two_groups(shares, intervals, AREAS, ("2021", "2022"), "en"), out, "en")
    drawn = svg_text(out)
    assert "2021" in drawn
    assert drawn.index("Schools") < drawn.index("Farms")  # from the bottom up


def test_groups_by_areas_shows_every_share(tmp_path: Path) -> None:
    out = tmp_path / "places.svg"
    save_chart(lambda lang: groups_by_areas(["A", "B", "C"], SHARES[:, :-1], AREAS, "en"), out, "en")
    assert svg_text(out).count("%") >= SHARES[:, :-1].size


def test_the_same_figures_give_the_same_file(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        save_chart(lambda lang: groups_by_areas(["A", "B", "C"], SHARES[:, :-1], AREAS, "en"), tmp_path / name, "en")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="a chart ends in"):
        save_chart(lambda lang: groups_by_areas(["A"], SHARES[:1, :-1], AREAS, lang), tmp_path / "a.jpg", "en")


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
