import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from classifier.engines import batches
from classifier.resources import default_model
from tests.cli.conftest import GOOD, Run, one_line
from tests.conftest import run_command
from tests.readers.files import OTHER, TEXT


def test_a_folder_as_jsonl(classify: Run, reports: Path, small_bundle: Path) -> None:
    result = classify("predict", reports, "--format", "jsonl", "--model", small_bundle)
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["document"], r["line"]) for r in rows] == [
        ("a.txt", 1),
        ("a.txt", 2),
        ("sub/b.txt", 1),
        ("sub/b.txt", 2),
    ]
    assert [r["areas"] for r in rows[:2]] == [r["areas"] for r in rows[2:]]


def test_a_bad_document_is_told_and_the_others_are_written(
    classify: Run, reports: Path, small_bundle: Path, tmp_path: Path
) -> None:
    (reports / "m.txt").write_bytes(bytes(range(256)) * 50)
    out = tmp_path / "out.jsonl"
    args = ("predict", reports, "--format", "jsonl", "--model", small_bundle, "--out", out)
    line = one_line(classify(*args))
    assert line.startswith(f"error: {reports / 'm.txt'}: not a readable text file; save it as")
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4
    out.write_text("old")
    assert one_line(classify(*args, "--strict")) == line
    assert out.read_text() == "old"


def test_where_nothing_could_be_read_no_file_is_made(classify: Run, tmp_path: Path, small_bundle: Path) -> None:
    out = tmp_path / "out.csv"
    result = classify("predict", tmp_path / "none.txt", "--format", "csv", "--out", out, "--model", small_bundle)
    assert one_line(result) == f"error: {tmp_path / 'none.txt'}: no such file or folder; check the path"
    assert not out.exists()


def test_the_output_is_never_read_as_input(classify: Run, reports: Path, small_bundle: Path) -> None:
    out = reports / "out.txt"
    assert classify("predict", reports, "--model", small_bundle, "--out", out).exit_code == 0
    first = out.read_text(encoding="utf-8")
    assert classify("predict", reports, "--model", small_bundle, "--out", out).exit_code == 0
    assert out.read_text(encoding="utf-8") == first


def test_csv_files_open_in_spreadsheets(classify: Run, reports: Path, small_bundle: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    classify("predict", reports, "--format", "csv", "--out", out, "--model", small_bundle)
    assert out.read_bytes().startswith("\ufeffdocument,".encode())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \n\n\t", "the file is empty"),
        ("zero.txt", b"\0" * 2000, "not a readable text file"),
    ],
)
def test_files_that_are_no_reports(
    classify: Run, tmp_path: Path, small_bundle: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    line = one_line(classify("predict", tmp_path / name, "--model", small_bundle))
    assert line.startswith(f"error: {tmp_path / name}: {message}")


def test_a_folder_without_reports(classify: Run, tmp_path: Path, small_bundle: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    result = classify("predict", tmp_path, "--model", small_bundle)
    first, second, *_ = result.stderr.splitlines()
    assert "no reports in this folder, but 1 picture, sound or film; it needs files such as .docx, " in first
    assert second == "passed over: 1 picture, sound or film"


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_cannot_be_opened_is_told_and_the_rest_is_read(
    classify: Run, reports: Path, small_bundle: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """As root may open anything, the system's refusal is played here."""
    real_scan, real_open = os.scandir, Path.open
    refused = reports / "sub" if what == "folder" else reports / "sub" / "b.txt"

    def scan(path: str) -> object:
        if Path(path) == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return real_scan(path)

    def open_file(self: Path, *args: Any, **options: Any) -> Any:
        if self == refused:
            raise PermissionError(13, "Permission denied", str(self))
        return real_open(self, *args, **options)

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(Path, "open", open_file)
    result = classify("predict", reports, "--model", small_bundle, "--format", "jsonl")
    assert one_line(result) == f"error: {refused}: cannot be opened (Permission denied); check its permissions"
    assert {json.loads(line)["document"] for line in result.stdout.splitlines()} == {"a.txt"}


def test_a_damaged_model_is_told(classify: Run, reports: Path, small_bundle: Path, tmp_path: Path) -> None:
    model = shutil.copytree(small_bundle, tmp_path / "model")
    data = bytearray((model / "sentence_coef.npy").read_bytes())
    data[-1] ^= 1
    (model / "sentence_coef.npy").write_bytes(data)
    line = one_line(classify("predict", reports, "--model", model))
    assert line.startswith(f"error: {model / 'sentence_coef.npy'}: damaged")


def test_unknown_areas_are_told(classify: Run, reports: Path, small_bundle: Path) -> None:
    line = one_line(classify("predict", reports, "--model", small_bundle, "--areas", "farms,ships"))
    assert "unknown area ships" in line
    assert "farms, schools, roads" in line


def test_core_areas_only(classify: Run, reports: Path, small_bundle: Path) -> None:
    (reports / "a.txt").write_text("粮食总产达到9万吨。新建小学5所，增加学位200个。\n", encoding="utf-8")
    result = classify("predict", reports / "a.txt", "--model", small_bundle, "--areas", "core", "--format", "jsonl")
    assert result.exit_code == 0
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert [a["id"] for a in row["areas"]] == ["farms"]
    table = classify("predict", reports / "a.txt", "--model", small_bundle, "--areas", "core", "--lang", "en").stdout
    shares = {line.rsplit("%")[0][:12].strip(): line for line in table.splitlines() if "%" in line}
    assert "38.5%" in shares["Farms"]
    assert "61.5%" in shares["other areas"]


def test_each_report_is_read_once(classify: Run, reports: Path, small_bundle: Path) -> None:
    result = classify("predict", reports, reports / "a.txt", "--model", small_bundle, "--format", "jsonl")
    assert len(result.stdout.splitlines()) == 4


def test_input_is_never_the_output(classify: Run, reports: Path, small_bundle: Path) -> None:
    target = reports / "a.txt"
    line = one_line(classify("predict", target, "--model", small_bundle, "--out", target))
    assert line == f"error: {target}: is both input and --out; give --out another name"
    assert target.read_text(encoding="utf-8") == GOOD


def test_names_that_are_not_utf8_are_shown_as_well_as_they_can_be(small_bundle: Path, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xd5\xd0"
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/\xc9\xcc.txt")).write_bytes(GOOD.encode())
    done = run_command("predict", tmp_path, "--model", small_bundle, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.decode("utf-8").splitlines()) == 2


def test_standard_input_and_pipes(reports: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "classifier", "predict", "-", "--format", "jsonl", "--model", str(default_model())]
    done = subprocess.run(command, input=GOOD.encode("gb18030"), capture_output=True, check=True)
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [r["document"] for r in rows] == ["-", "-"]
    assert done.stderr == b""
    assert b"\r" not in done.stdout


def test_output_into_a_pipe_is_utf8_and_plain(reports: Path, small_bundle: Path) -> None:
    done = run_command(
        "predict", reports, "--model", small_bundle, LC_ALL="C", PYTHONIOENCODING="ascii", FORCE_COLOR=""
    )
    assert done.returncode == 0, done.stderr
    assert "教育" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout


@pytest.fixture
def left(tmp_path: Path, small_bundle: Path, monkeypatch: pytest.MonkeyPatch, classify: Run) -> list[object]:
    """The arguments of a run that ended after its first batch; `out.jsonl` and its part lie in the input folder."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(batches, "BATCH_DOCUMENTS", 1)
    (folder / "b.txt").write_bytes(b"")
    args: list[object] = [
        "predict",
        folder,
        "--format",
        "jsonl",
        "--model",
        small_bundle,
        "--out",
        folder / "out.txt.jsonl",
    ]
    assert classify(*args, "--strict").exit_code == 2
    assert (folder / "out.txt.jsonl.part").read_text("utf-8").count("\n") == 2
    return args


def test_other_input_or_options_cannot_go_on(left: list[object], classify: Run) -> None:
    other = classify(*left, "--resume", "--lang", "en")
    assert other.exit_code == 2
    assert "out.txt.jsonl.part: begun with other options; start anew without --resume" in other.stderr
    (Path(str(left[1])) / "c.txt").write_text(OTHER, encoding="utf-8")
    other = classify(*left, "--resume")
    assert "begun with other inputs" in other.stderr
    assert len(other.stderr.splitlines()) == 1
    anew = classify(*left)
    assert "of an earlier run is begun anew" in anew.stderr
    assert (Path(str(left[1])) / "out.txt.jsonl").read_text("utf-8").count("\n") == 3


def test_going_on_past_a_bad_document_still_counts_it(left: list[object], classify: Run) -> None:
    done = classify(*left, "--resume")
    assert done.exit_code == 2
    assert "b.txt: the file is empty" in done.stderr
    assert (Path(str(left[1])) / "out.txt.jsonl").read_text("utf-8").count("\n") == 4


def test_a_damaged_record_or_part_is_told(left: list[object], classify: Run) -> None:
    folder = Path(str(left[1]))
    (folder / "out.txt.jsonl.part").write_bytes(b"")
    assert "shorter than its record says" in classify(*left, "--resume").stderr
    assert classify(*left, "--strict").exit_code == 2
    lines = folder / "out.txt.jsonl.part.lines"
    lines.write_bytes(lines.read_bytes().replace(b'"name"', b'"nome"'))
    assert "out.txt.jsonl.part.lines: not readable; start anew" in classify(*left, "--resume").stderr
    lines.write_bytes(b"")
    assert "out.txt.jsonl.part.lines: not readable; start anew" in classify(*left, "--resume").stderr
    (folder / "out.txt.jsonl.part.json").write_text("{}")
    assert "out.txt.jsonl.part.json: not readable" in classify(*left, "--resume").stderr


def test_two_runs_do_not_write_the_same_part(left: list[object], classify: Run) -> None:
    fcntl = pytest.importorskip("fcntl")
    with (Path(str(left[1])) / "out.txt.jsonl.part").open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = classify(*left)
    assert result.exit_code == 2
    assert "another run is writing it" in result.stderr


def test_nothing_to_go_on_with_is_told(classify: Run, small_bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    args = ("predict", tmp_path / "a.txt", "--format", "jsonl", "--model", small_bundle, "--out", tmp_path / "o.jsonl")
    result = classify(*args, "--resume")
    assert result.exit_code == 0
    assert result.stderr == f"note: nothing is left of an earlier run to {tmp_path / 'o.jsonl'}; it begins anew\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["a.txt", "--resume"], "needs --out FILE"),
        (["a.txt", "--resume", "--out", "o"], "--format jsonl, csv, html, xlsx or parquet"),
        (["-", "--resume", "--out", "o", "--format", "csv"], "standard input cannot be read again"),
        (["a.txt", "--format", "parquet"], "give --out FILE"),
        (["o.part", "--format", "csv", "--out", "o"], "is both input and --out"),
    ],
)
def test_options_that_do_not_go_together(classify: Run, args: list[str], words: str) -> None:
    result = classify("predict", *args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
