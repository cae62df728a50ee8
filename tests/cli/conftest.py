"""What the tests of the command share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

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
    """The single line of an error that the user can mend; only the summary of a run may follow."""
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    line, *summary = result.stderr.splitlines()
    assert all(more.startswith(("read: ", "alike: ", "not read: 1 document")) for more in summary)
    return line
