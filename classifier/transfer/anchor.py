"""A written row as text that goes through other programs unharmed and tells what the row was, whatever became of it.

It is JSON in characters that GBK has, so that Chinese Excel saves it whole; it begins with a brace, so that no program
takes it for a formula, number or date.
"""

import json
import re
from functools import lru_cache
from typing import Any

from classifier.transfer.rows import Passage, WrittenRow

_ESCAPED_BY_XLSX = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what workbooks take for an escape of their own


def anchor_text(row: WrittenRow) -> str:
    """Return the anchor of a row, on one line."""
    passage = row.passage
    anchor: dict[str, Any] = {
        "id": passage.id,
        "document": passage.document,
        "line": passage.line,
        "heading": list(passage.heading),
        "text": passage.text,
        "sentences": [list(span) for span in passage.sentences],
        "sentence": row.sentence,
        "by": "model" if row.by_model else "labels",
        "yes": sorted(row.areas),
        "no": [] if row.by_model else sorted(set(row.values) - set(row.areas)),
        "offered": list(row.offered),
    }
    text = json.dumps(anchor, ensure_ascii=False, separators=(",", ":"))
    text = _ESCAPED_BY_XLSX.sub(r"\\u005f", text)
    return text if _is_safe(text) else "".join(map(_safe, text))


def read_anchor(text: str) -> WrittenRow:
    """Return the row of an anchor. Raises ValueError where it is not whole."""
    try:
        anchor = json.loads(text)
        passage = Passage.of_object(anchor, "sentences")
        sentence, by_model = int(anchor["sentence"]), anchor["by"] == "model"
        values = {str(area): False for area in anchor["no"]} | {str(area): True for area in anchor["yes"]}
        offered = tuple(map(str, anchor["offered"]))
        if by_model:
            values = {area: values.get(area, False) for area in (*offered, *values)}
        if not 0 <= sentence <= len(passage.sentences):
            raise ValueError("no such sentence")
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return WrittenRow(passage, sentence, values, by_model, offered)


def _is_safe(text: str) -> bool:
    """Whether GBK has all characters of a text, and all can be seen."""
    try:
        return text.isprintable() and text.encode("gbk").decode("gbk") == text
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=1 << 16)
def _safe(character: str) -> str:
    r"""Return a character, escaped where it is not safe.

    >>> _safe("县"), _safe("\x7f"), _safe("𠀀")
    ('县', '\\u007f', '\\ud840\\udc00')
    """
    return character if _is_safe(character) else json.dumps(character)[1:-1]
