from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.extracts.attack import attempts, leaks, order_parts, rebuild
from classifier.extracts.language import Language, SetPhrases, han
from classifier.extracts.suppression import cheapest_borders, suppress
from classifier.features.tokenizer import segments
from tests.extracts.conftest import SECRET, counted_terms
from tests.strategies import HAN as HAN_CHARACTERS


def test_suppression_drops_few_terms_and_nothing_long_comes_back() -> None:
    phrases, language = SetPhrases([[SECRET]], 21), Language([[SECRET]])
    whole = counted_terms(SECRET)
    (kept,) = suppress([whole], [SECRET], [language], phrases)
    assert leaks(rebuild(kept, language), SECRET, phrases) == []
    assert set(kept) < set(whole)
    assert len(kept) > 0.8 * len(whole)
    assert all(kept[t] == whole[t] for t in kept)


def test_commas_and_numbers_do_not_blind_the_attack() -> None:
    """Words that others write too lead over a comma or a number, as long as one knows what stood before it."""
    text = "推进现代农业发展,新建高标准农田3万亩,改造提升灌溉渠系,实现旱涝保收。"
    others = [["推进现代农业发展,新建高标准农田3万亩。"], ["新建高标准农田5万亩,改造提升灌溉渠系,实现旱涝保收。"]] * 2
    phrases = SetPhrases([[text]], 21)
    texts = rebuild(counted_terms(text), Language(others))
    (leak,) = leaks(texts, han(text), phrases)
    assert leak[0] < len(han("推进现代农业发展")) < leak[1]
    masked = "|" + "|".join(segments(text, True)) + "|"
    (kept,) = suppress([counted_terms(text)], [masked], [Language(others)], phrases)
    assert leaks(rebuild(kept, Language(others)), han(text), phrases) == []


def test_a_set_phrase_may_come_back() -> None:
    reports = [[SECRET]] * 3
    phrases = SetPhrases(reports, 21)
    assert leaks([SECRET], SECRET, phrases) == []
    whole = counted_terms(SECRET)
    assert suppress([whole], [SECRET], [Language(reports)], phrases) == [whole]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.sampled_from(HAN_CHARACTERS), min_size=1, max_size=40), min_size=1, max_size=4))
def test_suppression_holds_for_any_sentence(parts: list[str]) -> None:
    text = "".join(parts)
    phrases, language = SetPhrases([[text]], 21), Language([[text], [text]])
    rows = [counted_terms(part) for part in parts]
    kept = suppress(rows, [f"|{part}|" for part in parts], [language], phrases)
    for texts in attempts(kept, language):
        assert leaks(texts, text, phrases) == []
    for own, row in zip(kept, rows, strict=True):
        assert own.items() <= row.items()


def test_short_clauses_are_put_beside_each_other() -> None:
    """No clause is long, and no term leads from one to the next; but they are few, and so are their orders."""
    parts = ["全县上下凝心聚力抢抓机遇", "补齐短板深挖潜力奋勇争先", "推动传统产业焕发新颜"]
    text = "".join(parts)
    phrases, language = SetPhrases([[text]], 21), Language([[text]])
    rows = [counted_terms(part) for part in parts]
    assert all(leaks(rebuild(row, language), text, phrases) == [] for row in rows)
    assert text in order_parts(parts, language)
    assert [(0, len(text))] in [leaks(own, text, phrases) for own in attempts(rows, language)]
    kept = suppress(rows, [f"|{part}|" for part in parts], [language], phrases)
    assert all(leaks(own, text, phrases) == [] for own in attempts(kept, language))
    assert sum(map(len, kept)) > 0.75 * sum(map(len, rows))


def test_borders_are_crossed_by_the_fewest_terms_and_leave_nothing_long() -> None:
    costs = dict.fromkeys(range(1, 50), 6) | {9: 1, 18: 2, 31: 0, 38: 5}
    assert cheapest_borders(0, 50, 20, costs) == [18, 31]
    assert cheapest_borders(0, 30, 20, dict.fromkeys(range(1, 30), 6)) == [15]
    assert cheapest_borders(0, 50, 20, {5: 1}) == []
