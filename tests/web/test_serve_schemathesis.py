"""Schemathesis against `classify serve`: whatever the OpenAPI document allows or forbids is answered as it says."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from classifier.model.model import Model
from classifier.web.answers import Answers
from classifier.web.serve_app import RecordServer

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
OPERATIONS = {"/predict": "POST", "/shares": "POST", "/version": "GET", "/health": "GET", "/openapi.json": "GET"}


@pytest.fixture(scope="module")
def api(small_model: Model, small_bundle: Path) -> Any:
    app = RecordServer(Answers(small_model, small_bundle), None, None).app()
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_every_operation_of_the_document_is_asked(api: Any) -> None:
    found = {o.ok().path: o.ok().method.upper() for o in api.get_all_operations()}
    assert {**found, "/openapi.json": "GET"} == OPERATIONS  # that of the document itself is left out


def ask(api: Any, path: str, mode: GenerationMode) -> None:
    """Send many requests of an operation, and check each answer by the document."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
    @given(case=api[path][OPERATIONS[path]].as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        of_file = case.media_type == "application/octet-stream"  # any bytes are allowed, and few can be read
        case.call_and_validate(excluded_checks=[positive_data_acceptance] if of_file else [])

    asked()


@pytest.mark.parametrize("path", OPERATIONS)
def test_what_the_document_allows_is_answered_as_it_says(api: Any, path: str) -> None:
    ask(api, path, GenerationMode.POSITIVE)


@pytest.mark.parametrize("path", ["/predict", "/shares"])
def test_what_the_document_forbids_is_refused(api: Any, path: str) -> None:
    ask(api, path, GenerationMode.NEGATIVE)


class Wrong(Answers):
    """Tells of areas what no document says."""

    def shares(self, *_: object) -> bytes:
        return b'[{"area": "nowhere"}]'


def test_a_planted_fault_is_found(small_model: Model, small_bundle: Path) -> None:
    wrong = schemathesis.openapi.from_asgi(
        "/openapi.json", RecordServer(Wrong(small_model, small_bundle), None, None).app()
    )
    with pytest.raises(BaseException, match="violates schema"):
        ask(wrong, "/shares", GenerationMode.POSITIVE)
