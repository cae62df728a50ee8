from io import StringIO

import pytest
from rich.cells import cell_len

from classifier import load_model, shares
from classifier.output.shares.table import print_shares
from classifier.records import Document
from tests.tasks.test_shares import report


def shown(documents: list[Document], lang: str, by: str = "", coverage: bool = False) -> list[str]:
    found = shares(documents, load_model(), by=tuple(by.split(",")) if by else ())
    stream = StringIO()
    print_shares(found, coverage, lang, stream)
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("by", ["", "year", "place,year", "level"])
def test_no_line_is_wider_than_80_cells_and_every_area_has_one(lang: str, by: str) -> None:
    documents = [report(2011 + i, 5, 5, place) for i in range(6) for place in ("云岭省云湖市禾溪县", "石桥县")]
    lines = shown(documents, lang, by)
    assert max(map(cell_len, lines)) <= 80
    assert sum(line.startswith(("乡村振兴", "Rural")) for line in lines) == {"": 1, "year": 2, "level": 1}.get(by, 3)


def test_one_group_has_its_interval_and_raw_figure_and_several_half_of_it() -> None:
    (line,) = (line for line in shown([report(2021, 9, 1)], "en") if line.startswith("Rural"))
    value, low, dash, high, raw = line.split()[2:7]
    assert dash == "–"
    assert float(low) < float(value) < float(high) <= 100
    assert 0 < float(raw) < 100
    (line,) = (line for line in shown([report(2021, 9, 1), report(2022, 5, 5)], "en", "year") if line[:5] == "Rural")
    assert len([cell for cell in line.split() if cell.startswith("±")]) == 2


def test_levels_and_unknown_values_have_words_and_nothing_steers_the_terminal() -> None:
    lines = shown([report(2021, 2, 1), Document("x", report(2021, 1, 1).paragraphs[2:])], "zh", "level")
    assert lines[1].split() == ["县级", "（不详）"]
    assert lines[2].split() == ["1", "份", "1", "份"]
    evil = Document("\x1b[31mx\n", report(2021, 1, 1).paragraphs)
    assert not any("\x1b" in line for line in shown([evil], "zh", "report"))


def test_coverage_is_shown_in_place_of_shares() -> None:
    lines = shown([report(2021, 2, 1)], "en", coverage=True)
    assert lines[0] == "Coverage of each area (characters, %)"
    assert lines[-3].startswith("Coverage: all text that speaks of an area")
