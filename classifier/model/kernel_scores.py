"""Linear scores by the compiled kernel: the fast way to what term_index.py and linear.py compute with numpy."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier import compiled
from classifier.arrays import Floats
from classifier.features.term_index import Vocabulary, join_sentences
from classifier.features.tokenizer import Tokenize
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.settings import Settings

PORTION = 400  # sentences tokenized and scored at a time, so few that their words stay in the processor's cache
_UNEVEN = ("\u0130", "\u212a")  # the only characters beyond ASCII whose small letters are word characters


@dataclass(frozen=True, slots=True, eq=False)
class KernelScorer:
    """A model as the kernel holds it. tables: what compiled.kernel.build_model returned."""

    tables: object
    areas: int
    mask_numbers: bool

    def prepare(self, sentences: Sequence[str]) -> bytes:
        """Return normalized sentences as one text for the kernel, in UTF-16."""
        text = join_sentences(sentences)
        if any(c in text for c in _UNEVEN):
            text = text.lower()
        return compiled.kernel.prepare(text.encode("utf-32-le", "surrogatepass"), self.mask_numbers)

    def score(self, sentences: Sequence[str], tokenize: Tokenize) -> tuple[Floats, Floats]:
        """Return the scores of normalized sentences and of their best clauses, both of shape (sentences, areas)."""
        whole, best = (np.empty((len(sentences), self.areas)) for _ in range(2))
        for start in range(0, len(sentences), PORTION):
            portion = slice(start, start + PORTION)
            prepared = self.prepare(sentences[portion])
            tokens = tokenize(prepared.decode("utf-16-le"))
            compiled.kernel.score(self.tables, tokens, prepared, whole[portion], best[portion])
        return whole, best


def kernel_scorer(vocabulary: Vocabulary, classifiers: ClassifierPair, settings: Settings) -> KernelScorer | None:
    """Return the scorer of a model; None where there is no kernel, or the weights are no whole steps of 16 bits.

    Raises ValueError where terms are out of order, or vocabulary and classifiers do not fit together.
    """
    sentences, clauses = classifiers.sentences, classifiers.clauses
    able = compiled.BUILT and len(vocabulary) <= compiled.kernel.MOST_TERMS
    idf = _idf_steps(classifiers.idf, (sentences, clauses)) if able else None
    if idf is None:
        return None
    intercept = np.concatenate([sentences.intercept, clauses.intercept])
    tables = compiled.kernel.build_model(
        vocabulary.ngrams,
        "".join(vocabulary.words).encode("utf-16-le"),
        np.cumsum([len(word) for word in vocabulary.words], dtype=np.int64),
        idf,
        np.ascontiguousarray(sentences.coef),
        np.ascontiguousarray(clauses.coef),
        intercept,
        sentences.unit,
        clauses.unit,
        settings.char_ngrams,
        settings.edges,
        settings.sublinear,
    )
    return KernelScorer(tables, len(sentences.intercept), settings.mask_numbers)


def _idf_steps(idf: Floats, linear: Sequence[LinearClassifiers]) -> NDArray[np.int16] | None:
    """Return the idf in whole units of each of the classifiers, shape (2, terms).

    None where these, or the coefficients, are no whole numbers of 16 bits.
    """
    if any(one.coef.dtype != np.int16 for one in linear):
        return None
    steps = np.array([np.rint(idf / one.unit) for one in linear]).astype(np.int16)
    exact = all((own * one.unit == idf).all() for own, one in zip(steps, linear, strict=True))
    return steps if exact else None
