"""The arguments of build_model for a small vocabulary, each of which a test can replace."""

from typing import Any

import numpy as np

from classifier import compiled
from classifier.features.term_index import build_vocabulary

TERMS = ["c建", "c建设", "c建设农", "w农田", "w建设"]
AREAS = 3


def arguments(**changed: Any) -> dict[str, Any]:
    vocabulary = build_vocabulary(TERMS)
    steps = np.arange(len(TERMS) * AREAS, dtype=np.int16)
    made: dict[str, Any] = {
        "ngrams": vocabulary.ngrams,
        "words": "".join(vocabulary.words).encode("utf-16-le"),
        "word_ends": np.array([2, 4]),
        "idf": np.full((2, len(TERMS)), 4096, dtype=np.int16),
        "sentence_coef": steps.reshape(-1, AREAS),
        "clause_coef": -steps.reshape(-1, AREAS),
        "intercept": np.zeros(2 * AREAS),
        "sentence_unit": 2.0**-11,
        "clause_unit": 2.0**-11,
        "char_ngrams": 4,
        "edges": True,
        "sublinear": True,
    }
    assert changed.keys() <= made.keys()
    return made | changed


def build(**changed: Any) -> object:
    return compiled.kernel.build_model(*arguments(**changed).values())
