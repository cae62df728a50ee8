from pathlib import Path

import pytest

from classifier.errors import ClassifierError
from classifier.readers.raw import Source, TableColumns
from classifier.readers.sources import sources
from classifier.readers.travelling import with_travelling
from tests.readers.files import DEFAULT_COLUMNS, OTHER, documents_of, write_table

ROW = {"id": 1, "text": OTHER, "year": 2024}


def chosen(paths: list[Path], choice: str, columns: TableColumns = DEFAULT_COLUMNS) -> tuple[str, ...] | None:
    every = [source for path in paths for source in sources(str(path))]
    return with_travelling(every, columns, choice).travelling


def test_all_are_those_of_all_tables_but_the_texts(tmp_path: Path) -> None:
    one = write_table(tmp_path / "a.csv", [ROW])
    two = write_table(tmp_path / "b.jsonl", [{"text": OTHER}, {"text": OTHER, "tags": []}])
    assert chosen([one, two], "all") == ("id", "year", "tags")
    assert chosen([one], "all", TableColumns("year")) == ("id", "text")


def test_names_are_looked_for_in_all_tables(tmp_path: Path) -> None:
    one = write_table(tmp_path / "a.csv", [ROW])
    two = write_table(tmp_path / "b.jsonl", [{"text": OTHER}, {"text": OTHER, "tags": []}])
    assert chosen([one, two], "tags, year,tags") == ("tags", "year")
    assert chosen([one], "text,Year") == ("text", "Year")
    with pytest.raises(
        ClassifierError, match="--columns county: no table has this column; give all, or names of: text, id, year"
    ):
        chosen([one], "year,county")
    with pytest.raises(ClassifierError, match="there is no table among the inputs"):
        with_travelling([Source(tmp_path / "a.txt", "a.txt")], DEFAULT_COLUMNS, "year")


def test_what_cannot_be_read_is_left_to_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert chosen([tmp_path / "a.csv"], "year") == ("year",)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json", ".parquet", ".xlsx"])
def test_values_travel_as_the_table_has_them(tmp_path: Path, suffix: str) -> None:
    if suffix == ".xlsx":
        pytest.importorskip("python_calamine")
    path = write_table(tmp_path / f"t{suffix}", [ROW, ROW | {"year": None}])
    year: object = "2024" if suffix == ".csv" else 2024
    first, second = documents_of(path, TableColumns(travelling=("year", "county")))
    assert first.columns == {"year": year, "county": None}
    assert second.columns == {"year": "" if suffix == ".csv" else None, "county": None}
    (every, _) = documents_of(path, TableColumns(travelling=None))
    assert every.columns == {"id": "1" if suffix == ".csv" else 1, "year": year}
    assert documents_of(path)[0].columns is None


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"text,年份, 年份 ,\n{OTHER},1,2,3\n", encoding="utf-8")
    (document,) = documents_of(tmp_path / "t.csv", TableColumns(travelling=None))
    assert document.columns == {"年份": "1", "年份_2": "2"}


def test_what_json_has_no_form_for_travels_as_text(tmp_path: Path) -> None:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    from datetime import date
    from decimal import Decimal

    table = pa.table(
        {"text": [OTHER], "day": [date(2024, 1, 9)], "sum": [Decimal("1.50")], "raw": [b"x"], "tags": [["a", None]]}
    )
    parquet.write_table(table, tmp_path / "t.parquet")
    (document,) = documents_of(tmp_path / "t.parquet", TableColumns(travelling=None))
    assert document.columns == {"day": "2024-01-09", "sum": "1.50", "raw": "x", "tags": ["a", None]}
