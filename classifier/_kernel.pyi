"""Compiled code, see kernel/module.c; its arrays are contiguous, in native order, and of the types named there."""

from typing import Any

from numpy.typing import NDArray

from classifier.records import Sentence

MOST_TERMS: int  # that a model may have

MOST_AREAS_AT_ONCE: int  # that `fit` takes

Buffer = bytes | NDArray[Any]

def split(folded: str, record: type[Sentence], /) -> list[Sentence] | None: ...
def prepare(text: bytes, mask: bool, /) -> bytes: ...
def build_model(
    ngrams: Buffer,
    words: bytes,
    word_ends: Buffer,
    idf: Buffer,
    sentence_coef: Buffer,
    clause_coef: Buffer,
    intercept: Buffer,
    sentence_unit: float,
    clause_unit: float,
    char_ngrams: int,
    edges: bool,
    sublinear: bool,
    /,
) -> object: ...
def score(model: object, tokens: list[str], prepared: bytes, whole: Buffer, best: Buffer, /) -> None: ...
def fit(
    indptr: Buffer,
    indices: Buffer,
    values: Buffer,
    signs: Buffer,
    alphas: Buffer,
    weights: Buffer,
    areas: int,
    c: float,
    tolerance: float,
    most_epochs: int,
    seed: int,
    /,
) -> int: ...
