"""Sentences of reports that nobody labelled, as counts; the documents of the gold are left out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from classifier.documents.normalise import plain_text
from classifier.documents.reading import read, sources
from classifier.model.counts import Ints
from classifier.records import CONTENT, Document
from experiments import common
from experiments.bench import Bench, Matrix


@dataclass(frozen=True, eq=False)
class Background:
    """counts: shape (sentences, terms). heading: of each sentence that of its paragraph, a row of headings."""

    counts: Matrix
    heading: Ints
    headings: Matrix
    reports: int


def documents() -> Iterator[Document]:
    """Yield the reports of the corpus less those of the gold."""
    lines = common.GOLD["reports"].read_text(encoding="utf-8").splitlines()
    gold = {json.loads(line)["document"] for line in lines}
    for source in sources(str(common.SHARED / "corpus")):
        if source.name.endswith(".txt") and f"corpus/{source.name}" not in gold:
            yield read(source)


@cache
def background(bench: Bench) -> Background:
    """Return the background over the terms of a bench; a paragraph without headings has an empty one."""
    plains: list[str] = []
    rows: list[int] = []
    place: dict[str, int] = {}
    reports = 0
    for document in documents():
        reports += 1
        for paragraph in document.paragraphs:
            if paragraph.kind not in CONTENT:
                continue
            above = plain_text(paragraph.heading[-1]) if paragraph.heading else ""
            own = [s.plain for s in paragraph.sentences if s.plain]
            plains += own
            rows += [place.setdefault(above, len(place))] * len(own)
    return Background(bench.count(plains), np.array(rows), bench.count(list(place)), reports)
