"""`classify serve`: what it answers is what the commands write, and nothing that is sent brings it down."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import jsonschema_rs
import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from classifier.model.model import Model
from classifier.web import serve_app
from classifier.web.answers import Answers
from classifier.web.guard import loopback_hosts
from classifier.web.serve_app import RecordServer
from tests.conftest import run_command
from tests.readers.docx_builder import Docx, p, r
from tests.web.conftest import HERE, PORT, REPORT

ENGLISH = {"LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="session")
def answers(small_model: Model, small_bundle: Path) -> Answers:
    return Answers(small_model, small_bundle)


@pytest.fixture
def client(answers: Answers) -> TestClient:
    return TestClient(RecordServer(answers, None, loopback_hosts(PORT)).app(), base_url=HERE)


def rows(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "unit=sentence",
        "unit=item&explain=true",
        "scores=all&lang=en",
        "areas=roads,farms",
        "areas=,roads,,farms,",
        "areas=core",
    ],
)
def test_records_are_those_of_predict(client: TestClient, small_bundle: Path, report_file: Path, query: str) -> None:
    options = [f"--{part}".replace("=", " ").split() for part in query.split("&") if part]
    flat = [word for option in options for word in option if word != "true"]
    command = ["predict", report_file.name, "--format", "jsonl", "--model", small_bundle, *flat]
    written = run_command(*command, cwd=report_file.parent, **ENGLISH)
    address = f"/predict?name={report_file.name}&{query}"
    posted = client.post(address, content=report_file.read_bytes())
    assert posted.content == written.stdout
    assert posted.headers["content-type"] == "application/x-ndjson"
    as_text = client.post(address, json={"text": REPORT})
    assert as_text.content == written.stdout


@pytest.mark.parametrize("areas", ["roads, farms", " farms ,roads\n", ",farms,,\troads,"])
def test_blanks_and_empty_parts_of_areas_do_not_matter(client: TestClient, areas: str) -> None:
    found = client.post("/predict", params={"areas": areas, "scores": "all"}, json={"text": REPORT})
    assert found.content == client.post("/predict?areas=farms,roads&scores=all", json={"text": REPORT}).content
    assert {area for row in rows(found) for area in row["scores"]} == {"farms", "roads"}
    (pattern,) = (
        option["schema"]["pattern"]
        for option in client.get("/openapi.json").json()["paths"]["/predict"]["post"]["parameters"]
        if option["name"] == "areas"
    )
    assert jsonschema_rs.is_valid({"pattern": pattern}, areas)
    assert not any(jsonschema_rs.is_valid({"pattern": pattern}, bad) for bad in ("", " ,", "farms roads", "ecology"))


def test_shares_are_those_of_shares(client: TestClient, small_bundle: Path, report_file: Path) -> None:
    command = ["shares", report_file.name, "--format", "json", "--model", small_bundle]
    written = run_command(*command, cwd=report_file.parent, **ENGLISH)
    answer = client.post("/shares", content=report_file.read_bytes())
    assert answer.json() == json.loads(written.stdout)
    assert sum(row["share"] for row in answer.json()) == pytest.approx(1, abs=1e-5)


def test_a_word_file_is_read_by_its_content(client: TestClient) -> None:
    found = rows(client.post("/predict", content=Docx(p(r("改造国道30公里。"))).build()))
    assert [area["id"] for area in found[0]["areas"]] == ["roads"]
    assert found[0]["document"] == "-"


def test_answers_are_as_the_openapi_document_says(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    jsonschema_rs.meta.validate(document["components"]["schemas"]["Record"])

    def check(name: str, value: object) -> None:
        jsonschema_rs.validate({"$ref": f"#/components/schemas/{name}", "components": document["components"]}, value)

    for query in ("", "?explain=true&scores=all", "?unit=sentence&areas=roads"):
        for row in rows(client.post(f"/predict{query}", json={"text": REPORT})):
            check("Record", row)
    for row in client.post("/shares", json={"text": REPORT}).json():
        check("Share", row)
    check("Version", client.get("/version").json())
    check("Health", client.get("/health").json())
    check("Fault", client.get("/nowhere").json())


@pytest.mark.parametrize("text", ["", " \n", "\ud800", "\0", "１", "no Chinese", "\u202e改造国道3公里。"])
def test_any_text_is_answered(client: TestClient, text: str) -> None:
    body = json.dumps({"text": text})
    assert client.post("/predict", content=body, headers={"content-type": "application/json"}).status_code == 200
    assert client.post("/shares", content=body, headers={"content-type": "application/json"}).status_code == 200


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/predict?unit=word", "unit word: unknown; give one of paragraph, item, sentence"),
        ("/predict?units=item", "no option units; there are areas, explain, lang, name, scores, unit"),
        ("/predict?areas=", "areas : unknown"),
        ("/predict?areas=%20,", "areas  ,: unknown"),
        ("/predict?areas=roads,eco%0alogy", r"areas eco\nlogy: unknown"),
        ("/shares?measure=words", "measure words: unknown"),
        ("/shares?explain=true", "no option explain"),
    ],
)
def test_an_option_that_cannot_be_is_told(client: TestClient, address: str, told: str) -> None:
    answer = client.post(address, json={"text": REPORT})
    assert answer.status_code == 400
    assert told in answer.json()["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text": 1}', b'{"text": "a", "x": 1}', b"[" * 10**5, b"\xff"])
def test_other_json_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/predict", content=body, headers={"content-type": "application/json; charset=utf-8"})
    assert answer.status_code == 400
    assert len(answer.json()["error"].splitlines()) == 1


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(client: TestClient, content: bytes) -> None:
    answer = client.post("/predict?name=a%0ab.bin", content=content)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(r"a\nb.bin: ")


def test_what_is_too_large_is_refused_before_it_is_read(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve_app, "LARGEST_REQUEST", 1000)
    app, asked, sent = RecordServer(answers, None, None).app(), [0], list[Message]()

    async def receive() -> Message:
        asked[0] += 1
        assert asked[0] < 100, "read on"
        return {"type": "http.request", "body": b"a" * 100, "more_body": True}

    async def send(part: Message) -> None:
        sent.append(part)

    for headers, most in (([], 11), ([(b"content-length", b"1001")], 0)):
        scope = {"type": "http", "method": "POST", "path": "/predict", "query_string": b"", "headers": headers}
        asked[0] = 0
        sent.clear()
        anyio.run(app, scope, receive, send)
        assert (sent[0]["status"], (b"connection", b"close") in sent[0]["headers"]) == (413, True)
        assert asked[0] <= most


def test_another_site_and_another_name_are_refused(client: TestClient) -> None:
    assert client.get("/health", headers={"host": "evil.example"}).status_code == 403
    for origin in ("http://evil.example", "null"):
        answer = client.post("/predict", json={"text": REPORT}, headers={"origin": origin})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


def test_a_token_is_asked_for_where_there_is_one(answers: Answers) -> None:
    client = TestClient(RecordServer(answers, "secret", None).app(), base_url="http://server.example")
    assert client.get("/health").is_success
    for given in (
        {},
        {"authorization": "Bearer other"},
        {"authorization": "Basic secret"},
        {"authorization": "Bearer é"},
    ):
        headers = {k.encode(): v.encode("latin-1") for k, v in given.items()}
        for answer in (
            client.post("/predict", json={"text": REPORT}, headers=headers),
            client.get("/version", headers=headers),
        ):
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    good = {"authorization": "bearer secret"}
    assert client.post("/predict", json={"text": REPORT}, headers=good).is_success
    assert client.get("/openapi.json", headers=good).json()["security"] == [{"token": []}]


def test_other_methods_and_addresses_are_refused_as_json(client: TestClient) -> None:
    answer = client.get("/predict")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert client.get("/nowhere").json() == {"error": "no such address; /openapi.json lists all"}


Classify = Callable[..., Any]


def test_without_the_extra_one_line_says_how_to_install_it(classify: Classify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.web.extra.find_spec", lambda name: None)
    for args in (["serve"], ["review", "a.txt"]):
        result = classify(*args)
        assert result.exit_code == 2
        assert result.stderr == "error: needs starlette, uvicorn; pip install 'policy-area-classifier[web]'\n"
