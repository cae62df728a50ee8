from pathlib import Path

import pytest

from classifier.features.user_dictionary import read_policy_terms, user_words, word_frequencies


@pytest.mark.slow
def test_frequencies_do_not_depend_on_the_order_of_words() -> None:
    some = ["招商图谱", "河长制", "新质生产力", "高标准农田", "专精特新"]
    assert word_frequencies(some) == word_frequencies(reversed(some))


def test_terms_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# 注释\n精准扶贫\t2013-2020\n\n5G基站\n水\n一网、通办\n", encoding="utf-8")
    terms = read_policy_terms(tmp_path)
    assert terms == {"a": ("精准扶贫", "5G基站", "水", "一网、通办")}
    assert user_words(terms, mask_numbers=True) == ("0g基站", "精准扶贫")
