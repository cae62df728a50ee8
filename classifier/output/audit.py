"""The result of an audit of labels: as rows for the review page, as JSON, and as a list for people."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from classifier.labelling.jsonl import encode_rows
from classifier.output.language import AuditWords
from classifier.output.suggestions import beginning
from classifier.output.terminal import CONTROLS, show_lines, width
from classifier.paths import escaped
from classifier.records import Area
from classifier.selection.audited import Audit, AuditedParagraph, DoubtfulLabel, WhyAudited, unit_place

_TEXT_LINES = 2


def encode_audit(found: Audit, lang: str) -> bytes:
    """Return the rows that `classify review` opens."""
    return encode_rows(row.to_dict(lang) for row in found.rows)


def audit_json(found: Audit, lang: str) -> str:
    """Return all that was found as one JSON object."""
    examples = found.examples
    whole: dict[str, Any] = {
        "labels": found.labels,
        "doubtful": found.doubtful,
        "doubtful_paragraphs": found.doubtful_paragraphs,
        "without_text": found.without_text,
        "rows": [row.to_dict(lang) for row in found.rows],
        "contradictions": [
            {
                "areas": list(one.areas),
                "text": one.units[0].text,
                "units": [{"place": unit_place(u, examples), "areas": sorted(u.areas)} for u in one.units],
            }
            for one in found.contradictions
        ],
        "disputes": [
            {"place": f"{examples[d.example].id}/{d.sentence}", "areas": list(d.areas)} for d in found.disputes
        ],
        "readers": [
            {"place": _place(d.id, d.sentence), "area": d.area, "yes": list(d.yes), "no": list(d.no)}
            for d in found.readers
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def print_audit(found: Audit, areas: Sequence[Area], lang: str, stream: TextIO) -> None:
    """Print doubtful labels, worst first, then contradictions and disputes, and a summary."""
    words, names = AuditWords(lang), {a.id: a.name(lang) for a in areas}
    room = width(stream)
    shown = [row for row in found.rows if WhyAudited.LABEL_DOUBTFUL in row.why]
    lines: list[tuple[str, str]] = [(words.doubtful, "bold")] if shown else []
    for number, row in enumerate(shown, start=1):
        lines += _paragraph(number, row, names, words, room)
    if found.contradictions:
        lines += [("", ""), (words.contradictions.format(n=len(found.contradictions)), "bold")]
        lines += _contradictions(found, names, words, room)
    if found.disputes:
        lines += [("", ""), (words.disputes.format(n=len(found.disputes)), "bold")]
        for one in found.disputes:
            example = found.examples[one.example]
            lines.append((f"    {escaped(example.id)}/{one.sentence}  {_named(one.areas, names, words)}", ""))
            lines += [(line, "dim") for line in beginning(_plain(example.sentences[one.sentence - 1]), room, 1)]
    if found.readers:
        lines += [("", ""), (words.readers.format(n=len(found.readers)), "bold")]
        lines += list(_readers(found, names, words, room))
    summary = words.summary.format(
        labels=found.labels, doubtful=found.doubtful, paragraphs=found.doubtful_paragraphs, shown=len(shown)
    )
    told = [summary, words.without_text.format(n=found.without_text)] if found.without_text else [summary]
    show_lines(stream, [*lines, ("", ""), *((line, "") for text in told for line in beginning(text, room, 3, ""))])


def _paragraph(
    number: int, row: AuditedParagraph, names: Mapping[str, str], words: AuditWords, room: int
) -> Iterator[tuple[str, str]]:
    yield f"{number:>3} {escaped(row.id)}", "bold"
    for one in row.doubtful:
        yield from ((line, "") for line in beginning(doubt_text(one, names, words), room, 2))
        yield from ((line, "dim") for line in beginning(_plain(one.sentence), room, _TEXT_LINES))


def doubt_text(one: DoubtfulLabel, names: Mapping[str, str], words: AuditWords) -> str:
    """Return what the label says, what the model thinks, and by which words."""
    label = words.yes if one.labelled else words.no
    text = words.doubt.format(area=names.get(one.area, one.area), label=label, score=f"{one.probability:.0%}")
    if not one.words:
        return text
    return text + (words.against if one.labelled else words.speaks_for).format(words=words.between.join(one.words))


def _contradictions(found: Audit, names: Mapping[str, str], words: AuditWords, room: int) -> Iterator[tuple[str, str]]:
    for one in found.contradictions:
        yield from ((line, "dim") for line in beginning(_plain(one.units[0].text), room, 1))
        for unit in one.units:
            place = escaped(unit_place(unit, found.examples))
            yield f"    {place}  {_named(sorted(unit.areas), names, words)}", ""


def _readers(found: Audit, names: Mapping[str, str], words: AuditWords, room: int) -> Iterator[tuple[str, str]]:
    for one in found.readers:
        yes, no = (words.between.join(part) for part in (one.yes, one.no))
        told = words.reader.format(area=names.get(one.area, one.area), yes=yes, no=no)
        yield f"    {escaped(_place(one.id, one.sentence))}  {told}", ""
        yield from ((line, "dim") for line in beginning(_plain(one.text), room, 1))


def _place(identity: str, sentence: int | None) -> str:
    return identity if sentence is None else f"{identity}/{sentence}"


def _named(areas: Sequence[str], names: Mapping[str, str], words: AuditWords) -> str:
    return words.between.join(names.get(a, a) for a in areas) or words.none


def _plain(text: str) -> str:
    return " ".join(text.translate(CONTROLS).split())
