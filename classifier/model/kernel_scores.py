"""Plain sentences to linear scores by the compiled kernel: the fast way to what scan.py and scoring.py compute."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import compiled
from classifier.arrays import Floats
from classifier.features.term_index import Vocabulary, join_sentences
from classifier.features.tokenizer import Tokenize
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.settings import Settings

PORTION = 400  # sentences cut and scored at a time, so few that their words stay in the processor's cache
BLOCK = 16  # columns that the kernel adds up at a time
LINE_OF_CACHE = 64  # bytes
MOST_TERMS = 1 << 23  # as in kernel/tables.h
UNEVEN = ("\u0130", "\u212a")  # the only characters beyond ASCII whose small letters are word characters


@dataclass(frozen=True, slots=True, eq=False)
class KernelScorer:
    """A model as the kernel wants it. parts: its last arguments."""

    parts: tuple[Any, ...]
    areas: int
    mask_numbers: bool

    def score(self, plains: Sequence[str], cut: Tokenize) -> tuple[Floats, Floats]:
        """Return the scores of plain sentences and of their best clauses, both of shape (sentences, areas)."""
        whole, best = (np.empty((len(plains), self.areas)) for _ in range(2))
        for start in range(0, len(plains), PORTION):
            part = slice(start, start + PORTION)
            text = join_sentences(plains[part])
            if any(c in text for c in UNEVEN):
                text = text.lower()
            prepared = compiled.kernel.prepare(text.encode("utf-32-le", "surrogatepass"), self.mask_numbers)
            words = cut(prepared.decode("utf-16-le"))
            compiled.kernel.score(words, prepared, whole[part], best[part], *self.parts)
        return whole, best


def kernel_scorer(vocabulary: Vocabulary, classifiers: ClassifierPair, settings: Settings) -> KernelScorer | None:
    """Return the scorer of a model; None where there is no kernel, or the model is not of 16 bits.

    Raises ValueError for runs of characters that are not in the order of a Vocabulary.
    """
    linear = (classifiers.sentences, classifiers.clauses)
    able = compiled.BUILT and len(vocabulary) < MOST_TERMS
    rows = _rows(classifiers.idf, linear) if able else None
    if rows is None:
        return None
    ends = np.cumsum([len(word) for word in vocabulary.words], dtype=np.int64)
    codes = "".join(vocabulary.words).encode("utf-16-le")
    parts = (
        vocabulary.single_characters,
        compiled.kernel.run_table(vocabulary.ngrams),
        compiled.kernel.word_table(codes, ends),
        codes,
        ends,
        rows,
        np.concatenate([one.intercept for one in linear]),
        *(one.unit for one in linear),
        settings.char_ngrams,
        settings.edges,
        settings.sublinear,
    )
    return KernelScorer(parts, len(linear[0].intercept), settings.mask_numbers)


def _rows(idf: Floats, linear: Sequence[LinearClassifiers]) -> NDArray[np.int16] | None:
    """Return for each term its coefficients of sentences and of clauses, each followed by its idf, in whole steps.

    Shape (terms, 2, width), width a multiple of BLOCK. None where they are no whole steps of 16 bits.
    """
    if any(one.coef.dtype != np.int16 for one in linear):
        return None
    terms, areas = linear[0].coef.shape
    width = (areas + BLOCK) // BLOCK * BLOCK
    rows = _aligned(terms * 2 * width).reshape(terms, 2, width)
    for i, one in enumerate(linear):
        steps = np.rint(idf / one.unit).astype(np.int16)
        if (steps * one.unit != idf).any():
            return None
        rows[:, i, :areas] = one.coef
        rows[:, i, -1] = steps
    return rows


def _aligned(size: int) -> NDArray[np.int16]:
    """Return zeros that begin where a line of the processor's cache begins."""
    room = np.zeros(size + LINE_OF_CACHE // 2, dtype=np.int16)
    start = -room.ctypes.data % LINE_OF_CACHE // 2
    return room[start : start + size]
