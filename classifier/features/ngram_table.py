"""Character n-grams as whole numbers of 64 bits, and a table that finds many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Ints
from classifier.characters import LONGEST_NGRAM

BITS_OF_CHARACTER = 16
SLOTS_FOR_EACH = 4  # slots for each key, so that most searches end at the first
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth, TAOCP 3, 6.4)

Keys = NDArray[np.uint64]


def ngram_keys(ngrams: Sequence[str]) -> Keys:
    """Return the keys of n-grams of one to LONGEST_NGRAM characters of the basic plane, shape (n-grams,); none is 0.

    >>> [hex(k) for k in ngram_keys(["a", "ab"])]
    ['0x61', '0x610062']
    """
    codes = np.array(ngrams, dtype=f"U{LONGEST_NGRAM}").view(np.uint32).reshape(-1, LONGEST_NGRAM).astype(np.uint64)
    keys = np.zeros(len(ngrams), dtype=np.uint64)
    for code in codes.T:  # 0 after the last character
        keys = np.where(code == 0, keys, (keys << np.uint64(BITS_OF_CHARACTER)) | code)
    return keys


def ngram_of_key(key: int) -> str:
    """Return the character n-gram of a key.

    >>> ngram_of_key(0x610062)
    'ab'
    """
    return (
        key.to_bytes(2 * LONGEST_NGRAM, "big")
        .lstrip(b"\0")
        .rjust(2 * LONGEST_NGRAM, b"\0")
        .decode("utf-16-be")
        .lstrip("\0")
    )


@dataclass(frozen=True, slots=True, eq=False)
class NgramTable:
    """Keys in the slots of a table with linear probing (Knuth, TAOCP 3, 6.4, algorithm L).

    keys: shape (slots,), 0 where a slot is empty. numbers: shape (slots,), of each slot's key.
    """

    keys: Keys
    numbers: NDArray[np.int32]

    def find(self, wanted: Keys) -> tuple[Ints, NDArray[np.int32]]:
        """Return which of the wanted keys are there, ascending, and their numbers; both of shape (found,).

        None of the wanted keys is 0.
        """
        slots = _slots(wanted, len(self.keys))
        held = self.keys[slots]
        alike = held == wanted
        found = [np.flatnonzero(alike)]
        other = np.flatnonzero(~alike & (held != 0))
        while len(other):  # another key is in the way: look into the next slot
            slots[other] = (slots[other] + 1) % len(self.keys)
            held = self.keys[slots[other]]
            alike = held == wanted[other]
            found.append(other[alike])
            other = other[~alike & (held != 0)]
        places = np.sort(np.concatenate(found))
        return places, self.numbers[slots[places]]


def build_ngram_table(keys: Keys) -> NgramTable:
    """Return a table of keys, each once and none of them 0; their numbers are their places in the array."""
    size = 1 << max(1, (SLOTS_FOR_EACH * len(keys)).bit_length())
    table = NgramTable(np.zeros(size, dtype=np.uint64), np.zeros(size, dtype=np.int32))
    slots = _slots(keys, size)
    waiting = np.arange(len(keys))
    while len(waiting):
        own = slots[waiting]
        free = table.keys[own] == 0
        table.keys[own[free]] = keys[waiting[free]]  # of several keys for one slot, the last stays
        placed = table.keys[own] == keys[waiting]
        table.numbers[own[placed]] = waiting[placed]
        waiting = waiting[~placed]
        slots[waiting] = (slots[waiting] + 1) % size
    return table


def _slots(keys: Keys, size: int) -> Ints:
    return ((keys * MULTIPLIER) >> np.uint64(65 - size.bit_length())).astype(np.int64)
