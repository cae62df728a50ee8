"""The table of the national reports, its pictures, and what the pages say of it."""

import csv
import re
from pathlib import Path

import pytest

from classifier.labelling.taxonomy import load_taxonomy
from classifier.output.charts.drawing import save_chart
from classifier.output.charts.shares import shares_chart
from classifier.output.shares.share_table import read_share_table
from classifier.resources import taxonomy_file
from tests.conftest import PROJECT

TABLE = PROJECT / "docs" / "data" / "national-shares.csv"
PAGES = [PROJECT / "docs" / "shares.md", PROJECT / "docs" / "shares.zh-CN.md"]
AREAS = load_taxonomy(taxonomy_file()).areas


def shares() -> dict[tuple[str, str], float]:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return {(row["area"], row["year"]): float(row["share"]) for row in csv.DictReader(stream)}


def test_the_table_has_every_area_of_fifty_years_and_no_text() -> None:
    table = read_share_table(TABLE, AREAS)
    assert table.areas == AREAS
    assert (len(table.groups), table.groups[0], table.groups[-1]) == (50, ("1954",), ("2025",))
    assert table.shares.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert TABLE.read_text(encoding="utf-8").isascii()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pictures_are_drawn_from_the_table(lang: str, tmp_path: Path) -> None:
    """What stands in them is compared; lines are drawn a little differently by other versions of the library."""
    drawn, committed = tmp_path / "drawn.svg", TABLE.with_name(f"national-shares.{lang}.svg")
    table = read_share_table(TABLE, AREAS)
    save_chart(lambda language: shares_chart(table, language), drawn, lang)
    texts = [re.findall(r"<text [^>]*>([^<]*)</text>", p.read_text(encoding="utf-8")) for p in (drawn, committed)]
    if lang == "zh" and AREAS[0].zh not in texts[0]:
        pytest.skip("no font with Chinese characters is installed")
    assert texts[0] == texts[1]
    assert {a.name(lang) for a in AREAS if len(a.name(lang)) < 30} <= set(texts[0])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_figures_of_the_page_are_those_of_the_table(page: Path) -> None:
    known = shares()
    rows = re.findall(r"^\| `(\w+)` \| (\d[^|]*) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    told = [(area, *pair.split()) for area, pairs in rows for pair in re.split("[,，] ?", pairs)]
    assert len(told) > 30
    assert [(a, year, f"{100 * known[a, year]:.1f}") for a, year, _ in told] == told
