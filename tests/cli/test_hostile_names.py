"""What stands in names never forges a line and never steers a terminal, whatever is written."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, Run
from tests.conftest import PROJECT
from tests.readers.docx_builder import Docx, p, r
from tests.readers.files import write_archive

NAME = "a\nerror: all is well\x1b[2J\u202etxt.exe\r.txt"
SHOWN = "a\\nerror: all is well\\x1b[2J\\u202etxt.exe\\r.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "named"
    found.mkdir()
    (found / NAME).write_text(GOOD, encoding="utf-8")
    write_archive(found / "b.zip", {NAME: GOOD.encode(), f"empty{NAME}": b""})
    (found / f"empty{NAME}").write_bytes(b"")
    return found


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_names_are_escaped_where_they_could_do_harm(classify: Run, folder: Path, small_bundle: Path, form: str) -> None:
    result = classify("predict", folder, "--format", form, "--model", small_bundle)
    assert [line for line in result.stderr.splitlines() if "empty" in line and "could not" not in line] == [
        f"error: {folder}/b.zip/empty{SHOWN}: the file is empty; check that it was saved whole",
        f"error: {folder}/empty{SHOWN}: the file is empty; check that it was saved whole",
    ]
    assert not set("\x1b\u202e\r") & set(result.stderr)
    assert not set("\x1b\r" if form == "jsonl" else "\x1b\u202e\r") & set(result.stdout)
    if form == "jsonl":
        names = [json.loads(line)["document"] for line in result.stdout.splitlines()]
    elif form == "csv":
        names = [row["document"] for row in csv.DictReader(io.StringIO(result.stdout))]
    else:
        names = [line for line in result.stdout.splitlines() if "error" in line]
    assert sorted(set(names)) == ([NAME, f"b.zip/{NAME}"] if form == "jsonl" else [SHOWN, f"b.zip/{SHOWN}"])


def test_a_word_file_comes_through_a_pipe(small_bundle: Path) -> None:
    args = [sys.executable, "-m", "classifier", "predict", "-", "--format", "jsonl", "--model", str(small_bundle)]
    word = Docx("".join(p(r(line)) for line in GOOD.splitlines())).build()
    done = subprocess.run(args, input=word, capture_output=True, check=True, cwd=PROJECT, env={**os.environ})
    assert [json.loads(line)["text"] for line in done.stdout.decode().splitlines()] == GOOD.splitlines()
    assert done.stderr == b""
