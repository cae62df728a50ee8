"""Labels that go out and come back are the same, in every format, whatever a spreadsheet program does to texts."""

import csv
import shutil
import subprocess
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.transfer.gather import rows_of_labels
from classifier.transfer.merge import Effect
from classifier.transfer.registry import recognised_labels
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from tests.transfer.states import FORMATS, HOSTILE, IDS, labels, planned, read, state, write

pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
# LibreOffice's filters for CSV: comma, quotation mark, encoding, from the first line on.
UTF8_CSV, GBK_CSV = (f"csv:Text - txt - csv (StarCalc):44,34,{encoding},1" for encoding in (76, 61))
SLOW = {"xlsx": 12}  # examples; each starts a process that reads the workbook


@pytest.mark.parametrize("name", FORMATS)
def test_a_round_trip_loses_nothing(name: str) -> None:
    @settings(max_examples=SLOW.get(name, 60), deadline=None)
    @given(labels(), st.sampled_from(["zh", "en"]))
    def check(saved: list[SavedLabel], lang: str) -> None:
        before = state(saved)
        rows = rows_of_labels(before.values(), IDS)
        if not rows:
            return
        with TemporaryDirectory() as folder:
            path = write(rows, name, Path(folder), lang)
            assert recognised_labels(path) == name
            found = read(path, name)
        assert state(planned(found).kept) == before
        again = planned(found, saved)
        assert dict(again.effects) == {Effect.SAME: len(before)}
        assert again.kept == again.replaced == ()

    check()


def as_excel_saves(data: bytes, encoding: str) -> bytes:
    """A CSV file after a spreadsheet program: dates and numbers in place of texts, what the encoding lacks as `?`."""
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    text = rows[0].index("正文")
    changed = {"1-2": "1月2日", "3/4": "3月4日", "00123": "123", "12345678901234567890": "1.23457E+19", "TRUE": "TRUE"}
    for row in rows[1:]:
        row[text] = changed.get(row[text], row[text])
    stream = StringIO(newline="")
    csv.writer(stream, delimiter="\t" if encoding == "utf-16" else ",").writerows(rows)
    return stream.getvalue().encode(encoding, "replace")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_comes_back_from_every_encoding_that_excel_saves(encoding: str, tmp_path: Path) -> None:
    @settings(max_examples=40, deadline=None)
    @given(labels())
    def check(saved: list[SavedLabel]) -> None:
        before = state(saved)
        rows = rows_of_labels(before.values(), IDS)
        if not rows:
            return
        path = write(rows, "csv", tmp_path)
        path.write_bytes(as_excel_saves(path.read_bytes(), encoding))
        assert state(planned(read(path, recognised_labels(path))).kept) == before

    check()


def hostile_labels() -> list[SavedLabel]:
    texts = [f"{hostile}（{n}）" if n % 2 else hostile for n, hostile in enumerate(HOSTILE)]
    return [
        SavedLabel(
            paragraph_id("a.txt", text),
            "a.txt",
            text,
            ((0, len(text)),),
            (Verdict(frozenset({IDS[0]}), frozenset(IDS[: 1 + n % 3]), None if n % 2 else 1),),
        )
        for n, text in enumerate(text.strip() for text in texts)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", UTF8_CSV, GBK_CSV])
@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_files_that_libreoffice_saved_anew_come_back(name: str, kind: str, tmp_path: Path) -> None:
    if (office := shutil.which("soffice")) is None:
        pytest.skip("LibreOffice is not installed")
    before = state(hostile_labels())
    path = write(rows_of_labels(before.values(), IDS), name, tmp_path)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    utf8 = ["--infilter=CSV:44,34,76,1"] if name == "csv" else []
    out = tmp_path / "out"
    command = [office, profile, "--headless", *utf8, "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = out / f"labels.{kind[:4].rstrip(':')}"
    assert state(planned(read(saved, recognised_labels(saved))).kept) == before


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    rows = rows_of_labels(state(hostile_labels()).values(), IDS)
    with StringIO(write(rows, "csv", tmp_path).read_bytes().decode("utf-8-sig"), newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert [c for c in cells if c[:1] in tuple("=+@\t") or (c[:1] == "-" and not c[1:].isdigit())] == []
    import zipfile

    with zipfile.ZipFile(write(rows, "xlsx", tmp_path)) as book:
        assert all(b"<f>" not in book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/"))
