"""Tables that do not fit together are refused when they are handed over; before, they crashed Python."""

from typing import Any

import numpy as np
import pytest

from classifier import compiled
from classifier.features.ngram_table import ngram_keys
from tests.kernel.tables import AREAS, TERMS, arguments, build

FIT = "not of the same terms and areas"


def small(terms: int, areas: int) -> Any:
    return np.zeros((terms, areas), dtype=np.int16)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sentence_coef": small(len(TERMS) - 1, AREAS)}, FIT),
        ({"clause_coef": small(len(TERMS) + 1, AREAS)}, FIT),
        ({"clause_coef": small(len(TERMS), AREAS).astype(np.float64)}, FIT),
        ({"sentence_coef": small(len(TERMS), AREAS + 1)}, FIT),
        ({"idf": small(2, len(TERMS) - 1)}, FIT),
        ({"idf": small(1, len(TERMS))}, FIT),
        ({"intercept": np.zeros(2 * AREAS + 1)}, FIT),
        ({"intercept": np.zeros(0)}, FIT),
        ({"intercept": b"\0" * (16 * AREAS + 1)}, FIT),
        ({"ngrams": ngram_keys(["建"])}, FIT),
        ({"ngrams": ngram_keys(["建", "建设", "建设农"]).tobytes()[:-1]}, FIT),
        ({"ngrams": ngram_keys(["建设农", "建设", "建"])}, "without its beginning"),
        ({"ngrams": ngram_keys(["建", "建农", "建设农"])}, "without its beginning"),
        ({"word_ends": np.array([2])}, FIT),
        ({"word_ends": np.array([2, 5])}, "ends outside"),
        ({"word_ends": np.array([2, 2])}, "is empty"),
        ({"word_ends": np.array([-1, 4])}, "is empty"),
        ({"word_ends": np.array([4, 2])}, "is empty"),
        ({"word_ends": np.array([2, 2**62])}, "ends outside"),
        ({"word_ends": np.array([2, 3])}, "do not make up"),
        ({"words": b""}, "ends outside"),
        ({"words": "农田建设".encode("utf-16-le")[:-1]}, FIT),
        ({"char_ngrams": 5}, "up to 4"),
        ({"char_ngrams": -1}, "up to 4"),
        ({"sentence_coef": np.asfortranarray(small(len(TERMS), AREAS))}, "contiguous"),
    ],
)
def test_what_does_not_fit_together_is_refused(changed: dict[str, Any], message: str) -> None:
    build()
    with pytest.raises(ValueError, match=message):
        build(**changed)


def test_more_terms_than_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="may have 8388607 terms"):
        build(ngrams=bytes(8 * (compiled.kernel.MOST_TERMS + 1)))


def test_what_is_no_array_is_refused() -> None:
    with pytest.raises(TypeError):
        build(idf=None)
    with pytest.raises(TypeError):
        compiled.kernel.build_model(*list(arguments().values())[:-1])


def test_a_model_without_terms_or_areas_can_be_made() -> None:
    none = small(0, AREAS)
    build(ngrams=b"", words=b"", word_ends=b"", idf=none, sentence_coef=none, clause_coef=none)
    build(intercept=np.zeros(0), sentence_coef=small(len(TERMS), 0), clause_coef=small(len(TERMS), 0))
