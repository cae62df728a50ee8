"""Whether the libraries of the extra `web` are there."""

from importlib.util import find_spec

from classifier.errors import ClassifierError
from classifier.messages import message

_NEEDED = ("starlette", "uvicorn")


def check_web_extra() -> None:
    """Raise ClassifierError, naming the command that installs them, where a library is missing."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ClassifierError(
            message("needs {libraries}; pip install 'policy-area-classifier[web]'", libraries=", ".join(missing))
        )
