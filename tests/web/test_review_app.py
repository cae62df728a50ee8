"""The label page's server: who may enter, what is saved and undone, and what two browsers see of each other."""

import errno
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import pytest

from classifier.workspace.label_log import append_labels, read_log, saved_labels, undo_entries
from classifier.workspace.place import Workspace, locked
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from tests.web.conftest import HERE, REPORT, ReviewPage, verdict

Made = Callable[..., ReviewPage]
EVERY = {"farms", "schools", "roads"}


def test_a_token_is_good_once_and_another_is_announced(review_page: Made, report_file: Path) -> None:
    page = review_page(report_file)
    first = page.sessions.token
    client, late = page.client(), page.stranger()
    assert page.announced == [page.sessions.token] != [first]
    assert late.get(f"/?token={first}").status_code == 403
    assert client.get("/").status_code == 200
    assert "token" not in client.get("/").text


def test_the_cookie_is_for_this_page_alone(review_page: Made, report_file: Path) -> None:
    page = review_page(report_file)
    answer = page.stranger().get(f"/?token={page.sessions.token}")
    assert {"httponly", "samesite=strict", "path=/"} <= set(answer.headers["set-cookie"].lower().split("; "))


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 10_000])
def test_another_token_does_not_enter(review_page: Made, report_file: Path, token: str) -> None:
    assert review_page(report_file).stranger().get("/", params={"token": token}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/api/start", "/api/reports/0", "/api/changes?since=0"])
def test_nothing_is_shown_to_a_stranger(review_page: Made, report_file: Path, path: str) -> None:
    answer = review_page(report_file).stranger().get(path)
    assert answer.status_code == 403
    assert "招聘" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost:8765.evil.example", ""])
def test_another_host_name_is_refused(review_page: Made, report_file: Path, host: str) -> None:
    client = review_page(report_file).client()
    assert client.get("/api/start", headers={"host": host}).status_code == 403
    assert client.get("/api/start", headers={"host": "localhost:8765", "origin": "http://localhost:8765"}).is_success


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:8765", None]
)
def test_a_write_of_another_page_is_refused(
    review_page: Made, report_file: Path, workspace: Workspace, origin: str | None
) -> None:
    client = review_page(report_file).client()
    body = verdict(client, 1, "schools")
    del client.headers["origin"]
    headers = {} if origin is None else {"origin": origin}
    assert client.post("/api/labels", json=body, headers=headers).status_code == 403
    assert read_log(workspace) == ()


def test_nothing_is_written_by_reading(review_page: Made, report_file: Path, workspace: Workspace) -> None:
    client = review_page(report_file).client()
    for path in ("/api/labels", "/api/undo"):
        assert [client.request(m, path).status_code for m in ("GET", "HEAD", "PUT", "DELETE")] == [405] * 4
    assert read_log(workspace) == ()


def test_every_answer_has_a_strict_policy(review_page: Made, report_file: Path) -> None:
    page = review_page(report_file)
    for client in (page.stranger(), page.client()):
        for path in ("/", "/page/main.js", "/api/start", "/nowhere"):
            headers = client.get(path).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
            assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("name", ["review.html", "..%2f..%2frunning.py", "%2e%2e/words.py", "main.js%00", ""])
def test_only_the_page_s_own_files_are_given(review_page: Made, report_file: Path, name: str) -> None:
    assert review_page(report_file).client().get(f"/page/{name}").status_code == 404


def test_a_verdict_speaks_of_all_areas_and_is_saved_before_it_is_answered(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    client = review_page(report_file).client()
    answer = client.post("/api/labels", json=verdict(client, 1, "schools", "roads")).json()
    (entry,) = read_log(workspace)
    assert entry.label is not None
    assert entry.label.verdicts == (Verdict(frozenset({"schools", "roads"}), frozenset(EVERY)),)
    assert (entry.source, entry.label.document, entry.label.line) == ("review", "某县.txt", 2)
    assert entry.label.heading == ("一、工作回顾",)
    assert entry.label.id == paragraph_id("某县.txt", REPORT.splitlines()[1])
    label = answer["labels"][entry.label.id]
    assert (answer["number"], label["whole"]) == (1, {"farms": False, "roads": True, "schools": True})
    assert label["by"] == entry.by


def test_a_sentence_gives_its_areas_to_its_paragraph(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    client = review_page(report_file).client()
    assert client.post("/api/labels", json=verdict(client, 1, "roads", sentence=2)).is_success
    (label,) = saved_labels(workspace).values()
    assert label.areas == {"roads"}
    assert label.by_sentence == ({}, {"farms": False, "roads": True, "schools": False})


def test_each_browser_undoes_what_it_saved_itself(review_page: Made, report_file: Path, workspace: Workspace) -> None:
    page = review_page(report_file)
    one, other = page.client(), page.client()
    assert one.post("/api/labels", json=verdict(one, 1, "schools")).is_success
    assert other.post("/api/labels", json=verdict(other, 2, "farms")).is_success
    answer = one.post("/api/undo", json={"since": 2}).json()
    assert list(answer["labels"].values()) == [None]
    assert [label.areas for label in saved_labels(workspace).values()] == [{"farms"}]
    again = one.post("/api/undo", json={"since": 3})
    assert (again.status_code, "nothing to undo" in again.json()["error"]) == (409, True)
    assert len(read_log(workspace)) == 3


def test_what_was_undone_elsewhere_is_told_once_and_the_next_undo_takes_the_one_before(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    client = review_page(report_file).client()
    for position, area in ((1, "schools"), (2, "farms")):
        assert client.post("/api/labels", json=verdict(client, position, area)).is_success
    first, last = (entry.label.id for entry in read_log(workspace) if entry.label is not None)
    undo_entries(workspace, [2])
    told = client.post("/api/undo", json={"since": 2}).json()
    assert (told["undone"], told["already"], told["labels"]) == (last, True, {last: None})
    assert [label.id for label in saved_labels(workspace).values()] == [first]
    told = client.post("/api/undo", json={"since": 3}).json()
    assert (told["undone"], told["already"]) == (first, False)
    assert saved_labels(workspace) == {}
    assert client.post("/api/undo", json={"since": 4}).status_code == 409


def test_an_undo_that_cannot_be_written_can_be_tried_again(
    review_page: Made, report_file: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = review_page(report_file).client()
    assert client.post("/api/labels", json=verdict(client, 1, "schools")).is_success
    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", _no_space)
        assert "No space left" in client.post("/api/undo", json={"since": 1}).json()["error"]
    assert client.post("/api/undo", json={"since": 1}).json()["already"] is False
    assert saved_labels(workspace) == {}


def _no_space(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_a_browser_said_last_is_not_saved_again_but_what_another_says_is(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    page = review_page(report_file)
    one, other = page.client(), page.client()
    for client, entries in ((one, 1), (one, 1), (other, 2), (other, 2), (one, 3)):
        assert client.post("/api/labels", json=verdict(client, 1, "schools")).json()["number"] == entries
    assert len({(entry.by, entry.label) for entry in read_log(workspace)}) == 1
    assert page.server.labels.saved_paragraphs() == 1
    for client, left in ((one, 1), (one, 1), (other, 0)):
        assert client.post("/api/undo", json={"since": 3}).json()["already"] is False
        assert page.server.labels.saved_paragraphs() == left


def test_what_two_browsers_said_stays_when_one_undoes_it(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    page = review_page(report_file)
    one, other = page.client(), page.client()
    for client in (one, other):
        assert client.post("/api/labels", json=verdict(client, 1, "schools")).is_success
    (shown,) = one.post("/api/undo", json={"since": 2}).json()["labels"].values()
    assert shown["whole"] == {"farms": False, "roads": False, "schools": True}
    assert [label.areas for label in saved_labels(workspace).values()] == [{"schools"}]


def test_the_opposite_saved_by_another_process_meanwhile_does_not_outdo_what_is_acknowledged_later(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    client = review_page(report_file).client()
    body = verdict(client, 1, "schools")
    assert client.post("/api/labels", json=body).is_success
    (entry,) = read_log(workspace)
    assert entry.label is not None
    opposite = replace(entry.label, verdicts=(Verdict(frozenset(), frozenset(EVERY)),))
    with ThreadPoolExecutor(1) as pool:
        with locked(workspace):  # as the other process has it while it writes
            answer = pool.submit(client.post, "/api/labels", json=body)
            wait([answer], timeout=1)
            append_labels(workspace, [opposite], "import")
        assert answer.result().json()["number"] == 3
    assert [label.areas for label in saved_labels(workspace).values()] == [{"schools"}]


def test_the_later_of_two_browsers_wins_and_both_stay_in_the_log(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    page = review_page(report_file)
    one, other = page.client(), page.client()
    one.post("/api/labels", json=verdict(one, 1, "schools"))
    seen = other.post("/api/labels", json=verdict(other, 1, "roads")).json()
    (label,) = seen["labels"].values()
    assert label["whole"] == {"farms": False, "roads": True, "schools": False}
    changes = one.get("/api/changes?since=1").json()
    assert changes["labels"] == seen["labels"]
    assert one.get("/api/changes?since=2").json() == {"number": 2, "labels": {}}
    assert len(read_log(workspace)) == 2


def test_what_another_process_saves_is_seen(review_page: Made, report_file: Path, workspace: Workspace) -> None:
    client = review_page(report_file).client()
    text = REPORT.splitlines()[2]
    label = SavedLabel(
        paragraph_id("某县.txt", text),
        "某县.txt",
        text,
        ((0, len(text)),),
        (Verdict(frozenset(), frozenset({"farms"})),),
    )
    append_labels(workspace, [label], "import", by="李")
    state = client.get("/api/reports/0").json()
    assert state["labels"][label.id]["by"] == "李"
    assert client.get("/api/changes?since=0").json()["labels"][label.id]["whole"] == {"farms": False}


def test_a_verdict_on_the_whole_keeps_what_sentences_cut_otherwise_have(
    review_page: Made, report_file: Path, workspace: Workspace
) -> None:
    client = review_page(report_file).client()
    text, about = REPORT.splitlines()[1], frozenset({"schools", "roads"})
    spans = ((0, 8), (8, 16), (16, len(text)))  # the page has two sentences
    of_sentences = (Verdict(frozenset({"schools"}), about, 1), Verdict(frozenset({"roads"}), about, 3))
    label = SavedLabel(paragraph_id("某县.txt", text), "某县.txt", text, spans, of_sentences)
    append_labels(workspace, [label], "import", by="李")
    assert client.post("/api/labels", json=verdict(client, 1, "schools", "roads")).is_success
    (current,) = saved_labels(workspace).values()
    assert current.sentences == spans
    assert current.whole == {"farms": False, "roads": True, "schools": True}
    assert [{area for area, there in own.items() if there} for own in current.by_sentence] == [
        {"schools"},
        set(),
        {"roads"},
    ]
    assert client.post("/api/labels", json=verdict(client, 1, "roads", sentence=2)).is_success
    (current,) = saved_labels(workspace).values()
    assert len(current.sentences) == 2


BAD = [
    {"areas": ["ecology"]},
    {"sentence": 0},
    {"sentence": 9},
    {"position": 99},
    {"position": -1},
    {"report": 7},
    {"report": "0"},
    {"id": "other"},
    {"areas": None},
    {"areas": [1]},
    {"since": True},
]


@pytest.mark.parametrize("wrong", BAD, ids=str)
def test_a_verdict_that_does_not_fit_is_refused_in_one_line(
    review_page: Made, report_file: Path, workspace: Workspace, wrong: dict[str, object]
) -> None:
    client = review_page(report_file).client()
    answer = client.post("/api/labels", json={**verdict(client, 1), **wrong})
    assert answer.status_code in (400, 404, 409)
    assert "\n" not in answer.json()["error"]
    assert read_log(workspace) == ()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 100_000, b'"' + b"a" * 70_000 + b'"', b"\xff"])
def test_other_bodies_are_refused(review_page: Made, report_file: Path, body: bytes) -> None:
    client = review_page(report_file).client()
    headers = {"content-type": "application/json"}
    for path in ("/api/labels", "/api/undo"):
        assert client.post(path, content=body, headers=headers).status_code == 400
        assert client.post(path, content=b"{}", headers={"content-type": "text/plain"}).status_code == 400


@pytest.mark.parametrize("since", ["", "-1", "x", "1e3", "９", "1" * 40])
def test_changes_need_a_number(review_page: Made, report_file: Path, since: str) -> None:
    assert review_page(report_file).client().get("/api/changes", params={"since": since}).status_code == 400


def test_one_area_can_be_asked_about_alone(review_page: Made, report_file: Path, workspace: Workspace) -> None:
    client = review_page(report_file, "roads").client()
    shown = client.get("/api/reports/0").json()["paragraphs"][1]
    assert (shown["about"], list(shown["scores"])) == (["roads"], ["roads"])
    assert client.post("/api/labels", json=verdict(client, 1)).is_success
    (label,) = saved_labels(workspace).values()
    assert label.whole == {"roads": False}


def test_the_page_speaks_two_languages(review_page: Made, report_file: Path) -> None:
    for lang, word in (("zh", "认可，到下一段"), ("en", "accept, go on")):
        assert review_page(report_file, lang=lang).client().get("/api/start").json()["words"]["key_accept"] == word
    assert HERE.endswith(":8765")
