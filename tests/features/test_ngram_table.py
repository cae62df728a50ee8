import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.features import ngram_table


@given(st.sets(st.integers(1, 2**64 - 1), max_size=200), st.lists(st.integers(1, 2**64 - 1), max_size=50))
def test_a_table_finds_its_keys_and_no_others(held: set[int], others: list[int]) -> None:
    keys = np.array(sorted(held), dtype=np.uint64)
    wanted = [*sorted(held), *others, *sorted(held)[::-1]]
    places, numbers = ngram_table.build_ngram_table(keys).find(np.array(wanted, dtype=np.uint64))
    assert places.tolist() == [i for i, key in enumerate(wanted) if key in held]
    assert [sorted(held)[n] for n in numbers] == [key for key in wanted if key in held]


def test_a_table_holds_keys_that_want_the_same_slot() -> None:
    """Keys whose products with the multiplier differ in low bits only."""
    inverse = pow(int(ngram_table.MULTIPLIER), -1, 2**64)
    keys = np.array([(i * inverse) % 2**64 for i in range(1, 40)], dtype=np.uint64)
    assert [part.tolist() for part in ngram_table.build_ngram_table(keys).find(keys)] == [list(range(39))] * 2
