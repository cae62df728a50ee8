import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from tests.cli.conftest import one_line
from tests.readers.docx_builder import Docx, abstract, lvl, num, p, r
from tests.readers.pdf_builders import flowed

Run = Callable[..., Result]


def word_report() -> bytes:
    numbering = abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）")) + num(1, 1)
    body = (
        p(r("工作安排"))
        + p(r("今年工作"), num=(1, 0))
        + p(r("抓好农业"), num=(1, 1))
        + p(r("新建高标准农田3万亩，粮食总产稳定在20万吨以上。"))
    )
    return Docx(body, numbering).build()


def test_word_numbers_are_shown_as_headings(classify: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word_report())
    result = classify("read", file)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        str(file),
        "1\t-\ttitle\t\t工作安排",
        "2\t-\theading\t\t一、今年工作",
        "3\t-\theading\t一、今年工作\t（一）抓好农业",
        "4\t-\tparagraph\t一、今年工作 > （一）抓好农业\t新建高标准农田3万亩，粮食总产稳定在20万吨以上。",
    ]


def test_pages_of_a_pdf_as_json_lines(classify: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    lines = [f"第{c}项任务是修整道路，改善出行，方便群众。" * 6 for c in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]
    file.write_bytes(flowed(["道路工作方案", *lines]))
    result = classify("read", file, "--format", "jsonl")
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["text"] for row in rows[1:]] == lines
    pages = [row["page"] for row in rows]
    assert (pages[0], pages) == (1, sorted(pages))
    assert pages[-1] > 1


def test_word_and_pdf_are_tagged_like_text(classify: Run, tmp_path: Path, small_bundle: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word_report())
    result = classify("predict", tmp_path, "--format", "jsonl", "--model", small_bundle)
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [a["id"] for a in rows[-1]["areas"]] == ["farms"]
    assert {row["page"] for row in rows} == {None}


def test_a_damaged_word_file_is_told_in_one_line(classify: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(word_report()[:200])
    result = classify("read", file)
    assert result.exit_code == 2
    assert one_line(result).startswith(f"error: {file}: ")


def test_one_bad_document_does_not_end_the_rest(classify: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK nothing")
    (tmp_path / "b.docx").write_bytes(word_report())
    (tmp_path / "c.txt").write_text("改造国道30公里。", encoding="utf-8")
    result = classify("read", tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "c.txt", tmp_path / "none.txt")
    assert result.exit_code == 2
    assert [line for line in result.stdout.splitlines() if "\t" not in line] == [
        str(tmp_path / "b.docx"), str(tmp_path / "c.txt"),
    ]  # fmt: skip
    told = result.stderr.splitlines()
    assert told[0].startswith(f"error: {tmp_path / 'a.docx'}: ")
    assert told[1:] == [
        f"error: {tmp_path / 'none.txt'}: no such file or folder; check the path",
        "read: 2 documents (1 Word, 1 text), 5 paragraphs",
        "rebuilt: 2 automatic numbers of Word in 1 document",
        "not read: 2 documents",
    ]


def test_messages_speak_the_language_that_was_asked_for(classify: Run, tmp_path: Path) -> None:
    result = classify("read", tmp_path / "none.txt", "--lang", "zh")
    assert one_line(result).startswith("错误：")
