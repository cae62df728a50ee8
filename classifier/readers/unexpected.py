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
    """Return the error for a document whose reader failed; the traceback goes to stderr where CLASSIFY_TRACEBACK is set.

    Only errors of the program itself or of its libraries come here.
    """
    if os.environ.get(TRACEBACK) and sys.stderr is not None:
        traceback.print_exception(error, file=sys.stderr)
    why = escaped(" ".join(f"{type(error).__name__}: {error}".split()))[:_LONGEST_WHY].rstrip(": ")
    return DocumentError(
        message("{place}: could not be read ({why}); please send this file to the program's makers", place=place, why=why)
    )
