"""The receipt of whole runs: the same however a run was made, and exit codes that follow from it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier.engines import batches
from classifier.readers import inputs
from classifier.readers.raw import PassedOver, Source
from classifier.readers.sources import listed
from tests.cli.conftest import GOOD, Run, one_line
from tests.conftest import run_command
from tests.readers.docx_builder import Docx, p, r
from tests.readers.files import write_archive, write_table
from tests.readers.pdf_builders import flowed

LONG = "\n".join(
    f"第{c}项任务是修整道路，改善出行，方便群众，为期{i}年。" * 3 for i, c in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯")
)


@pytest.fixture
def mixed(tmp_path: Path) -> list[object]:
    """Inputs of every kind: a folder with good, bad and twin documents, an archive, and a table with bad rows."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.docx").write_bytes(Docx("".join(p(r(line)) for line in LONG.splitlines())).build())
    (folder / "b.txt").write_text(LONG, encoding="utf-8")
    (folder / "c.txt").write_bytes(b"")
    (folder / "d.pdf").write_bytes(flowed([*LONG.splitlines(), "附记：此件公开。"]))
    (folder / "e.txt").write_text(GOOD, encoding="utf-8")
    rows = write_table(folder / "t.jsonl", [{"text": f"新建小学{i}所。"} for i in range(9)])
    with rows.open("a", encoding="utf-8") as stream:
        stream.write('{\n{"text": ""}\n{"text": 5}\n')
    return [folder, write_archive(tmp_path / "z.zip", {"x.txt": GOOD.encode()}), rows]


def run(classify: Run, mixed: list[object], model: Path, *more: object) -> tuple[list[str], dict[str, Any]]:
    """What is told and written of a run, without its times."""
    receipt = Path(str(mixed[0])).parent / "receipt.json"
    result = classify("predict", *mixed, "--model", model, "--receipt", receipt, *more)
    assert result.exit_code == 2, result.output
    written = json.loads(receipt.read_bytes())
    receipt.unlink()
    assert written.pop("started") <= written.pop("ended")
    return result.stderr.splitlines(), written


def test_what_a_mixed_folder_gives(classify: Run, mixed: list[object], small_bundle: Path) -> None:
    told, written = run(classify, mixed, small_bundle, "--format", "jsonl")
    rows = str(mixed[2])
    assert [line.partition(":")[0] for line in told] == [
        "error", "error", "error", "read", "joined", "without text", "alike", "not read",
    ]  # fmt: skip
    assert told[3] == "read: 15 documents (10 JSON lines, 3 text, 1 Word, 1 PDF with 2 pages), 56 paragraphs"
    folder = str(mixed[0])
    assert told[-2].startswith(f"alike: {folder}/a.docx, {folder}/b.txt, {folder}/d.pdf (")
    assert told[-1] == "not read: 3 documents"
    assert list(written) == ["version", "model", "totals", "alike", "files"]
    assert [file["name"] for file in written["files"]] == [
        *(f"{folder}/{name}" for name in ("a.docx", "b.txt", "c.txt", "d.pdf", "e.txt")), f"{mixed[1]}/x.txt", rows,
    ]  # fmt: skip
    assert [(file["documents"], file["unread"]) for file in written["files"]] == [
        (1, 0), (1, 0), (0, 1), (1, 0), (1, 0), (1, 0), (10, 2),
    ]  # fmt: skip
    assert written["files"][2]["fault"] == told[0].removeprefix("error: ")
    assert written["alike"][0]["documents"] == [f"{folder}/{name}" for name in ("a.docx", "b.txt", "d.pdf")]


@pytest.mark.parametrize("way", ["table", "csv", "small batches", "into a file", "two processes"])
def test_every_way_of_running_gives_the_same_receipt(
    classify: Run, mixed: list[object], small_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    told, written = run(classify, mixed, small_bundle, "--format", "jsonl")
    if way == "two processes":
        args = ["predict", *mixed, "--model", small_bundle, "--format", "jsonl", "--jobs", 2, "--receipt"]
        assert run_command(*args, tmp_path / "r.json").returncode == 2
        other = json.loads((tmp_path / "r.json").read_bytes())
        assert other.pop("started") <= other.pop("ended")
        assert other == written
        return
    more: list[object] = ["--format", way if way in ("table", "csv") else "jsonl"]
    if way == "small batches":
        monkeypatch.setattr(batches, "BATCH_DOCUMENTS", 2)
    if way == "into a file":
        more += ["--out", tmp_path / "out.jsonl"]
    assert run(classify, mixed, small_bundle, *more) == (told, written)


@pytest.mark.parametrize("batch", [1, 2, 3, 5])
def test_a_run_that_was_resumed_has_the_whole_receipt(
    classify: Run, mixed: list[object], small_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    _, whole = run(classify, mixed, small_bundle, "--format", "jsonl")
    monkeypatch.setattr(batches, "BATCH_DOCUMENTS", batch)
    out = tmp_path / "out.jsonl"
    args = ["predict", *mixed, "--model", small_bundle, "--format", "jsonl", "--out", out]
    stopped = 0
    original = batches.batches

    def ends_early(*args: Any) -> Iterator[Any]:
        for number, found in enumerate(original(*args)):
            if number == 2:
                raise KeyboardInterrupt
            yield found

    while True:  # an interrupt after every two batches
        with monkeypatch.context() as patch:
            patch.setattr("classifier.tasks.predict.batches", ends_early)
            result = classify(*args, *(["--resume"] if stopped else []), "--jobs", 1)
        if result.exit_code != 130:
            break
        stopped += 1
        if stopped % 2:  # what was written behind the checkpoint does not count
            with (tmp_path / "out.jsonl.part.lines").open("ab") as lines:
                lines.write(b'{"name": "half')
        if stopped > 2:
            break
    _, written = run(classify, mixed, small_bundle, "--format", "jsonl", "--out", out, "--resume")
    assert written == whole
    assert stopped >= 1
    assert [path.name for path in tmp_path.glob("out.jsonl.*")] == ["out.jsonl.meta.json"]


def with_passed_over(path: str, full_names: bool) -> Iterator[Source]:
    """The sources of a folder, and what a folder has beside them."""
    yield from listed(path, full_names)
    for name, why in {"p.png": PassedOver.PICTURE, "q.jpg": PassedOver.PICTURE, ".x": PassedOver.HIDDEN}.items():
        yield Source(Path(path, name), name, passed_over=why)


def test_what_is_passed_over_is_told_and_is_no_fault(
    classify: Run, reports: Path, small_bundle: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(inputs, "listed", with_passed_over)
    args = ["predict", reports, "--model", small_bundle, "--format", "csv", "--receipt", tmp_path / "r.json"]
    result = classify(*args)
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "read: 2 documents (2 text), 4 paragraphs",
        "passed over: 2 pictures, sounds or films, 1 hidden file",
    ]
    written = json.loads((tmp_path / "r.json").read_bytes())
    assert written["totals"]["passed_over"] == {"picture": 2, "hidden": 1}
    assert [f["name"] for f in written["files"] if f["passed_over"] == "picture"] == ["p.png", "q.jpg"]
    assert classify(*args, "--strict").exit_code == 0


def test_one_clean_report_is_tagged_in_silence(classify: Run, reports: Path, small_bundle: Path) -> None:
    assert classify("predict", reports / "a.txt", "--model", small_bundle).stderr == ""


def test_the_receipt_is_neither_input_nor_output(
    classify: Run, reports: Path, small_bundle: Path, tmp_path: Path
) -> None:
    for other in (reports / "a.txt", tmp_path / "o.csv"):
        result = classify(
            "predict", reports / "a.txt", "--model", small_bundle, "--format", "csv",
            "--out", tmp_path / "o.csv", "--receipt", other,
        )  # fmt: skip
        assert result.exit_code == 2
        assert "is both --receipt and input or --out; give --receipt another name" in result.stderr
    assert (reports / "a.txt").read_text(encoding="utf-8") == GOOD


def test_where_no_receipt_can_be_written_is_told_before_the_work(
    classify: Run, reports: Path, small_bundle: Path, tmp_path: Path
) -> None:
    for place in (tmp_path, tmp_path / "none" / "r.json"):
        result = classify("predict", reports, "--model", small_bundle, "--receipt", place)
        assert one_line(result) == f"error: {place}: cannot be written; give --receipt a file in a folder"
        assert result.stdout == ""


def test_data_does_not_depend_on_the_locale(reports: Path, small_bundle: Path) -> None:
    args = ("predict", reports, "--model", small_bundle, "--format", "csv")
    english, chinese = run_command(*args, LC_ALL="C.UTF-8"), run_command(*args, LC_ALL="zh_CN.UTF-8")
    assert english.stdout == chinese.stdout
    assert english.returncode == chinese.returncode == 0
    assert run_command(*args, "--lang", "en", LC_ALL="zh_CN.UTF-8").stdout != chinese.stdout
