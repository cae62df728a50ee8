import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from classifier import load_model, shares
from classifier.analysis.area_shares import AreaShares
from classifier.errors import ClassifierError
from classifier.output.shares import files
from classifier.records import Document
from tests.tasks.test_shares import report


@pytest.fixture(scope="module")
def found() -> AreaShares:
    """Two groups, of which one has no year and a place that a spreadsheet would compute."""
    known = report(2021, 3, 1)
    documents = [known, Document("=1+1-石桥县", known.paragraphs[2:])]
    return shares(documents, load_model(), by=["place", "year"], keep_duplicates=True, name_pattern=r"(?P<place>=.*)")


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def test_json_is_a_list_of_rows(found: AreaShares) -> None:
    rows = json.loads(files.shares_json(found, "en"))
    assert len(rows) == 2 * 14
    assert list(rows[0])[:9] == ["group", "place", "year", "area", "name", "raw", "share", "low", "high"]
    assert (rows[-1]["area"], rows[-1]["name"], rows[-1]["year"]) == ("none", "no area", 2021)
    assert [row["year"] for row in rows] == ["-"] * 14 + [2021] * 14
    assert sum(row["share"] for row in rows) == pytest.approx(2, abs=1e-4)


def test_csv_has_a_mark_in_files_and_no_formulas(found: AreaShares) -> None:
    data = files.shares_csv(found, "zh", in_file=True)
    assert data.startswith(b"\xef\xbb\xbf")
    assert not files.shares_csv(found, "zh", in_file=False).startswith(b"\xef\xbb\xbf")
    rows = read_csv(data)
    assert {row["place"] for row in rows} == {"禾溪县", "'=1+1-石桥县"}
    assert {row["year"] for row in rows} == {"2021", "-"}


def test_a_panel_is_for_statistics_programs(found: AreaShares) -> None:
    data = files.shares_panel(found)
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = read_csv(data)
    assert list(rows[0])[:6] == ["place", "year", "area", "raw", "share", "low"]
    assert {(row["place"], row["year"]) for row in rows} == {("禾溪县", "2021"), ("=1+1-石桥县", "")}
    assert {row["sampled"] for row in rows} == {"0"}
    assert all(name.isascii() and len(name) <= 32 for name in rows[0])


def test_excel_has_numbers_texts_and_a_sheet_of_areas_by_groups(found: AreaShares, tmp_path: Path) -> None:
    about = (("程序", "classify 1"), ("模型", "abc"))
    book = CalamineWorkbook.from_filelike(BytesIO(files.shares_xlsx(found, "zh", about)))
    assert book.sheet_names == ["明细", "各领域份额", "各领域覆盖率", "说明"]
    assert book.get_sheet_by_name("说明").to_python() == [list(pair) for pair in about]
    header, *rows = book.get_sheet_by_name("明细").to_python()
    assert len(rows) == 2 * 14
    first = dict(zip(header, rows[0], strict=True))
    assert isinstance(first["share"], int | float)
    assert {row[header.index("place")] for row in rows} == {"禾溪县", "=1+1-石桥县"}  # a formula would be its value
    wide = book.get_sheet_by_name("各领域份额").to_python()
    assert (len(wide), len(wide[0])) == (3, 15)
    assert sum(float(str(value)) for value in wide[1][1:]) == pytest.approx(1)


def test_excel_without_its_library_is_told(found: AreaShares, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "find_spec", lambda name: None)
    with pytest.raises(ClassifierError, match=r"needs XlsxWriter; pip install 'policy-area-classifier\[excel\]'"):
        files.shares_xlsx(found, "zh")
