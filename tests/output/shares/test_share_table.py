from pathlib import Path

import numpy as np
import pytest

from classifier.analysis.area_shares import AreaShares
from classifier.errors import ClassifierError
from classifier.output.shares import files
from classifier.output.shares.share_table import is_share_table, read_share_table, share_table
from tests.output.shares.test_files import found  # noqa: F401 - a fixture


@pytest.mark.parametrize("form", ["csv", "json", "panel"])
def test_what_is_written_is_read_back(found: AreaShares, tmp_path: Path, form: str) -> None:  # noqa: F811
    path = tmp_path / f"shares.{'json' if form == 'json' else 'csv'}"
    written = {
        "csv": lambda: files.shares_csv(found, "zh", in_file=True),
        "json": lambda: files.shares_json(found, "zh"),
        "panel": lambda: files.shares_panel(found),
    }
    path.write_bytes(written[form]())
    assert is_share_table(path)
    table, expected = read_share_table(path, found.areas), share_table(found)
    assert table.areas == expected.areas
    assert table.by == expected.by
    assert [values[1] for values in table.groups] == [values[1] for values in expected.groups]
    for name in ("shares", "low", "high"):
        np.testing.assert_allclose(getattr(table, name), getattr(expected, name), atol=1e-6)


def test_what_is_missing_to_one_is_no_area_and_unknown_areas_keep_their_ids(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("year,area,share\n2020,water,0.3\n2020,roads,0.5\n", encoding="utf-8")
    table = read_share_table(path, ())
    assert (table.by, table.groups, [a.zh for a in table.areas]) == (("year",), (("2020",),), ["water", "roads"])
    np.testing.assert_allclose(table.shares, [[0.3, 0.5, 0.2]])
    assert np.isnan(table.low).all()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2020,water,0.3\n2020,water,0.5\n", "own.csv:3: water stands twice"),
        ("2020,water,much\n", "own.csv:2: much is no share"),
        ("2020,water,1.3\n", "own.csv:2: 1.3 is no share"),
        ("2020,water,0.3\n2020,roads,0.5\n2021,roads,0.5\n", "lacks an area"),
    ],
)
def test_a_bad_row_is_told_with_its_place(tmp_path: Path, rows: str, told: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"year,area,share\n{rows}", encoding="utf-8")
    with pytest.raises(ClassifierError, match=told):
        read_share_table(path, ())


@pytest.mark.parametrize("text", ["", "text\n粮食总产。\n", "[", '{"area": 1}', "[1, 2]"])
def test_other_files_are_no_tables_of_shares(tmp_path: Path, text: str) -> None:
    for name in ("a.csv", "a.json"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert not is_share_table(tmp_path / name)
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04\xff")
    assert not is_share_table(tmp_path / "a.docx")
    assert not is_share_table(tmp_path / "none.csv")
