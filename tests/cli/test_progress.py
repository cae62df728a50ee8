import io
import re

import pytest

from classifier.cli.progress import Meter
from classifier.cli.reporter import tell


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("classifier.cli.progress.time.monotonic", lambda: now[0])
    return now


def test_a_line_every_ten_seconds(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    meter = Meter(40_000_000)
    meter.begin(100, 1_000_000, 10_000_000)
    clock[0] += 9
    meter.done(150, 6_000_000, 15_000_000)
    assert capsys.readouterr() == ("", "")
    clock[0] += 1
    meter.done(200, 11_000_000, 20_000_000)
    clock[0] += 1
    meter.done(210, 12_000_000, 21_000_000)
    out, told = capsys.readouterr()
    assert out == ""
    assert told == "tagging: 200 documents; 10 documents and 1.0 MB of text a second, about 20 s left\n"


def test_without_a_total_no_time_is_promised(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    meter = Meter(0)
    clock[0] += 10
    meter.done(20, 5_000_000, 0)
    assert capsys.readouterr().err == "tagging: 20 documents; 2 documents and 0.5 MB of text a second\n"


def test_a_bar_in_a_terminal_is_taken_away_at_the_end(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    meter = Meter(4_000_000)
    meter.done(1, 1, 1)
    assert terminal.getvalue() == ""
    clock[0] += 2
    meter.done(10, 2_000_000, 2_000_000)
    meter.end()
    assert "5 documents and 1.0 MB of text a second" in terminal.getvalue()
    meter.end()


class TerminalWithBytes(io.TextIOWrapper):
    """A terminal as Python has it: what is written to its bytes goes past whatever stands for `sys.stderr`."""

    def isatty(self) -> bool:
        return True


def test_what_is_told_stands_on_a_line_of_its_own_above_the_bar(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    written = io.BytesIO()
    monkeypatch.setattr("sys.stderr", TerminalWithBytes(written, "utf-8", write_through=True))
    meter = Meter(4_000_000)
    clock[0] += 2
    meter.done(1, 1, 1)
    tell("note: 一份报告")
    meter.end()
    last_control = re.compile(r".*(?:\x1b\[2K|\r)(?P<shown>[^\r\n]*)")
    lines = [found["shown"] for line in written.getvalue().decode().split("\n") if (found := last_control.match(line))]
    assert "note: 一份报告" in [line.strip() for line in lines]
