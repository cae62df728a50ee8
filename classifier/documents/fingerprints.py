"""Fingerprints of documents, by which it is seen that two hold the same text in another form.

A fingerprint is a MinHash with one permutation (Li, Owen and Zhang 2012): each five characters in a row are hashed, the
hashes are dealt out to bins, and the least hash of each bin is kept. The share of bins in which two fingerprints are
the same estimates the share of five-character strings that both texts have, of all that either has (Jaccard). Written
here with numpy, as the libraries for it take a Python string for each shingle, which takes longer than tagging.
"""

import numpy as np
from numpy.typing import NDArray

from classifier.records import CONTENT, Document

FINGERPRINT_BINS = (
    128  # the standard error of the estimate is at most sqrt(0.25 / FINGERPRINT_BINS), 0.04, and 0.01 near likeness 1
)
SHINGLE = 5  # characters
LEAST_SHINGLES = 200  # a shorter text, such as a cover letter, may be like another by chance
_KEPT = 16 * FINGERPRINT_BINS  # hashes of a text that are dealt out; its others are too great to be the least of a bin
_BIN_BITS = 7
_HAN_FROM, _HAN_CODES = np.uint16(0x3400), np.uint16(0x6C00)  # of the basic plane, with extension A
_DIGITS_FROM, _DIGITS = np.uint16(ord("0")), np.uint16(10)
_FACTORS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1], np.uint32)
_BIN_STARTS = np.arange(FINGERPRINT_BINS, dtype=np.uint32) << np.uint32(32 - _BIN_BITS)


def fingerprint(document: Document) -> bytes:
    """Return FINGERPRINT_BINS numbers of four bytes; nothing for a document with fewer than LEAST_SHINGLES shingles.

    Only Han characters and digits of headings and paragraphs count, folded and in simplified characters, so that
    neither line ends nor the width of punctuation changes it.
    """
    text = "".join([s.normalized for p in document.paragraphs if p.kind in CONTENT for s in p.sentences])
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    counts = (codes - _HAN_FROM < _HAN_CODES) | (codes - _DIGITS_FROM < _DIGITS)
    codes = codes[np.flatnonzero(counts)]
    if len(codes) < LEAST_SHINGLES + SHINGLE - 1:
        return b""
    return _least_of_bins(_shingle_hashes(codes.astype(np.uint32))).astype("<u4").tobytes()


def _shingle_hashes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the hash of each SHINGLE codes in a row."""
    n = len(codes) - SHINGLE + 1
    hashes: NDArray[np.uint32] = codes[:n] * _FACTORS[0]
    for i in range(1, SHINGLE):
        hashes += codes[i : n + i] * _FACTORS[i]
    for shift, factor in ((15, 0x2C1B3C6D), (12, 0x297A2D39)):  # spread every bit over all of them
        hashes ^= hashes >> np.uint32(shift)
        hashes *= np.uint32(factor)
    hashes ^= hashes >> np.uint32(15)
    return hashes


def _least_of_bins(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the least hash of each bin, 0 for an empty one; the low bits of a hash are its bin."""
    if len(hashes) > _KEPT:
        small = hashes[hashes < np.uint32((_KEPT << 32) // len(hashes))]
        if len(small) > _KEPT // 2:  # fewer where the text repeats itself
            hashes = small
    by_bin = np.sort((hashes << np.uint32(32 - _BIN_BITS)) | (hashes >> np.uint32(_BIN_BITS)))
    firsts = np.searchsorted(by_bin, _BIN_STARTS)
    ends = np.append(firsts[1:], len(by_bin))
    least = by_bin[np.minimum(firsts, len(by_bin) - 1)]
    return np.where(firsts < ends, least, np.uint32(0)).astype(np.uint32)
