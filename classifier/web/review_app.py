"""The server of the label page: the page and its files, the reports, and the labels that are saved."""

import json
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.web.guard import PAGE_POLICY, Guard, loopback_hosts
from classifier.web.review_data import ReviewQuestion, paragraph_data, start_data, words_data
from classifier.web.review_files import ReviewFiles
from classifier.web.review_labels import ReviewLabels
from classifier.web.sessions import Sessions
from classifier.web.words import ReviewWords

MOST_BYTES = 1 << 16  # of a verdict
_FOLDER = Path(__file__).parent / "page"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_REFRESH = "0; url=/"  # by which the page itself asks for the next one, so that the strict cookie goes with it
Answer = Callable[[Request, str], Awaitable[Response]]


class ReviewServer:
    """Answers the label page. Every answer but that to a token needs the cookie of a session."""

    def __init__(
        self, files: ReviewFiles, labels: ReviewLabels, question: ReviewQuestion, sessions: Sessions, port: int
    ) -> None:
        """Answer on a port of this machine."""
        self.files, self.labels, self.question, self.sessions = files, labels, question, sessions
        self.cookie = f"classify_review_{port}"  # cookies do not tell ports apart
        self.port = port

    def app(self) -> ASGIApp:
        """Return the application."""
        routes = [
            Route("/", self._entry, methods=["GET"]),
            Route("/page/{name}", self._known(_asset), methods=["GET"]),
            Route("/api/start", self._known(self._start), methods=["GET"]),
            Route("/api/reports/{number:int}", self._known(self._report), methods=["GET"]),
            Route("/api/reports/{number:int}/words/{position:int}", self._known(self._words), methods=["GET"]),
            Route("/api/changes", self._known(self._changes), methods=["GET"]),
            Route("/api/labels", self._known(self._save), methods=["POST"]),
            Route("/api/undo", self._known(self._undo), methods=["POST"]),
        ]
        headers = {"content-security-policy": PAGE_POLICY}
        return Guard(Starlette(routes=routes), loopback_hosts(self.port), pages_only=True, headers=headers)

    async def _entry(self, request: Request) -> Response:
        """Exchange a token for a cookie, or show the page to who has one."""
        words, token = ReviewWords(self.question.lang), request.query_params.get("token")
        session = None if token is None else self.sessions.exchange(token)
        if session is not None:
            response: Response = HTMLResponse(_page("refresh.html", words, refresh=_REFRESH))
            response.set_cookie(self.cookie, session, httponly=True, samesite="strict", path="/")
            return response
        if self.sessions.knows(request.cookies.get(self.cookie)):
            return HTMLResponse(_page("review.html", words))
        return HTMLResponse(_page("no_entry.html", words), 403)

    def _known(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers those alone who have a session, and tells faults in one line."""

        async def checked(request: Request) -> Response:
            session = request.cookies.get(self.cookie)
            if session is None or not self.sessions.knows(session):
                return _fault(ReviewWords(self.question.lang).no_entry, 403)
            try:
                return await answer(request, session)
            except ClassifierError as error:
                return _fault(str(error), 409)
            except IndexError:
                return _fault(message("there is no such paragraph; load the page again"), 404)

        return checked

    async def _start(self, _: Request, __: str) -> Response:
        return JSONResponse(start_data(self.question, self.files.names, bool(self.files.suggestions)))

    async def _report(self, request: Request, _: str) -> Response:
        number = request.path_params["number"]
        paragraphs = await run_in_threadpool(self.files.paragraphs, number)
        state = await run_in_threadpool(self.labels.state, {p.id for p in paragraphs})
        shown = await run_in_threadpool(lambda: [paragraph_data(p, self.question) for p in paragraphs])
        return JSONResponse({"name": self.files.names[number], "paragraphs": shown, **state})

    async def _words(self, request: Request, _: str) -> Response:
        place = request.path_params
        words = await run_in_threadpool(self.files.words, place["number"], place["position"])
        return JSONResponse({"words": words_data(words)})

    async def _changes(self, request: Request, _: str) -> Response:
        since = request.query_params.get("since", "")
        if not since.isascii() or not since.isdigit() or len(since) > 12:
            return _fault(message("'since' must be a whole number"), 400)
        return JSONResponse(await run_in_threadpool(self.labels.changes, int(since)))

    async def _save(self, request: Request, session: str) -> Response:
        """Save a verdict; the answer comes when it is on the disk."""
        row = await _json_body(request)
        if not _is_verdict(row):
            return _fault(message("no verdict; load the page again"), 400)
        paragraphs = await run_in_threadpool(self.files.paragraphs, row["report"])
        if not 0 <= row["position"] < len(paragraphs) or paragraphs[row["position"]].id != row["id"]:
            return _fault(message("the report has changed; load the page again"), 409)
        paragraph = paragraphs[row["position"]]
        about = self.question.about(paragraph)
        await run_in_threadpool(self.labels.save, session, paragraph, row["sentence"], row["areas"], about)
        return JSONResponse(await run_in_threadpool(self.labels.changes, row["since"]))

    async def _undo(self, request: Request, session: str) -> Response:
        row = await _json_body(request)
        if not isinstance(row, dict) or not _is_number(row.get("since")):
            return _fault(message("no verdict; load the page again"), 400)
        undone = await run_in_threadpool(self.labels.undo_last, session)
        if undone is None:
            return _fault(
                message("this page has nothing to undo; 'classify labels undo' undoes what was saved before"), 409
            )
        changes = await run_in_threadpool(self.labels.changes, row["since"])
        return JSONResponse({"undone": undone.id, "already": undone.already, **changes})


async def _asset(request: Request, _: str) -> Response:
    """Return a file of the page; nothing else of the folder, and nothing beside it."""
    name = request.path_params["name"]
    if name not in _asset_names():
        return _fault(message("no such page"), 404)
    return Response((_FOLDER / name).read_bytes(), media_type=_TYPES[Path(name).suffix])


@cache
def _asset_names() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.iterdir() if path.suffix in _TYPES)


def _page(template: str, words: ReviewWords, **values: str) -> str:
    loader = FileSystemLoader(_FOLDER)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template(template).render(words=words, **values)


def _fault(what: str, status: int) -> Response:
    return JSONResponse({"error": what}, status)


async def _json_body(request: Request) -> Any:
    """Return the body of a write, which no form of another site sends, as it is JSON; None for another or too long."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _is_verdict(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and all(_is_number(row.get(key)) for key in ("report", "position", "since"))
        and isinstance(row.get("id"), str)
        and (row.get("sentence") is None or _is_number(row["sentence"]))
        and isinstance(row.get("areas"), list)
        and all(isinstance(area, str) for area in row["areas"])
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
