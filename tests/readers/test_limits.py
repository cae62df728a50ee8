import os
import subprocess
import sys
from pathlib import Path

import pytest

from classifier.documents.parse import parse, parse_bytes
from classifier.errors import DocumentError
from classifier.readers import limits, registry, sources
from classifier.readers.limits import LIMITS, VARIABLE, Limit
from classifier.readers.raw import RawDocument, Source
from tests.conftest import PROJECT
from tests.readers.files import TEXT

PAGE = PROJECT / "docs" / "limits.md"


def shown(limit: Limit) -> str:
    """A limit as a row of the table of docs/limits.md."""
    value = f"{limit.usual >> 20} MB" if limit.unit == "bytes" else f"{limit.usual:,} {limit.unit}"
    return f"| `{limit.name}` | {value} | {limit.what} |"


def test_the_page_of_limits_has_each_of_them() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [shown(limit) for limit in LIMITS]


def test_every_limit_stands_under_its_name() -> None:
    assert {limit.name: getattr(limits, limit.name) for limit in LIMITS} == {
        limit.name: limit.usual for limit in LIMITS
    }


def with_variable(name: str, value: str) -> subprocess.CompletedProcess[str]:
    code = f"from classifier.readers import limits; print(limits.{name})"
    variables = {**os.environ, f"{VARIABLE}{name}": value}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=PROJECT, env=variables
    )


@pytest.mark.parametrize(("value", "expected"), [("700", 700), ("2k", 2048), ("3G", 3 << 30)])
def test_a_variable_changes_a_limit(value: str, expected: int) -> None:
    assert with_variable("LARGEST_TEXT", value).stdout == f"{expected}\n"


@pytest.mark.parametrize("value", ["", "0", "-1", "viel", "1.5", "1T"])
def test_a_variable_that_is_no_limit_is_told(value: str) -> None:
    done = with_variable("MOST_LINE_ENDS", value)
    assert f"CLASSIFY_LIMIT_MOST_LINE_ENDS={value}: no limit; give a whole number" in done.stderr


def test_a_text_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MOST_LINE_ENDS", 2)
    assert len(parse_bytes(f"{TEXT}\r\n".encode(), "x", "x", ".txt").paragraphs) == 2
    for end in ("\n", "\r\n", "\r", "\u2029", "\v", "\x85"):
        with pytest.raises(
            DocumentError, match=r"^x: more than 2 lines; divide it, or raise CLASSIFY_LIMIT_MOST_LINE_ENDS$"
        ):
            parse_bytes(end.join([TEXT, TEXT, ""]).encode(), "x", "x", ".txt")
    monkeypatch.setattr(registry, "LARGEST_TEXT", 20)
    with pytest.raises(DocumentError, match=r"^x: more than 0 MB of text; .*CLASSIFY_LIMIT_LARGEST_TEXT$"):
        parse_bytes(TEXT.encode(), "x", "x", ".txt")


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(sources, "LARGEST_FILE", 20)
    for size in (path.stat().st_size, 0):  # as the walk knows it, or not
        with pytest.raises(DocumentError, match=r"a\.txt: larger than 0 MB; .*CLASSIFY_LIMIT_LARGEST_FILE$"):
            sources.read_bytes(Source(path, "a.txt", size=size))
    with pytest.raises(DocumentError, match="larger than"):
        sources.read_bytes(Source(Path("/dev/zero"), "zero"))
    with pytest.raises(DocumentError, match="larger than"):
        parse(RawDocument("a.txt", "a.txt", path, size=99))
