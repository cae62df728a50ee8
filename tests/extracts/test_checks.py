from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.errors import BundleError
from classifier.extracts import store
from classifier.extracts.extraction import (
    Extract,
)
from classifier.features.csr import order_rows


def altered(extract: Extract, name: str) -> Extract:
    """An extract with one thing that cannot be."""
    counts = extract.labelled_counts
    first = extract.paragraphs[0]
    data = counts.clause_counts.data.copy()
    data[0] = 0
    turned = order_rows(counts.clause_counts, np.arange(len(counts.clause_to_sentence))[::-1])
    wrong = {
        "order of sentences": replace(
            extract,
            labelled_counts=replace(counts, sentence_to_paragraph=counts.sentence_to_paragraph[::-1]),
        ),
        "values of labels": replace(extract, labelled_counts=replace(counts, labels=counts.labels + 5)),
        "sentences of clauses": replace(
            extract, labelled_counts=replace(counts, clause_to_sentence=counts.clause_to_sentence + 1)
        ),
        "order of clauses": replace(extract, labelled_counts=replace(counts, clause_counts=turned)),
        "order of terms": replace(extract, labelled_counts=replace(counts, terms=counts.terms[::-1])),
        "values of counts": replace(
            extract,
            labelled_counts=replace(counts, clause_counts=replace(counts.clause_counts, data=data)),
        ),
        "an id stands twice": replace(extract, paragraphs=(first,) * len(extract.paragraphs)),
        "paragraph 'r0-0'": replace(extract, paragraphs=(replace(first, year="x"), *extract.paragraphs[1:])),  # type: ignore[arg-type]
        "areas": replace(extract, areas=(extract.areas[0],) * len(extract.areas)),
    }
    return wrong[name]


@pytest.mark.parametrize(
    "name",
    [
        "order of sentences",
        "sentences of clauses",
        "order of clauses",
        "values of labels",
        "order of terms",
        "values of counts",
        "an id stands twice",
        "paragraph 'r0-0'",
        "areas",
    ],
)
def test_what_does_not_fit_is_refused(small_extract: Extract, tmp_path: Path, name: str) -> None:
    store.save_extract(altered(small_extract, name), tmp_path / "wrong", "card")
    with pytest.raises(BundleError, match=f"do not fit together .*{name}"):
        store.load_extract(tmp_path / "wrong")
