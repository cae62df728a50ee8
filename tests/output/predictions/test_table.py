import csv
import io
import json
import os
import sys
from pathlib import Path

import orjson
import pytest
from rich.cells import cell_len

from classifier.documents.parse import from_text
from classifier.errors import ClassifierError
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.csv import COLUMNS, CsvEncoder
from classifier.output.predictions.jsonl import JsonlEncoder, prediction_record
from classifier.output.predictions.table import TableWriter
from classifier.storage.atomic import atomic_text_file
from classifier.tasks.predict import format_of
from tests.conftest import AREAS

REPORT = from_text("各位代表：\n一、粮食总产达到9万吨\n新建小学5所，增加学位200个。改造国道30公里。\n", "某县.txt")


def written(encoder: type[JsonlEncoder | CsvEncoder], model: Model, view: OutputOptions) -> str:
    form = encoder(view)
    return (form.head() + form.encode((REPORT.name, p) for p in model.predict(REPORT))).decode()


def table(model: Model, view: OutputOptions) -> str:
    stream = io.StringIO()
    writer = TableWriter(stream, view)
    writer.document(REPORT, model.predict(REPORT))
    writer.end()
    return stream.getvalue()


def test_the_record_is_the_contract(small_model: Model) -> None:
    rows = [json.loads(line) for line in written(JsonlEncoder, small_model, OutputOptions(AREAS, "zh")).splitlines()]
    assert [list(r) for r in rows] == [
        ["document", "paragraph", "line", "kind", "heading", "text", "areas", "sentences"]
    ] * 3
    last = rows[2]
    assert (last["document"], last["paragraph"], last["line"], last["kind"]) == ("某县.txt", 3, 3, "paragraph")
    assert last["heading"] == ["一、粮食总产达到9万吨"]
    assert {a["id"]: a["name"] for a in last["areas"]} == {"schools": "教育", "roads": "道路"}
    assert [last["text"][s["start"] : s["end"]] for s in last["sentences"]] == [
        "新建小学5所，增加学位200个。",
        "改造国道30公里。",
    ]
    assert [[a["id"] for a in s["areas"]] for s in last["sentences"]] == [["schools"], ["roads"]]
    assert rows[0]["areas"] == []


def test_the_record_is_written_as_the_standard_library_writes_it(small_model: Model) -> None:
    """But for spaces; all scores that a model can give are written with the same digits."""
    view = OutputOptions(AREAS, "zh", all_scores=True)
    for prediction in small_model.predict(REPORT):
        row = prediction_record("某县\t.txt", prediction, view)
        line = JsonlEncoder(view).encode([("某县\t.txt", prediction)]).decode()
        assert line == json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
    scores = [i / 10_000 for i in range(10_001)]
    assert orjson.dumps(scores).decode() == json.dumps(scores, separators=(",", ":"))


@pytest.mark.parametrize("all_scores", [True, False])
def test_parquet_holds_the_same_records(small_model: Model, tmp_path: Path, all_scores: bool) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from classifier.output.predictions.parquet import ParquetEncoder, join_streams

    view = OutputOptions(AREAS[1:], "en", all_scores)
    predictions = [(REPORT.name, p) for p in small_model.predict(REPORT)]
    encoder = ParquetEncoder(view)
    (tmp_path / "part").write_bytes(encoder.encode(predictions) + encoder.encode([]) + encoder.encode(predictions))
    join_streams(tmp_path / "part", tmp_path / "whole.parquet")
    rows = parquet.read_table(tmp_path / "whole.parquet").to_pylist()
    wanted = [json.loads(line) for line in JsonlEncoder(view).encode(predictions * 2).splitlines()]
    for row, want in zip(rows, wanted, strict=True):
        if all_scores:
            assert row.pop("scores") == pytest.approx(want.pop("scores"))
        assert row == want


def test_parquet_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "classifier.output.predictions.parquet", raising=False)
    with pytest.raises(ClassifierError, match=r"pip install 'policy-area-classifier\[parquet\]'"):
        format_of("parquet", OutputOptions(AREAS, "zh"))


def test_chosen_areas_and_all_scores(small_model: Model) -> None:
    view = OutputOptions(AREAS[2:], "en", all_scores=True)
    last = json.loads(written(JsonlEncoder, small_model, view).splitlines()[2])
    assert [a["name"] for a in last["areas"]] == ["Roads"]
    assert list(last["scores"]) == ["roads"]
    assert [len(s["areas"]) for s in last["sentences"]] == [0, 1]


def test_csv_reads_back(small_model: Model) -> None:
    rows = list(
        csv.DictReader(io.StringIO(written(CsvEncoder, small_model, OutputOptions(AREAS, "zh", all_scores=True))))
    )
    assert list(rows[0]) == [*COLUMNS, "farms", "schools", "roads"]
    assert rows[2]["areas"] in ("schools;roads", "roads;schools")
    assert rows[2]["heading"] == "一、粮食总产达到9万吨"
    assert float(rows[0]["roads"]) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_fits_80_cells(small_model: Model, lang: str) -> None:
    lines = table(small_model, OutputOptions(AREAS, lang)).splitlines()
    assert max(cell_len(line) for line in lines) <= 80
    text = "\n".join(lines)
    assert ("教育" if lang == "zh" else "Schools") in text
    assert "§ 一、粮食" in text
    assert "100.0%" not in text
    assert not any(line != line.rstrip() for line in lines)


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), atomic_text_file(target) as stream:
        stream.write("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    with atomic_text_file(target) as stream:
        stream.write("new")
    assert target.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_a_link_stays_a_link_and_a_mode_stays_what_it_was(tmp_path: Path) -> None:
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    with atomic_text_file(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").write_text("")
    with atomic_text_file(tmp_path / "new") as stream:
        stream.write("x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with atomic_text_file(tmp_path / "pipe") as stream:
        stream.write("through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)


def test_a_file_where_no_file_can_be(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "none" / "out.csv"):
        with pytest.raises(ClassifierError, match=str(target)), atomic_text_file(target):
            pytest.fail("the block must not run")
