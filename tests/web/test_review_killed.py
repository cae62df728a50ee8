"""A label page that is killed while two people label loses nothing that it acknowledged, and leaves nothing behind."""

import signal
import threading
import time
from pathlib import Path

import httpx2
import pytest

from classifier.workspace.label_log import read_log
from classifier.workspace.place import Workspace
from tests.web.running import running

pytestmark = pytest.mark.slow
_ENDED = (httpx2.HTTPError, ConnectionError)


def label_until_it_ends(address: str, areas: list[str], acknowledged: list[int]) -> None:
    """Save verdicts as fast as they are acknowledged, and note the number of the log after each."""
    origin, _, token = address.partition("/?")
    try:
        with httpx2.Client(base_url=origin, headers={"origin": origin}, trust_env=False) as client:
            client.get(f"/?{token}")
            paragraph = client.get("/api/reports/0").json()["paragraphs"][1]
            row = {"report": 0, "position": 1, "id": paragraph["id"], "sentence": None, "areas": areas, "since": 0}
            while True:
                answer = client.post("/api/labels", json=row)
                if answer.is_success:
                    acknowledged.append(answer.json()["number"])
    except _ENDED:
        return


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
@pytest.mark.parametrize("wait", [0.05, 0.31])
def test_nothing_acknowledged_is_lost(
    workspace: Workspace, small_bundle: Path, report_file: Path, how: signal.Signals, wait: float
) -> None:
    acknowledged: tuple[list[int], list[int]] = ([], [])
    options = ("--no-browser", "--model", small_bundle)
    with running("review", report_file, *options, cwd=workspace.folder) as server:
        threads = []
        for areas, numbers in zip((["roads"], []), acknowledged, strict=True):
            threads.append(threading.Thread(target=label_until_it_ends, args=(server.address(), areas, numbers)))
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
