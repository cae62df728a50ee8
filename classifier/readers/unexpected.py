"""What becomes of an error in a reader that nobody foresaw: one document is lost, in one line, and not the run."""

import os
import sys
import traceback

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.paths import escaped

TRACEBACK = "CLASSIFY_TRACEBACK"  # the environment variable that asks for all that Python says
_LONGEST_WHY = 200  # characters


def unexpected(place: str, error: Exception) -> DocumentError:
    """Return the error for a document whose reader failed by a fault of the program or of a library.

    The traceback goes to stderr where the environment variable CLASSIFY_TRACEBACK is set.
    """
    if os.environ.get(TRACEBACK) and sys.stderr is not None:
        traceback.print_exception(error, file=sys.stderr)
    why = escaped(" ".join(f"{type(error).__name__}: {error}".split()))[:_LONGEST_WHY].rstrip(": ")
    return DocumentError(
        message(
            "{place}: could not be read ({why}); please send this file to the program's makers", place=place, why=why
        )
    )
