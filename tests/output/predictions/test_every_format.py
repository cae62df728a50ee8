"""One battery of checks for every registered format of output."""

import csv
import html
import io
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from classifier.output.options import OutputOptions
from classifier.output.predictions.output_format import OutputFormat
from classifier.output.predictions.registry import OUTPUT_FORMATS, format_class, output_format
from classifier.records import Prediction
from classifier.storage.resumable import Checkpoint, ResumableOutput
from tests.conftest import AREAS, PROJECT

Rows = list[tuple[str, Prediction]]


def from_jsonl(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def from_csv(data: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def from_parquet(data: bytes) -> list[dict[str, Any]]:
    from pyarrow import parquet

    found: list[dict[str, Any]] = parquet.read_table(io.BytesIO(data)).to_pylist()
    return found


def from_html(data: bytes) -> list[dict[str, Any]]:
    rows = []
    for document, main in re.findall(r'<main data-document="(.*?)">(.*?)</main>', data.decode(), re.DOTALL):
        without = re.sub(r'<span class="why".*?</span></span>', "", main)
        for number, text in re.findall(r'<article[^>]* id="\w+-(\d+)".*?<div><p>(.*?)</p>', without, re.DOTALL):
            plain = html.unescape(re.sub("<.*?>", "", text))
            rows.append({"document": html.unescape(document), "paragraph": number, "text": plain})
    return rows


def from_xlsx(data: bytes) -> list[dict[str, Any]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python() if len(book.sheet_names) == 3 else []
    names = {"文档": "document", "段": "paragraph", "正文": "text"}
    return [{names.get(str(k), str(k)): v for k, v in zip(rows[0], row, strict=True)} for row in rows[1:]]


READ_BACK: dict[str, Callable[[bytes], list[dict[str, Any]]]] = {
    "jsonl": from_jsonl,
    "csv": from_csv,
    "html": from_html,
    "parquet": from_parquet,
    "xlsx": from_xlsx,
}


@pytest.fixture(params=OUTPUT_FORMATS)
def name(request: pytest.FixtureRequest) -> str:
    found = str(request.param)
    if needs := format_class(found).needs:
        pytest.importorskip(needs)
    return found


@pytest.fixture(params=[False, True], ids=["tagged", "all"])
def form(request: pytest.FixtureRequest, name: str) -> OutputFormat:
    return output_format(name, OutputOptions(AREAS, "zh", all_scores=request.param))


def whole_file(form: OutputFormat, folder: Path, *batches: Rows) -> bytes:
    part = folder / "part"
    part.write_bytes(form.head(in_file=True) + b"".join(form.encode(batch) for batch in batches))
    return form.finish(part, folder / "new").read_bytes()


def test_every_format_can_be_read_back() -> None:
    assert set(READ_BACK) == set(OUTPUT_FORMATS)


def test_without_rows_a_file_is_empty_but_can_be_read(form: OutputFormat, name: str, tmp_path: Path) -> None:
    assert READ_BACK[name](whole_file(form, tmp_path, [])) == []


def test_rows_stand_in_their_order(form: OutputFormat, name: str, tmp_path: Path, rows: Rows) -> None:
    rows = [*rows, *reversed(rows)]
    found = READ_BACK[name](whole_file(form, tmp_path, rows[:4], [], rows[4:]))
    assert [(row["document"], int(row["paragraph"]), row["text"]) for row in found] == [
        (document, p.paragraph.number, p.paragraph.text) for document, p in rows
    ]


def test_a_batch_of_one_row_is_written_like_any(form: OutputFormat, name: str, tmp_path: Path, rows: Rows) -> None:
    together = READ_BACK[name](whole_file(form, tmp_path, rows))
    assert READ_BACK[name](whole_file(form, tmp_path, *([row] for row in rows))) == together
    assert [READ_BACK[name](whole_file(form, tmp_path, [row])) for row in rows] == [[row] for row in together]


def test_the_same_rows_give_the_same_bytes_in_any_process(form: OutputFormat, tmp_path: Path, rows: Rows) -> None:
    sent = pickle.loads(pickle.dumps(form))
    assert sent.encode(rows) == form.encode(rows) == form.encode(iter(rows))
    assert whole_file(form, tmp_path, rows) == whole_file(sent, tmp_path, rows)


def test_the_rows_stay_as_they_were(form: OutputFormat, rows: Rows) -> None:
    before = pickle.dumps(rows)
    form.encode(rows)
    assert pickle.dumps(rows) == before


def test_a_file_in_two_halves_is_the_same_as_in_one_run(form: OutputFormat, tmp_path: Path, rows: Rows) -> None:
    def append(output: ResumableOutput, batch: Rows) -> None:
        before = output.checkpoint
        data = form.encode(batch) if before.offset else form.head(in_file=True) + form.encode(batch)
        output.append(data, Checkpoint(offset=before.offset + len(data), sources=before.sources + 1))

    once = ResumableOutput(tmp_path / "once", {})
    append(once, rows)
    append(once, rows)
    once.finish(form.finish)
    first = ResumableOutput(tmp_path / "twice", {})
    append(first, rows)
    assert first.leave()
    second = ResumableOutput(tmp_path / "twice", {}, resume=True)
    append(second, rows)
    second.finish(form.finish)
    assert (tmp_path / "twice").read_bytes() == (tmp_path / "once").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["once", "twice"]


def test_a_process_that_only_has_the_format_can_be_forked(name: str) -> None:
    if not Path("/proc/self/task").is_dir():
        pytest.skip("the threads of a process are counted in /proc")
    code = f"""
import os
from classifier.output.options import OutputOptions
from classifier.output.predictions.registry import output_format
output_format({name!r}, OutputOptions((), "zh"))
print(len(os.listdir("/proc/self/task")))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert done.stdout.strip() == "1"
