"""The compiled kernel; see kernel.c. Its arrays are contiguous, in native order, and of the types that it names."""

from typing import Any

from numpy.typing import NDArray

Buffer = bytes | NDArray[Any]

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
