import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.features.csr import CsrCounts
from classifier.labelling.labelled_counts import LabelledCounts, count_labels, keep_terms, merge_counts
from classifier.records import Area, Example
from classifier.settings import Settings
from classifier.training.base_counts import add_labels, learned_terms, split_terms

AREAS = [Area("rural", "乡村", "rural"), Area("ecology", "生态", "ecology")]
OPTIONS = Settings(min_sentences=2, min_reports=2, char_ngrams=3)
TEXTS = st.lists(st.text(alphabet="粮食增产湿地保护", min_size=1, max_size=6), min_size=1, max_size=3)
ROWS = st.lists(st.tuples(st.sampled_from("abcd"), TEXTS, st.sets(st.sampled_from(["rural", "ecology"]))), min_size=2)


def counted(rows: list[tuple[str, list[str], set[str]]], prefix: str) -> LabelledCounts:
    examples = [
        Example(id=f"{prefix}{i:03d}", report=report, text="".join(own), sentences=tuple(own), areas=frozenset(areas))
        for i, (report, own, areas) in enumerate(rows)
    ]
    return count_labels(examples, AREAS, {}, OPTIONS)


def by_column(counts: CsrCounts) -> CsrCounts:
    """Return the same counts, the columns of each row ascending."""
    order = np.lexsort((counts.indices, counts.row_of_entry()))
    return CsrCounts(counts.indptr, counts.indices[order], counts.data[order], counts.columns)


def contents(counts: LabelledCounts) -> list[object]:
    parts = [by_column(part) for part in (counts.clause_counts, counts.sentence_counts)]
    arrays = [a for part in parts for a in (part.indptr, part.indices, part.data)]
    rows = (
        counts.clause_to_sentence,
        counts.sentence_to_paragraph,
        counts.labels,
        counts.clause_labels,
        counts.targets,
    )
    return [counts.terms, counts.reports, *(a.tolist() for a in (*arrays, *rows))]


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_labels_that_are_added_give_the_counts_of_all_labels(
    base: list[tuple[str, list[str], set[str]]], further: list[tuple[str, list[str], set[str]]]
) -> None:
    one, other = counted(base, "a"), counted(further, "b")
    every = merge_counts([one, other])
    split = split_terms(one, OPTIONS)
    assert contents(split.all_terms()) == contents(one)
    added = add_labels(split, other, OPTIONS)
    if len(set(one.reports)) >= OPTIONS.min_reports:  # else a term may need more reports than it needed before
        assert contents(added) == contents(keep_terms(every, learned_terms(every, OPTIONS)))


def test_a_rare_term_becomes_frequent_with_further_labels() -> None:
    base = counted([("a", ["湿地"], {"ecology"}), ("b", ["粮食"], {"rural"}), ("c", ["粮食"], set())], "a")
    split = split_terms(base, OPTIONS)
    assert "c湿地" in split.rare_terms
    added = add_labels(split, counted([("d", ["湿地"], {"ecology"})], "b"), OPTIONS)
    column = added.terms.index("c湿地")
    assert np.flatnonzero(
        np.bincount(added.clause_counts.row_of_entry()[added.clause_counts.indices == column])
    ).tolist() == [0, 3]
