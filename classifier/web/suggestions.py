"""Read a file of suggestions: JSON lines, each a paragraph to look at, as `suggest` or `predict` writes them."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from classifier.documents.structure import single_paragraph
from classifier.errors import LabelError
from classifier.messages import message
from classifier.paths import printable
from classifier.readers.cells import whole_text
from classifier.readers.jsonl import loads_leniently, without_bom
from classifier.records import CONTENT, Kind, Paragraph

MOST_SUGGESTIONS = 5000  # rows that one page shows
REASONS_APART = " · "  # several reasons, one after another
_MOST_FAULTS = 20  # that are told
_ENDINGS = (".jsonl", ".ndjson")


class Suggestion(NamedTuple):
    """A paragraph to look at.

    why: the reason, as the row gives it. about: the areas in question; None for all. labelled: the areas that it was
    labelled with, where that is to be looked at again.
    """

    document: str
    paragraph: Paragraph
    why: str = ""
    about: frozenset[str] | None = None
    labelled: frozenset[str] | None = None


def is_suggestions(path: Path) -> bool:
    """Whether a file holds suggestions, and no table of reports: its first row names a document and a line."""
    if path.suffix.lower() not in _ENDINGS or not path.is_file():
        return False
    with path.open("rb") as lines:
        first = next((line for line in map(without_bom, lines) if line.strip()), b"")
    try:
        row = loads_leniently(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and {"document", "text", "line"} <= row.keys()


def read_suggestions(path: Path, areas: Collection[str]) -> tuple[Suggestion, ...]:
    """Return the rows of a file. areas: ids that there are. Raises LabelError with a line for each fault."""
    found: list[Suggestion] = []
    faults: list[str] = []
    for number, line in _lines(path):
        try:
            found.append(_suggestion(loads_leniently(line), areas))
        except (ValueError, TypeError, RecursionError) as error:
            faults.append(
                message("{place}: line {line}: {fault}", place=printable(path), line=number, fault=_told(error))
            )
        if len(faults) == _MOST_FAULTS:
            break
        if len(found) > MOST_SUGGESTIONS:
            raise LabelError(
                message("{place}: more than {most} rows; divide it", place=printable(path), most=MOST_SUGGESTIONS)
            )
    if faults:
        raise LabelError("\n".join(faults))
    if not found:
        raise LabelError(message("{place}: no rows in it; check that it was written whole", place=printable(path)))
    return tuple(found)


class _BadRowError(ValueError):
    """A row that is no suggestion; its text is a message."""


def _told(error: Exception) -> str:
    if isinstance(error, _BadRowError):
        return str(error)
    return message("no whole JSON object ({error}); mend or remove the line", error=error)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, without_bom(line)


def _suggestion(row: Any, areas: Collection[str]) -> Suggestion:
    """Return the suggestion of a row. Raises ValueError where it is none."""
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ("document", "text")):
        raise _BadRowError(message("needs a text in each of 'document' and 'text'"))
    if not row["text"].strip():
        raise _BadRowError(message("its text is empty; remove it"))
    about, labelled = _areas(row, "about", areas), _areas(row, "labelled", areas)
    if about is not None and not about:
        raise _BadRowError(message("{key!r} is no list of areas", key="about"))
    return Suggestion(whole_text(row["document"]), _paragraph(row), _text(row.get("why")), about, labelled)


def _areas(row: dict[str, Any], key: str, areas: Collection[str]) -> frozenset[str] | None:
    """Return the areas of a key, None where it has none. Raises ValueError for what are no areas."""
    found = row.get(key)
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(area, str) for area in found):
        raise _BadRowError(message("{key!r} is no list of areas", key=key))
    if unknown := sorted(set(found) - set(areas)):
        raise _BadRowError(message("area {area} is not in the taxonomy of the workspace", area=unknown[0]))
    return frozenset(found)


def _paragraph(row: dict[str, Any]) -> Paragraph:
    """Return the paragraph of a row. The model needs what the program itself makes of the text, so it is cut anew."""
    own = single_paragraph(whole_text(row["text"]))
    kind = row.get("kind", Kind.PARAGRAPH)
    heading = row.get("heading")
    return own._replace(
        line=_whole(row.get("line")) or 1,
        page=_whole(row.get("page")),
        kind=Kind(kind) if isinstance(kind, str) and kind in {*Kind} else Kind.PARAGRAPH,
        heading=tuple(whole_text(h) for h in heading if isinstance(h, str)) if isinstance(heading, list) else (),
    )


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _text(value: Any) -> str:
    """Return a reason for people: a text as it is, several one after another."""
    if isinstance(value, list):
        return REASONS_APART.join(_text(one) for one in value)
    return whole_text(value) if isinstance(value, str) else ""


def decidable(paragraph: Paragraph) -> bool:
    """Whether a paragraph can have areas."""
    return paragraph.kind in CONTENT and any(sentence.normalized for sentence in paragraph.sentences)
