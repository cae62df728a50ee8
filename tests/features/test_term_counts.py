from classifier.features.term_counts import count_known_terms
from classifier.features.tokenizer import jieba_tokenizer
from classifier.settings import Settings


def test_counts_are_sorted_by_column() -> None:
    counts = count_known_terms(
        ["修路修路。", "", "办学。"], {"c修": 0, "c路": 1, "c学": 2}, jieba_tokenizer({}), Settings()
    )
    assert counts.indptr.tolist() == [0, 2, 2, 3]
    assert counts.indices.tolist() == [0, 1, 2]
    assert counts.data.tolist() == [2, 2, 1]
