"""A model's predictions on labelled paragraphs: each by itself, or in its document where that is at hand."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from classifier.arrays import Bools, Ints
from classifier.documents.parse import read
from classifier.documents.structure import single_paragraph
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.messages import message
from classifier.model.model import Model, Tags
from classifier.progress import Progress, quiet
from classifier.records import Example, Paragraph

_Span = tuple[int, int]  # of characters other than space


def predict_examples(
    model: Model, examples: Sequence[Example], documents: Path | None = None, progress: Progress = quiet
) -> EvaluatedPredictions:
    """Tag each example, as one paragraph, with a model. Nothing is fitted.

    documents: a folder with the documents that examples name; a paragraph that stands there as it was labelled is
    tagged as `predict` tags it, kind and headings included. Raises DocumentError where a document cannot be read.
    """
    ids = tuple(a.id for a in model.areas)
    alone = [single_paragraph(e.text) for e in examples]
    placed = _in_documents(examples, documents, progress) if documents else {}
    paragraphs = [placed.get(i, paragraph) for i, paragraph in enumerate(alone)]
    tags = model.tag_paragraphs(paragraphs)
    truth = np.array([[a in e.areas for a in ids] for e in examples], dtype=np.bool_).reshape(-1, len(ids))
    unsure = [[not e.speaks_of(a) or any(a in d for d in e.disputed) for a in ids] for e in examples]
    return EvaluatedPredictions(
        ids,
        truth,
        tags.paragraphs,
        tuple(e.report for e in examples),
        threshold=model.settings.threshold,
        disputed=_any(np.array(unsure, dtype=np.bool_).reshape(-1, len(ids)) & ~truth),
        sentences=_sentences(examples, paragraphs, tags, model),
    )


def _any(disputed: Bools) -> Bools | None:
    return disputed if disputed.any() else None


def _in_documents(examples: Sequence[Example], folder: Path, progress: Progress) -> dict[int, Paragraph]:
    """Return the paragraphs of documents that are examples as they stand, by the number of the example."""
    names = sorted({e.document for e in examples if e.document})
    there = {name: list(read(folder / name)) for name in names if (folder / name).is_file()}
    found: dict[int, Paragraph] = {}
    for i, example in enumerate(examples):
        same = [
            p
            for document in there.get(example.document or "", ())
            for p in document.paragraphs
            if p.line == example.line and _dense(p.text) == _dense(example.text)
        ]
        found |= {i: same[0]} if same else {}
    progress(message("paragraphs tagged in their documents: {n} of {all}", n=len(found), all=len(examples)))
    return found


def _sentences(
    examples: Sequence[Example], paragraphs: Sequence[Paragraph], tags: Tags, model: Model
) -> EvaluatedPredictions | None:
    """Return the labelled sentences, each with the evidence of those sentences of `paragraphs` that lie in it."""
    ids = tuple(a.id for a in model.areas)
    starts: Ints = np.cumsum([0] + [len(p.sentences) for p in paragraphs])
    known = [i for i, e in enumerate(examples) if e.sentence_areas is not None]
    rows = [(i, n, own) for i in known for n, own in enumerate(_matches(examples[i], paragraphs[i]))]
    if not rows:
        return None
    truth = np.array([[a in _areas(examples[i], n) for a in ids] for i, n, _ in rows], dtype=np.bool_)
    disputed = np.array([[_is_unsure(examples[i], n, a) for a in ids] for i, n, _ in rows], dtype=np.bool_)
    scores, evidence = np.zeros(truth.shape), np.zeros(truth.shape, dtype=np.bool_)
    for row, (i, _, own) in enumerate(rows):
        if own:
            at = starts[i] + np.array(own)
            scores[row], evidence[row] = tags.sentences[at].max(axis=0), tags.evidence[at].any(axis=0)
    return EvaluatedPredictions(
        ids,
        truth,
        scores,
        tuple(examples[i].report for i, _, _ in rows),
        disputed=_any(disputed),
        evidence=evidence,
        row_to_paragraph=np.array([i for i, _, _ in rows], dtype=np.int64),
    )


def _areas(example: Example, sentence: int) -> frozenset[str]:
    own = example.sentence_areas[sentence] if example.sentence_areas is not None else None
    return own or frozenset()


def _is_unsure(example: Example, sentence: int, area: str) -> bool:
    """Whether an area of a sentence is in dispute, or not labelled."""
    return not example.speaks_of(area, sentence) or (bool(example.disputed) and area in example.disputed[sentence])


def _matches(example: Example, paragraph: Paragraph) -> Iterator[list[int]]:
    """Yield for each labelled sentence the numbers of those of the paragraph that half of either is in."""
    text = paragraph.text
    own = [(len(_dense(text[: s.start])), len(_dense(text[: s.end]))) for s in paragraph.sentences]
    ends = list(accumulate(len(_dense(s)) for s in example.sentences))
    for span in zip([0, *ends], ends, strict=False):
        yield [i for i, other in enumerate(own) if _together(span, other)]


def _together(one: _Span, other: _Span) -> bool:
    """Whether two spans share half of the shorter one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 0 < min(one[1] - one[0], other[1] - other[0]) <= 2 * shared


def _dense(text: str) -> str:
    return "".join(text.split())
