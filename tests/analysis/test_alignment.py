import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.analysis import alignment
from classifier.analysis.alignment import Fate, align
from classifier.arrays import Bools


def areas(*rows: str) -> Bools:
    return np.array([[letter in row for letter in "ab"] for row in rows], dtype=np.bool_).reshape(len(rows), 2)


def test_paragraphs_are_kept_reworded_new_and_gone() -> None:
    texts = ["新建 高标准 农田 三万 亩 粮食 总产 稳定", "改造 国道 硬化 公路", "办好 运动会"]
    others = ["招聘 教师", "改造 国道 硬化 公路", "新建 高标准 农田 五万 亩 粮食 总产 增长"]
    first, second = [text.split() for text in texts], [text.split() for text in others]
    pairs = align(first, second, areas("a", "b", ""), areas("b", "b", "a"))
    assert [(p.first, p.second, p.fate) for p in pairs] == [
        (None, 0, Fate.NEW),
        (1, 1, Fate.KEPT),
        (0, 2, Fate.REWORDED),
        (2, None, Fate.GONE),
    ]
    assert pairs[1].similarity == pytest.approx(1)


def test_only_paragraphs_that_share_an_area_are_paired() -> None:
    same = [["改造", "国道"]]
    assert [p.fate for p in align(same, same, areas("a"), areas("b"))] == [Fate.NEW, Fate.GONE]
    assert [p.fate for p in align(same, same, areas("ab"), areas("b"))] == [Fate.KEPT]
    assert [p.fate for p in align(same, same, areas(""), areas(""))] == [Fate.KEPT]
    assert [p.fate for p in align(same, same, areas(""), areas("b"))] == [Fate.NEW, Fate.GONE]


def test_the_best_of_all_pairings_is_taken() -> None:
    """The first paragraph is likest to the second one's partner, which is likelier still to its own."""
    first = [["a", "b", "c", "d"], ["a", "b", "c", "e", "f"]]
    second = [["a", "b", "c", "e"], ["a", "d"]]
    pairs = align(first, second, areas("a", "a"), areas("a", "a"))
    assert {(p.first, p.second) for p in pairs} == {(1, 0), (0, 1)}


words = st.lists(st.sampled_from("甲乙丙丁"), max_size=4)
Paragraphs = list[tuple[list[str], str]]
paragraphs = st.lists(st.tuples(words, st.sampled_from(["", "a", "b", "ab"])), max_size=6)


@given(paragraphs, paragraphs)
def test_every_paragraph_stands_in_one_pair(first: Paragraphs, second: Paragraphs) -> None:
    pairs = align(
        [w for w, _ in first], [w for w, _ in second], areas(*(a for _, a in first)), areas(*(a for _, a in second))
    )
    assert sorted(p.first for p in pairs if p.first is not None) == list(range(len(first)))
    assert sorted(p.second for p in pairs if p.second is not None) == list(range(len(second)))


def test_too_many_pairs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_PAIRS", 3)
    with pytest.raises(ValueError, match="2 and 2 paragraphs"):
        align([["a"], ["b"]], [["a"], ["b"]], areas("a", "a"), areas("a", "a"))
