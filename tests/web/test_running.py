"""`classify serve` and `classify review` as processes: addresses, ports, tokens, signals, and faults."""

import json
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from classifier.workspace.place import Workspace
from tests.web.running import running

Classify = Callable[..., Any]
TEXT = json.dumps({"text": "改造国道30公里。"}).encode()


def asked(address: str, **headers: str) -> bytes:
    request = Request(f"{address}/predict", TEXT, {"content-type": "application/json", **headers})
    with urlopen(request, timeout=30) as answer:
        found: bytes = answer.read()
        return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_server_answers_until_it_is_ended(small_bundle: Path, tmp_path: Path, how: signal.Signals) -> None:
    with running("serve", "--port", 0, "--model", small_bundle, cwd=tmp_path) as server:
        address = server.address().rstrip(";")
        assert json.loads(asked(address))["areas"][0]["id"] == "roads"
        assert server.end(how) in (0, -how)
        with pytest.raises(OSError, match="refused"):
            asked(address)


def test_other_machines_need_a_token(small_bundle: Path, tmp_path: Path) -> None:
    options = ("--host", "0.0.0.0", "--port", 0, "--model", small_bundle)
    with running("serve", *options, cwd=tmp_path, CLASSIFY_TOKEN="secret") as server:
        address = server.address().rstrip(";").replace("0.0.0.0", "127.0.0.1")
        with pytest.raises(HTTPError, match="401"):
            asked(address)
        assert asked(address, authorization="Bearer secret")
        assert "secret" not in "".join(server.lines)
    with running("serve", *options, cwd=tmp_path, CLASSIFY_TOKEN="") as server:
        address = server.address().rstrip(";").replace("0.0.0.0", "127.0.0.1")
        (told,) = (line for line in server.lines if line.startswith("token"))
        assert asked(address, authorization=f"Bearer {told.split()[-1]}")


def test_a_port_that_is_taken_is_told_in_one_line(
    classify: Classify, small_bundle: Path, workspace: Workspace, report_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.folder)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in (["serve"], ["review", report_file]):
            result = classify(*command, "--port", port, "--model", small_bundle)
            assert result.exit_code == 2
            assert result.stderr == f"error: --port {port}: another program listens there; give another, or 0 for any\n"


def test_an_address_of_another_machine_is_told_in_one_line(classify: Classify, small_bundle: Path) -> None:
    for host in ("192.0.2.7", "no such host", "名" * 99):
        result = classify("serve", "--host", host, "--port", 0, "--model", small_bundle)
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
        assert "no address of this machine" in result.stderr


def test_a_review_needs_a_workspace(
    classify: Classify, report_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLASSIFY_WORKSPACE", raising=False)
    result = classify("review", report_file)
    assert result.exit_code == 2
    assert result.stderr == "error: not in a workspace; run 'classify init DIR' and go there\n"


def test_an_unknown_area_and_an_unreadable_report_are_told_before_the_page_opens(
    classify: Classify, small_bundle: Path, workspace: Workspace, report_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.folder)
    result = classify("review", report_file, "--area", "ecology", "--model", small_bundle)
    assert (result.exit_code, "unknown area ecology" in result.stderr) == (2, True)
    report_file.write_bytes(b"")
    result = classify("review", report_file, "--model", small_bundle)
    assert (result.exit_code, "the file is empty" in result.stderr) == (2, True)
