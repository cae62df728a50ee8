"""The server of `classify serve`: texts and files in, records and shares out."""

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.readers.limits import LARGEST_REQUEST
from classifier.web.answers import NAMELESS, Answers, Posted, QueryError
from classifier.web.guard import Guard
from classifier.web.openapi import JSON_TYPE, LINES_TYPE, openapi_document

_POLICY = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}
Work = Callable[[Posted, Mapping[str, str]], bytes]


class RecordServer:
    """Answers programs. token: which every request but /health must carry, if there is one."""

    def __init__(self, answers: Answers, token: str | None, hosts: frozenset[str] | None) -> None:
        """Answer requests. hosts: what the Host header may be; None for any."""
        self.answers, self.token, self.hosts = answers, token, hosts
        self._one = anyio.CapacityLimiter(1)  # a document at a time; more at once would be no quicker
        self._openapi = openapi_document(answers.about.version, [a.id for a in answers.model.areas], token is not None)

    def app(self) -> ASGIApp:
        """Return the application."""
        routes = [
            Route("/predict", self._worker(self.answers.records, LINES_TYPE), methods=["POST"]),
            Route("/shares", self._worker(self.answers.shares, JSON_TYPE), methods=["POST"]),
            Route("/version", self._teller(self.answers.version), methods=["GET"]),
            Route("/openapi.json", self._teller(lambda: self._openapi), methods=["GET"]),
            Route("/health", self._teller(lambda: {"status": "ok"}, is_open=True), methods=["GET"]),
        ]
        inner = Starlette(routes=routes, exception_handlers={HTTPException: _http_fault})
        return Guard(inner, self.hosts, pages_only=False, headers=_POLICY)

    def _teller(self, tell: Callable[[], Any], is_open: bool = False) -> Callable[[Request], Any]:
        """Return what answers a question without a body."""

        async def answer(request: Request) -> Response:
            if not is_open:
                self._check_token(request)
            return JSONResponse(tell())

        return answer

    def _worker(self, work: Work, media_type: str) -> Callable[[Request], Any]:
        """Return what answers a posted text or file."""

        async def answer(request: Request) -> Response:
            self._check_token(request)
            posted = _posted(request, await _body(request))
            query = dict(request.query_params)
            try:
                found = await anyio.to_thread.run_sync(work, posted, query, limiter=self._one)
            except QueryError as error:
                raise HTTPException(400, str(error)) from error
            except ClassifierError as error:
                raise HTTPException(422, str(error)) from error
            headers = {"classify-model": self.answers.about.model}
            return Response(found, media_type=media_type, headers=headers)

        return answer

    def _check_token(self, request: Request) -> None:
        """Raise HTTPException where a request does not carry the token."""
        if self.token is None:
            return
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), self.token.encode()):
            what = message("needs the token of this server, as 'Authorization: Bearer TOKEN'")
            raise HTTPException(401, what, {"www-authenticate": "Bearer"})


async def _http_fault(_: Request, error: Exception) -> Response:
    """Return an error as JSON; routing has some of its own, in English."""
    assert isinstance(error, HTTPException)
    told = {404: message("no such address; /openapi.json lists all"), 405: message("this address takes another method")}
    what = told.get(error.status_code, error.detail)
    return JSONResponse({"error": what}, error.status_code, headers=error.headers)


async def _body(request: Request) -> bytes:
    """Return the body of a request. Raises HTTPException as soon as there is more than the limit."""
    too_large = HTTPException(
        413,
        message(
            "more than {most} MB; divide it, or raise CLASSIFY_LIMIT_LARGEST_REQUEST of the server",
            most=LARGEST_REQUEST >> 20,
        ),
        {"connection": "close"},  # so that the rest is not read
    )
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > LARGEST_REQUEST:
        raise too_large
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_REQUEST:
            raise too_large
    return bytes(body)


def _posted(request: Request, body: bytes) -> Posted:
    """Return the text of a JSON body, or the file that any other body is. Raises HTTPException for other JSON."""
    name = request.query_params.get("name", NAMELESS)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON_TYPE:
        return Posted(body, name)
    try:
        row = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, message("the body is no JSON ({error}); mend it", error=error)) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or row.keys() - {"text", "name"}:
        raise HTTPException(400, message("the body must be an object with 'text', and 'name' if you like"))
    name = row.get("name", name)
    if not isinstance(name, str):
        raise HTTPException(400, message("the body must be an object with 'text', and 'name' if you like"))
    return Posted(row["text"], name)
