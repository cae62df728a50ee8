from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.features.tokenizer import load_tokenizer
from classifier.labelling.labelled_counts import (
    UNKNOWN,
    UNLABELLED,
    LabelledCounts,
    count_examples,
    merge_counts,
    spread_areas,
    take_paragraphs,
)
from classifier.records import Example
from classifier.settings import Settings

AREAS = ("farms", "roads", "ships")
FARMS, ROADS, NONE = frozenset({"farms"}), frozenset({"roads"}), frozenset[str]()
BY_SENTENCE = Example(
    "a", "r", "", ("种地,修路。", "好。"), FARMS | ROADS, (FARMS | ROADS, NONE), clause_areas=((FARMS, ROADS), None)
)
AS_A_WHOLE = Example("b", "r", "", ("修路,架桥。", "好。"), ROADS, known=frozenset({"farms", "roads"}))
WITH_A_GAP = Example("c", "r", "", ("种地。", "好。"), FARMS, (FARMS, None))
TOKENIZE = load_tokenizer({})
EXAMPLES = (BY_SENTENCE, AS_A_WHOLE, WITH_A_GAP)


def counted(*examples: Example) -> LabelledCounts:
    return count_examples(examples, [e.sentences for e in examples], AREAS, TOKENIZE, Settings())


def test_what_is_not_known_is_marked() -> None:
    found = counted(*EXAMPLES)
    u, n = UNKNOWN, UNLABELLED
    assert found.labels.tolist() == [[1, 1, 0], [0, 0, 0], [0, u, n], [0, u, n], [1, 0, 0], [n, n, n]]
    assert found.clause_to_sentence.tolist() == [0, 0, 1, 2, 2, 3, 4, 5]
    by_clause = [[1, 0, 0], [0, 1, 0], [0, 0, 0], [0, u, n], [0, u, n], [0, u, n], [u, 0, 0], [n, n, n]]
    assert found.clause_labels.tolist() == by_clause
    assert found.targets.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert found.known.tolist() == [[1, 1, 1], [1, 1, 0], [1, 0, 0]]


@settings(deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=6), st.data())
def test_taking_and_merging_keep_labels(examples: list[Example], data: st.DataObject) -> None:
    whole = counted(*examples)
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(examples), max_size=len(examples))))
    parts = [take_paragraphs(whole, chosen), take_paragraphs(whole, ~chosen)]
    direct = counted(*(e for c in (True, False) for e, own in zip(examples, chosen, strict=True) if own == c))
    merged = merge_counts(parts)
    for name in ("labels", "clause_labels", "targets", "known", "clause_to_sentence", "sentence_to_paragraph"):
        assert (getattr(merged, name) == getattr(direct, name)).all(), name


def test_of_further_areas_nothing_is_known() -> None:
    found = spread_areas(counted(BY_SENTENCE), np.array([0, 1, 3]), 4)
    assert (found.labels[:, 2] == UNLABELLED).all()
    assert (found.clause_labels[:, 2] == UNLABELLED).all()
    assert found.known.tolist() == [[True, True, False, True]]
    assert (found.labels[:, [0, 1, 3]] == counted(BY_SENTENCE).labels).all()


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(EXAMPLES), max_size=3), min_size=1, max_size=3))
def test_parts_that_are_counted_alone_make_the_whole(parts: list[list[Example]]) -> None:
    merged, whole = merge_counts([counted(*part) for part in parts]), counted(*(e for part in parts for e in part))
    assert merged.terms == whole.terms
    for one, other in ((merged, whole), (merged, replace(merged))):  # the latter knows no sums of sentences yet
        for kind in ("clause_counts", "sentence_counts"):
            for name in ("indptr", "indices", "data"):
                assert (getattr(getattr(one, kind), name) == getattr(getattr(other, kind), name)).all(), (kind, name)
