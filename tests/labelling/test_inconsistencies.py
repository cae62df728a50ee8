"""The same text labelled otherwise, and disputes of label files."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.labelling.inconsistencies import contradictions, disputes
from classifier.records import Example

ROAD, FARM = "改造国道三十公里，打通断头路。", "粮食总产达到二十万吨。"


def example(identity: str, *sentences: tuple[str, str]) -> Example:
    own = tuple(frozenset(areas.split()) for _, areas in sentences)
    texts = tuple(text for text, _ in sentences)
    return Example(identity, "r", "".join(texts), texts, frozenset[str]().union(*own), own)


def test_the_same_sentence_with_and_without_an_area_is_found() -> None:
    (found,) = contradictions([example("a", (ROAD, "roads"), (FARM, "farms")), example("b", (ROAD, "roads trade"))])
    assert found.areas == ("trade",)
    assert [(u.example, u.sentence) for u in found.units] == [(0, 1), (1, 1)]


def test_what_a_label_does_not_speak_of_contradicts_nothing() -> None:
    partial = replace(example("b", (ROAD, "trade")), known=frozenset({"trade"}))
    assert contradictions([replace(example("a", (ROAD, "roads")), known=frozenset({"roads"})), partial]) == ()
    assert contradictions([example("a", (ROAD, "roads")), partial])[0].areas == ("trade",)


def test_a_paragraph_that_is_labelled_as_a_whole_is_compared_with_others() -> None:
    whole = [Example(i, "r", ROAD + FARM, (ROAD, FARM), frozenset(areas)) for i, areas in (("a", ["roads"]), ("b", []))]
    assert contradictions(whole)[0].areas == ("roads",)


def test_headings_and_other_short_texts_may_mean_something_else_each_time() -> None:
    assert contradictions([example("a", ("道路建设。", "roads")), example("b", ("道路建设。", ""))]) == ()


def test_spaces_and_widths_make_no_other_text() -> None:
    assert len(contradictions([example("a", (ROAD, "roads")), example("b", (ROAD.replace("，", ", "), ""))])) == 1


@settings(deadline=None)
@given(st.lists(st.frozensets(st.sampled_from(["roads", "farms"])), min_size=1, max_size=6))
def test_there_is_a_contradiction_exactly_where_not_all_labels_are_the_same(areas: list[frozenset[str]]) -> None:
    found = contradictions([example(str(i), (ROAD, " ".join(own))) for i, own in enumerate(areas)])
    assert bool(found) is (len(set(areas)) > 1)
    assert [len(one.units) for one in found] == [len(areas)] * len(found)


def test_disputes_are_told_by_sentence() -> None:
    disputed = replace(example("a", (ROAD, ""), (FARM, "farms")), disputed=(frozenset({"roads"}), frozenset[str]()))
    assert [tuple(one) for one in disputes([example("b", (FARM, "farms")), disputed])] == [(1, 1, ("roads",))]
