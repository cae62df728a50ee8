"""Compiled code, see kernel/module.c; its arrays are contiguous, in native order, and of the types named there."""

from typing import Any

from numpy.typing import NDArray

from classifier.records import AreaScore, Sentence

Buffer = bytes | NDArray[Any]

def split(folded: str, record: type[Sentence], /) -> list[Sentence] | None: ...
def rank(
    scores: Buffer, chosen: Buffer, ids: tuple[str, ...], record: type[AreaScore], /
) -> list[tuple[AreaScore, ...]]: ...
def prepare(text: bytes, mask: bool, /) -> bytes: ...
def run_table(keys: Buffer, /) -> bytes: ...
def word_table(codes: Buffer, ends: Buffer, /) -> bytes: ...
def score(
    tokens: list[str],
    text: bytes,
    whole: Buffer,
    best: Buffer,
    characters: Buffer,
    runs: bytes,
    words: bytes,
    word_codes: bytes,
    word_ends: Buffer,
    rows: Buffer,
    intercept: Buffer,
    unit: float,
    clause_unit: float,
    ngrams: int,
    edges: bool,
    sublinear: bool,
    /,
) -> None: ...
