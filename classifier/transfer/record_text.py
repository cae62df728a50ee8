"""A written row as text that goes through other programs unharmed and tells what the row was, whatever became of it.

It is JSON in characters that GBK has, so that Chinese Excel saves it whole; it begins with a brace, so that no program
takes it for a formula, number or date.
"""

import json
import re
from typing import Any

from classifier.transfer.rows import Passage, WrittenRow

_ESCAPED_BY_XLSX = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what workbooks take for an escape of their own


def record_text(row: WrittenRow) -> str:
    """Return the record of a row, on one line."""
    passage = row.passage
    record: dict[str, Any] = {
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
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return "".join(map(_safe, _ESCAPED_BY_XLSX.sub(r"\\u005f", text)))


def read_record(text: str) -> WrittenRow:
    """Return the row of a record. Raises ValueError where it is not whole."""
    try:
        record = json.loads(text)
        passage = Passage.of_record(record, "sentences")
        sentence, by_model = int(record["sentence"]), record["by"] == "model"
        values = {str(area): False for area in record["no"]} | {str(area): True for area in record["yes"]}
        offered = tuple(map(str, record["offered"]))
        if by_model:
            values = {area: values.get(area, False) for area in (*offered, *values)}
        if not 0 <= sentence <= len(passage.sentences):
            raise ValueError("no such sentence")
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return WrittenRow(passage, sentence, values, by_model, offered)


def _safe(character: str) -> str:
    r"""Return a character, escaped where GBK does not have it or it cannot be seen.

    >>> _safe("县"), _safe("\x7f"), _safe("𠀀")
    ('县', '\\u007f', '\\ud840\\udc00')
    """
    if " " <= character <= "~":
        return character
    try:
        if character.isprintable() and character.encode("gbk").decode("gbk") == character:
            return character
    except UnicodeEncodeError:
        pass
    return json.dumps(character)[1:-1]
