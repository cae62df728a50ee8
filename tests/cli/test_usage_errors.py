"""What is told of a command line that cannot be, in both languages."""

import re
import unicodedata

import pytest

from tests.cli.conftest import Run
from tests.conftest import run_command

WRONG = {
    "agreement a": ("second is missing; give it: Another reading of the same ids", "缺少 second；请补上：第二次标注"),
    "labels extract a.jsonl": (
        "--out is missing; give it: The extract folder to write",
        "缺少 --out；请补上：摘录文件夹",
    ),
    "predict a --recepit m": (
        "no option --recepit; did you mean --receipt?",
        "没有 --recepit 这个选项；您要的是 --receipt 吗？",
    ),
    "predict a --qqq": ("no option --qqq", "没有 --qqq 这个选项"),
    "predict a -x": ("no option -x", "没有 -x 这个选项"),
    "--qqq": ("no option --qqq", "没有 --qqq 这个选项"),
    "preditc a": ("no command preditc; did you mean predict?", "没有 preditc 这个命令；您要的是 predict 吗？"),
    "labels qqq": (
        "no command qqq; there are extract, summary, log, undo, export, import",
        "没有 qqq 这个命令；可用的命令有：extract, summary, log, undo, export, import",
    ),
    "train a b": ("more than this command takes: a b", "这个命令不接受多出的内容：a b"),
    "predict a --out": ("--out: needs a value after it", "--out：后面缺少值；请补上"),
    "predict a --resume=3": ("--resume: takes no value; leave it out", "--resume：这个选项不带值；请去掉后面的值"),
    "areas --lang fr": ("--lang fr: unknown; give one of zh, en", "--lang fr：没有这个值；请从这些值中选：zh, en"),
    "evaluate --cv 1": ("--cv 1: give a whole number from 2 on", "--cv 1：请填不小于 2 的整数"),
    "evaluate --jobs two": ("--jobs two: give a whole number", "--jobs two：请填整数"),
    "evaluate --jobs 0": (
        "--jobs: 0 processes cannot be; give 1 to 256, or -1 for one on each core",
        "--jobs：进程数不能是 0；请填 1 到 256，或填 -1 表示每个 CPU 核一个进程",
    ),
}


@pytest.mark.parametrize("typed", WRONG)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_wrong_is_told(classify: Run, monkeypatch: pytest.MonkeyPatch, typed: str, lang: str) -> None:
    monkeypatch.setenv("LANGUAGE", lang)
    result = classify(*typed.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    usage, hint, empty, fault = result.stderr.splitlines()
    start, asked, error = {"en": ("Usage: ", "Try '", "error: "), "zh": ("用法：", "用法说明请运行：", "错误：")}[lang]
    assert (usage.startswith(start), hint.startswith(asked), empty) == (True, True, "")
    assert fault == error + WRONG[typed][lang == "zh"]


def test_control_characters_are_not_told(classify: Run) -> None:
    assert "\x1b" not in classify("areas", "--\x1b[31mred").stderr
    assert "\x1b" not in classify("\x1b[31mred").stderr


def test_no_command_is_help(classify: Run) -> None:
    for command in ((), ("labels",)):
        result = classify(*command)
        assert "--help" in result.output
        assert "error:" not in result.output


PAGES = ["", "predict", "read", "train", "evaluate", "areas", "agreement", "labels", "labels extract", "labels summary"]


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_fits_into_80_cells(page: str, lang: str) -> None:
    lines = run_command(*page.split(), "--help", LANGUAGE=lang, COLUMNS="80").stdout.decode().splitlines()
    assert len(lines) > 5
    assert [line for line in lines if cells(line) > 80] == []


def test_help_is_in_the_language_of_the_user() -> None:
    page = run_command("predict", "--help", LANGUAGE="zh", COLUMNS="80").stdout.decode()
    assert re.findall(r"^(\S+?)[：:]", page, re.MULTILINE) == ["用法", "参数", "选项"]
    assert "[默认：all]" in page
    assert "[必填]" in page
    commands = run_command("--help", LANGUAGE="zh").stdout.decode()
    assert re.search(r"^命令:\n  predict +给报告逐段标注政策领域。$", commands, re.MULTILINE)
    page = run_command("predict", "--help", LANGUAGE="en", COLUMNS="80").stdout.decode()
    assert re.findall(r"^(\S+?)[：:]", page, re.MULTILINE) == ["Usage", "Arguments", "Options"]
    assert "[default: all]" in page
