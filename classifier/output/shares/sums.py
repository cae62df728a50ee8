"""What each document adds to shares: its area vectors summed, as a line that engines can pass on in place of rows."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import orjson

from classifier.analysis.measures import MeasuredIn, area_vectors, measured_units
from classifier.arrays import Bools, Floats, Ints
from classifier.documents.origin import FIRST_LINES, origin_of
from classifier.labelling.drawn import DrawnLabels
from classifier.output.options import OutputOptions
from classifier.output.predictions.output_format import OutputFormat
from classifier.records import CONTENT, AreaScore, Paragraph, Prediction


class LabelledSum(NamedTuple):
    """What a labelled row adds up to in a document: its number, weight, and true and predicted sums of area vectors."""

    row: int
    weight: float
    true: list[float]
    predicted: list[float]


class DocumentSum(NamedTuple):
    """What a document adds to shares.

    fields: what is known of it, by the name of the field, as texts. print: the same for documents with the same text;
    empty where it has none. weight: of its units, 0 where it has no text that counts. vector: the sum of their area
    vectors, 2 * areas + 1 numbers. sentences, silent: how many there are, and how many of them have no area.
    labelled: the rows of the user's own labels that were drawn from it.
    """

    name: str
    fields: dict[str, str]
    print: str
    weight: float
    vector: list[float]
    sentences: int
    silent: int
    labelled: list[LabelledSum]


class SumsFormat(OutputFormat):
    """Adds up documents while they are tagged, in whatever process that is; a line of JSON for each."""

    def __init__(
        self,
        areas: Sequence[str],
        measure: MeasuredIn,
        by_origin: bool,
        pattern: re.Pattern[str] | None,
        drawn: DrawnLabels,
    ) -> None:
        """Measure so.

        areas: the ids of the model's. by_origin: whether year, place and level are asked for. pattern: its named groups
        are fields, found in names.
        """
        super().__init__(OutputOptions((), "zh"))  # of a file that is none; nothing of it is asked
        self.column = {area: i for i, area in enumerate(areas)}
        self.measure, self.by_origin, self.pattern, self.drawn = measure, by_origin, pattern, drawn

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return a line for each document; rows of one follow each other, and its first paragraph has the number 1."""
        documents = list(_documents(rows))
        content = [[p for p in own if p.paragraph.kind in CONTENT] for _, own in documents]
        paragraphs = [p for own in content for p in own]
        length = np.array([s.end - s.start for p in paragraphs for s in p.paragraph.sentences], dtype=np.int64)
        paragraph = np.repeat(np.arange(len(paragraphs)), [len(p.paragraph.sentences) for p in paragraphs])
        flags = self._flags([own for p in paragraphs for own in p.evidence])
        weights, first, (flags,) = measured_units(self.measure, length, paragraph, flags)
        vectors = area_vectors(flags)
        paragraph_to_document = np.repeat(np.arange(len(documents)), [len(own) for own in content])
        unit_to_document = paragraph_to_document[paragraph[first]]
        sums = _sums_by(unit_to_document, np.hstack([weights[:, None], weights[:, None] * vectors]), len(documents))
        bounds = np.searchsorted(unit_to_document, np.arange(len(documents) + 1))
        lines = []
        for (name, own), its, (weight, *vector), (a, b) in zip(
            documents, content, sums.tolist(), pairwise(bounds.tolist()), strict=True
        ):
            texts = self._texts(its)
            labelled = self._labelled(name, texts, weights[a:b], vectors[a:b]) if self.drawn.units else ()
            fields = document_fields(name, [p.paragraph for p in own], self.by_origin, self.pattern)
            evidence = [found for p in its for found in p.evidence]
            silent = sum(not found for found in evidence)
            one = DocumentSum(name, fields, _print(texts), weight, vector, len(evidence), silent, list(labelled))
            lines.append(_encoded(one))
        return b"".join(lines)

    def _texts(self, content: Sequence[Prediction]) -> list[str]:
        """Return the normalized text of each unit of a document."""
        sentences = [[s.normalized for s in p.paragraph.sentences] for p in content]
        if self.measure is MeasuredIn.PARAGRAPHS:
            return ["".join(own) for own in sentences if own]
        return [text for own in sentences for text in own]

    def _flags(self, evidence: Sequence[Sequence[AreaScore]]) -> Bools:
        flags = np.zeros((len(evidence), len(self.column)), dtype=np.bool_)
        for row, own in enumerate(evidence):
            for area in own:
                flags[row, self.column[area.id]] = True
        return flags

    def _labelled(self, name: str, texts: Sequence[str], weights: Floats, vectors: Floats) -> Iterator[LabelledSum]:
        """Yield the sums of the labelled rows in a document; a text that stands there twice was drawn once."""
        rows: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        seen = set[str]()
        for unit, text in enumerate(texts):
            found = self.drawn.find(name, text)
            if found is not None and text not in seen:
                seen.add(text)
                rows.setdefault(found[0], []).append((unit, found[1]))
        for row, units in rows.items():
            own = [unit for unit, _ in units]
            true = np.zeros((len(units), len(self.column)), dtype=np.bool_)
            for i, (_, areas) in enumerate(units):
                true[i, list(areas)] = True
            weight = weights[own]
            sums = ((weight @ part).tolist() for part in (area_vectors(true), vectors[own]))
            yield LabelledSum(row, float(weight.sum()), *sums)


def document_fields(
    name: str, paragraphs: Sequence[Paragraph], by_origin: bool, pattern: re.Pattern[str] | None
) -> dict[str, str]:
    """Return what is known of a document; columns of a table and the pattern count before what it tells itself.

    paragraphs: at least one. by_origin: whether year, place and level are asked for.
    """
    told: dict[str, str] = {}
    if by_origin:
        origin = origin_of(name, (paragraph.text for paragraph in paragraphs[:FIRST_LINES]))
        told = {key: str(value) for key, value in origin._asdict().items() if value is not None}
    columns: Mapping[str, object] = getattr(paragraphs[0], "columns", None) or {}
    told |= {str(key): str(value) for key, value in columns.items() if value not in {None, ""}}
    found = pattern.search(name) if pattern is not None else None
    if found is not None:
        told |= {key: value for key, value in found.groupdict().items() if value}
    return told


def _encoded(found: DocumentSum) -> bytes:
    *most, labelled = found
    return orjson.dumps((*most, [tuple(row) for row in labelled])) + b"\n"


def decode_sums(data: bytes) -> Iterator[DocumentSum]:
    """Yield what `SumsFormat.encode` wrote."""
    for line in data.splitlines():
        name, fields, text_print, weight, vector, sentences, silent, labelled = orjson.loads(line)
        rows = [LabelledSum(*row) for row in labelled]
        yield DocumentSum(name, fields, text_print, weight, vector, sentences, silent, rows)


def _documents(rows: Iterable[tuple[str, Prediction]]) -> Iterator[tuple[str, list[Prediction]]]:
    name, own = "", list[Prediction]()
    for document, prediction in rows:
        if prediction.paragraph.number == 1 and own:
            yield name, own
            own = []
        name = document
        own.append(prediction)
    if own:
        yield name, own


def _sums_by(group: Ints, rows: Floats, groups: int) -> Floats:
    """Return the sums of rows by group, shape (groups, columns). group: of each row, ascending."""
    sums = np.zeros((groups, rows.shape[1]))
    first = np.flatnonzero(np.diff(group, prepend=-1))
    if len(first):
        sums[group[first]] = np.add.reduceat(rows, first, axis=0)
    return sums


def _print(texts: Sequence[str]) -> str:
    """Return what is the same for documents of the same sentences, whatever their form; empty without any text."""
    whole = "".join(texts)
    return hashlib.blake2b(whole.encode(), digest_size=8).hexdigest() if whole else ""
