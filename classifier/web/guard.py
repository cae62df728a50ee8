"""What every request must pass before anything looks at it, and the headers that every answer has."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classifier.messages import message

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_READING = frozenset({"GET", "HEAD"})
_HTTP_PORT = 80  # which browsers leave out of the Host header
# Nothing but the page's own files: no inline script or style, no other site, no frame around it, no form.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def loopback_hosts(port: int) -> frozenset[str]:
    """Return what the Host header may be where only this machine is listened to."""
    names = {"127.0.0.1", "localhost", "[::1]"}
    return frozenset({f"{name}:{port}" for name in names} | (names if port == _HTTP_PORT else set()))


class Guard:
    """Refuses what another site could have sent, and adds headers that keep a browser from mixing sites.

    hosts: what the Host header may be, as a name that leads here by DNS would carry another one; None for any.
    pages_only: whether only our own pages write, so that a write must have an Origin; another program has none.
    """

    def __init__(
        self, app: ASGIApp, hosts: frozenset[str] | None, pages_only: bool, headers: Mapping[str, str] | None = None
    ) -> None:
        """Stand before an application. headers: to add, beside the usual ones."""
        self.app, self.hosts, self.pages_only = app, hosts, pages_only
        self.headers = {**_HEADERS, **(headers or {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_with_headers(part: Message) -> None:
            if part["type"] == "http.response.start":
                found = MutableHeaders(scope=part)
                for name, value in self.headers.items():
                    found.setdefault(name, value)
            await send(part)

        refusal = self.refusal(scope["method"], Headers(scope=scope))
        app = self.app if refusal is None else JSONResponse({"error": refusal}, 403)
        await app(scope, receive, send_with_headers)

    def refusal(self, method: str, headers: Headers) -> str | None:
        """Return why a request is refused; None where it is not."""
        host = headers.get("host", "").lower()
        if self.hosts is not None and host not in self.hosts:
            return message("this name of the server is not known to it; use the address that it printed")
        origin = headers.get("origin")
        if method in _READING and origin is None:
            return None
        if origin is None:
            return message("a write must come from a page of this server") if self.pages_only else None
        if origin.lower() != f"http://{host}":
            return message("requests of pages of another site are refused")
        return None
