"""Who may use the label page: whoever has an address with a token that nobody has used yet."""

import hmac
import secrets
from collections.abc import Callable

_BYTES = 32  # of randomness in a token


class Sessions:
    """One token at a time, which is good once: it is exchanged for a session, which the browser keeps in a cookie.

    announce: is called with each new token, as the next browser needs one of its own.
    """

    def __init__(self, announce: Callable[[str], None]) -> None:
        """Begin with a token, which is not announced yet."""
        self.token = secrets.token_urlsafe(_BYTES)
        self._announce = announce
        self._known: set[str] = set()

    def exchange(self, token: str) -> str | None:
        """Return a new session for the token, and make another token; None where it is not the one."""
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            return None
        self.token = secrets.token_urlsafe(_BYTES)
        session = secrets.token_urlsafe(_BYTES)
        self._known.add(session)
        self._announce(self.token)
        return session

    def knows(self, session: str | None) -> bool:
        """Whether a cookie holds a session."""
        return session is not None and session in self._known
