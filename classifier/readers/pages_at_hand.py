"""Pages of files that other processes have read, for the reader of their format to take."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classifier.readers.page_characters import PageCharacters

PagesAtHand = Mapping[str, Sequence[bytes]]  # the parts of files, pickled, by their places
_at_hand: ContextVar[PagesAtHand | None] = ContextVar("_at_hand", default=None)


@contextmanager
def pages_offered(pages: PagesAtHand) -> Iterator[None]:
    """Let the reader of PDF take these pages within the block, and not read them again."""
    token = _at_hand.set(pages)
    try:
        yield
    finally:
        _at_hand.reset(token)


def pages_at_hand(place: str) -> "list[PageCharacters] | None":
    """Return the pages of a file that were read already, None where they were not."""
    parts = (_at_hand.get() or {}).get(place)
    return None if parts is None else [page for part in parts for page in pickle.loads(part)]
