import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from classifier.resources import default_model
from tests.conftest import labelled_rows, labels_folder, run_command, write_rows

Run = Callable[..., Result]
GOOD = "新建小学5所，增加学位200个。\n改造国道30公里。\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(GOOD, encoding="utf-8")
    (folder / "sub" / "b.txt").write_bytes(GOOD.encode("gb18030"))
    return folder


def one_line(result: Result) -> str:
    """The single line of an error that the user can mend."""
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    (line,) = result.stderr.splitlines()
    return line


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
    assert "no reports in this folder" in one_line(classify("predict", tmp_path, "--model", small_bundle))


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_cannot_be_opened_is_told_and_the_rest_is_read(
    classify: Run, reports: Path, small_bundle: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """As root may open anything, the system's refusal is played here."""
    real_scan, real_read = os.scandir, Path.read_bytes
    refused = reports / "sub" if what == "folder" else reports / "sub" / "b.txt"

    def scan(path: str) -> object:
        if Path(path) == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return real_scan(path)

    def read(self: Path) -> bytes:
        if self == refused:
            raise PermissionError(13, "Permission denied", str(self))
        return real_read(self)

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(Path, "read_bytes", read)
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


@pytest.mark.parametrize("jobs", [0, -2, 10**8])
def test_no_jobs_at_all_are_refused(classify: Run, small_labels: Path, tmp_path: Path, jobs: int) -> None:
    result = classify("train", "--labels", small_labels, "--out", tmp_path / "m", "--jobs", jobs)
    assert result.exit_code == 2
    assert "give 1 to 256" in result.stderr


def test_one_report_is_enough_to_train(classify: Run, tmp_path: Path) -> None:
    labels = labels_folder(
        tmp_path / "labels", labelled_rows(1) + [row | {"id": f"b{row['id']}"} for row in labelled_rows(1)]
    )
    result = classify("train", "--labels", labels, "--out", tmp_path / "m", "--jobs", 1)
    assert result.exit_code == 0, result.output


def test_train_predict_evaluate(classify: Run, small_labels: Path, reports: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    trained = classify("train", "--labels", small_labels, "--out", model, "--jobs", 1)
    assert trained.exit_code == 0, trained.output
    assert trained.stdout == ""
    assert "教育" in classify("predict", reports, "--model", model).stdout
    on = write_rows(tmp_path / "on.jsonl", labelled_rows(2, by_sentence=False))
    evaluated = classify("evaluate", "--on", on, "--model", model, "--lang", "en")
    assert evaluated.exit_code == 0, evaluated.output
    assert "12 paragraphs of 2 reports" in evaluated.stderr
    chosen = tmp_path / "settings.toml"
    chosen.write_text("min_sentences = 2\n", encoding="utf-8")
    options = ("--labels", small_labels, "--jobs", 1, "--settings", chosen)
    crossed = classify("evaluate", "--cv", 3, *options, "--lang", "en")
    assert crossed.exit_code == 0, crossed.output
    for word in ("Schools", "Core macro", "Macro", "Micro"):
        assert word in evaluated.stdout
        assert word in crossed.stdout


def test_training_never_replaces_what_is_no_model(classify: Run, small_labels: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    line = one_line(classify("train", "--labels", small_labels, "--out", tmp_path))
    assert "exists and is no model" in line


def test_faults_of_labels_are_told_one_a_line(classify: Run, tmp_path: Path) -> None:
    rows = [{"id": "1", "text": "", "areas": []}, {"id": "2", "text": "好。", "areas": ["nowhere"]}, {"id": "3"}]
    result = classify("train", "--labels", write_rows(tmp_path / "l.jsonl", rows), "--out", tmp_path / "m")  # type: ignore[arg-type]
    assert result.exit_code == 2
    places = [line.split(": ")[1] for line in result.stderr.splitlines()]
    assert sorted(set(places)) == [f"{tmp_path / 'l.jsonl'}:{n}" for n in (1, 2, 3)]
    assert not (tmp_path / "m").exists()


def test_too_many_folds(classify: Run, small_labels: Path) -> None:
    result = classify("evaluate", "--cv", 9, "--labels", small_labels, "--jobs", 1)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("error: labels: 6 reports cannot make 9 folds")


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_outside_a_checkout_paths_must_be_given(
    classify: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = classify(command, *(["--cv", 2] if command == "evaluate" else []))
    assert "not in a checkout" in one_line(result)


def test_evaluate_wants_one_of_two(classify: Run) -> None:
    assert "either --on FILE.jsonl or --cv K" in one_line(classify("evaluate"))


@pytest.mark.parametrize(("lang", "words"), [("zh", "乡村振兴与三农"), ("en", "Rural revitalization")])
def test_areas_are_listed_in_both_languages(classify: Run, lang: str, words: str) -> None:
    result = classify("areas", "--lang", lang)
    assert result.exit_code == 0
    assert words in result.stdout
    assert len([line for line in result.stdout.splitlines() if line.startswith(("ecology", "finance"))]) == 2


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
