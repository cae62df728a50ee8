"""Read a TOML file, with the place of a fault in it."""

import re
from pathlib import Path
from typing import Any

from classifier.errors import ClassifierError
from classifier.messages import message, system_reason

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")  # at the end of what Python says of a fault


def read_toml(path: Path, remedy: str, kind: type[ClassifierError] = ClassifierError) -> dict[str, Any]:
    """Return what a TOML file holds. Raises `kind`, in one line, where it cannot be opened or is no TOML.

    remedy: what to do where it cannot be opened.
    """
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = system_reason(error)
        raise kind(
            message("{place}: cannot be opened ({why}); {remedy}", place=path, why=why, remedy=remedy)
        ) from error
    except UnicodeDecodeError as error:
        raise kind(message("{place}: not UTF-8 at byte {n}; save it as UTF-8", place=path, n=error.start)) from error
    except (ValueError, RecursionError) as error:
        if found := _PLACE.search(str(error)):
            line, column = found.groups()
            where = message(
                "{place}: not valid TOML at line {line}, column {column}; mend it", place=path, line=line, column=column
            )
            raise kind(where) from error
        raise kind(message("{place}: not valid TOML; mend it", place=path)) from error
