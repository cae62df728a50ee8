"""Run an application on a port until it is ended by Ctrl-C or a signal."""

import errno
import os
import socket
import sys
import threading
from collections.abc import Callable

from starlette.types import ASGIApp

from classifier.errors import ClassifierError
from classifier.messages import message, system_reason

_GRACE_SECONDS = 3  # for requests that are under way when the server is ended
_MOST_AT_ONCE = 100  # connections


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 for any that is free.

    Raises ClassifierError where the address cannot be had.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError) as error:
        raise ClassifierError(message("--host {host}: no address of this machine", host=host)) from error
    found = socket.socket(family)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(place)
        found.listen()  # so that requests wait, and are not refused, until they are answered
    except (OSError, OverflowError) as error:
        found.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            what = message("--port {port}: another program listens there; give another, or 0 for any", port=port)
        elif isinstance(error, OSError) and error.errno == errno.EADDRNOTAVAIL:
            what = message("--host {host}: no address of this machine", host=host)
        else:
            why = system_reason(error) if isinstance(error, OSError) else str(error)
            what = message("--port {port}: cannot be listened on ({why}); give another", port=port, why=why)
        raise ClassifierError(what) from error
    return found


def run_server(app: ASGIApp, place: socket.socket, meanwhile: Callable[[], None] | None = None) -> None:
    """Answer requests until SIGINT or SIGTERM; what is under way is answered first.

    meanwhile: is called in a thread of its own.
    """
    import uvicorn

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    if meanwhile is not None:
        threading.Thread(target=meanwhile, daemon=True).start()
    try:
        server.run(sockets=[place])
    except KeyboardInterrupt:  # which uvicorn raises again after it has ended
        pass
    finally:
        place.close()


def open_browser(address: str) -> None:
    """Open an address in the user's browser, where there is a screen to show it on."""
    import webbrowser

    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return  # or a browser for terminals would take this one
    webbrowser.open(address)
