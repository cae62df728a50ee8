"""A label page that is killed while people label loses nothing that it acknowledged, and leaves nothing behind."""

import re
import signal
import sys
import threading
import time
from itertools import cycle, product
from pathlib import Path

import httpx2
import pytest

from classifier.workspace.label_log import read_log
from classifier.workspace.place import Workspace
from tests.conftest import run_command
from tests.web.running import running
from tests.workspace.moments import ALL, KILL, MARK, SIGNALS, Call, left_running, name_of, need_trace, strace_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught"),
]
_ENDED = (httpx2.HTTPError, ConnectionError)


def label_until_it_ends(address: str, areas: list[str], acknowledged: list[int], most: int = sys.maxsize) -> None:
    """Save verdicts as fast as they are acknowledged, `most` or less, and note the number of the log after each.

    All are of one paragraph, and every other says that it has no area: what is as it was is not saved again.
    """
    origin, _, token = address.partition("/?")
    verdicts = cycle([areas, []])
    try:
        with httpx2.Client(base_url=origin, headers={"origin": origin}, trust_env=False, timeout=120) as client:
            client.get(f"/?{token}")
            paragraph = client.get("/api/reports/0").json()["paragraphs"][1]
            row = {"report": 0, "position": 1, "id": paragraph["id"], "sentence": None, "since": 0}
            while len(acknowledged) < most:
                answer = client.post("/api/labels", json=row | {"areas": next(verdicts)})
                if answer.is_success:
                    acknowledged.append(answer.json()["number"])
    except _ENDED:
        return


@pytest.mark.parametrize("how", SIGNALS, ids=name_of)
@pytest.mark.parametrize("wait", [0.05, 0.31])
def test_nothing_acknowledged_is_lost(
    workspace: Workspace, small_bundle: Path, report_file: Path, how: signal.Signals, wait: float
) -> None:
    acknowledged: tuple[list[int], list[int]] = ([], [])
    options = ("--no-browser", "--model", small_bundle)
    with running("review", report_file, *options, cwd=workspace.folder) as server:
        threads = []
        for numbers in acknowledged:
            own = (server.address(), ["roads"], numbers)
            threads.append(threading.Thread(target=label_until_it_ends, args=own))
            threads[-1].start()
            time.sleep(0.5)  # the address for the next one is printed once this one was used
        end = time.monotonic() + 60
        while not all(acknowledged) and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(wait)
        server.end(how)
        for thread in threads:
            thread.join(timeout=30)
    numbers = sorted({*acknowledged[0], *acknowledged[1]})
    entries = read_log(workspace)
    assert all(acknowledged)
    assert [e.number for e in entries] == list(range(1, len(entries) + 1))
    assert numbers[-1] <= len(entries) <= numbers[-1] + 2
    assert len(acknowledged[0]) + len(acknowledged[1]) <= len(entries)
    assert not list(workspace.folder.rglob("*.tmp"))


# The calls on the log and on the lock with which three labels are saved, in order; how many are written before each.
# The lock is taken and let go by the same call, and the folder of the log is flushed when the log is new.
CALLS = {
    Call("flock", 1): 0,
    Call("write", 1): 0,
    Call("fsync", 1): 1,
    Call("fsync", 2): 1,
    Call("flock", 2): 1,
    Call("flock", 3): 1,
    Call("write", 2): 1,
    Call("fsync", 3): 2,
    Call("flock", 4): 2,
    Call("flock", 5): 2,
    Call("write", 3): 2,
    Call("fsync", 4): 3,
    Call("flock", 6): 3,
}


def moments() -> list[tuple[Call, signal.Signals]]:
    """Each call with each signal, or where not all are tried some, for which the signals take turns."""
    if ALL:
        return list(product(CALLS, SIGNALS))
    return list(zip(list(CALLS)[2::3], cycle(SIGNALS)))


@pytest.mark.parametrize(("call", "how"), moments(), ids=name_of)
def test_ended_between_two_system_calls(
    workspace: Workspace, small_bundle: Path, report_file: Path, call: Call, how: signal.Signals
) -> None:
    need_trace()
    files = (workspace.label_log, workspace.label_log.parent, workspace.lock_file)
    under = strace_server(report_file.with_suffix(".log"), call, how, *files)
    words = (report_file, "--no-browser", "--model", small_bundle)
    acknowledged: list[int] = []
    with running("review", *words, cwd=workspace.folder, under=under, **{MARK: str(workspace.folder)}) as server:
        label_until_it_ends(server.address(), ["roads"], acknowledged)
        code = server.process.wait(timeout=60)
    written, entries = CALLS[call], read_log(workspace)
    assert code == (0 if how == signal.SIGINT else -how)
    assert left_running(workspace.folder) == []
    assert acknowledged == list(range(1, len(acknowledged) + 1))
    assert [e.number for e in entries] == list(range(1, len(entries) + 1))
    if how == KILL:  # before the call
        assert len(entries) == written
        assert written - 1 <= len(acknowledged) <= written
    else:  # what is under way is answered
        assert len(entries) == len(acknowledged) >= max(written, 1)
    check_again(workspace, words, len(entries))


def check_again(workspace: Workspace, words: tuple[object, ...], saved: int) -> None:
    """The next label page saves a label, and `labels log` shows it and those before."""
    acknowledged: list[int] = []
    with running("review", *words, cwd=workspace.folder) as server:
        label_until_it_ends(server.address(), ["schools"], acknowledged, most=1)
        server.end(signal.SIGTERM)
    assert acknowledged == [saved + 1]
    shown = run_command("labels", "log", cwd=workspace.folder)
    assert shown.returncode == 0, shown.stderr
    assert [int(n) for n in re.findall(r"^ *(\d+) +20", shown.stdout.decode(), re.MULTILINE)] == list(
        range(1, saved + 2)
    )
