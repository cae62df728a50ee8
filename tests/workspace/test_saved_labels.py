"""What verdicts on a paragraph and its sentences come to."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from classifier.workspace.saved_labels import (
    SavedLabel,
    Verdict,
    as_examples,
    current_labels,
    decode_label,
    document_name,
    encode_label,
    paragraph_id,
)

AREAS = ("ecology", "industry", "finance")
TEXT = "新建绿地三公顷。工业增加值增长。贷款余额增加。"
SPANS = ((0, 8), (8, 16), (16, 23))


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    about = draw(st.frozensets(st.sampled_from(AREAS), min_size=1))
    return Verdict(draw(st.frozensets(st.sampled_from(sorted(about)))), about, draw(st.sampled_from([None, 1, 2, 3])))


def saved(own: Sequence[Verdict]) -> list[SavedLabel]:
    return [SavedLabel("x", "a.txt", TEXT, SPANS, (verdict,)) for verdict in own]


@given(st.lists(verdicts(), min_size=1, max_size=8))
def test_the_last_verdict_holds_and_a_paragraph_has_what_its_sentences_have(own: list[Verdict]) -> None:
    current = current_labels(saved(own))["x"]
    last = own[-1]
    for area in last.about:
        place = current.whole if last.sentence is None else current.by_sentence[last.sentence - 1]
        assert place[area] is (area in last.areas)
    for area in AREAS:
        rows = [row.get(area) for row in current.by_sentence]
        if True in rows:
            assert current.whole[area]
        if all(value is False for value in rows):
            assert current.whole[area] is False
        if current.whole.get(area) is False:
            assert True not in rows
    spoken = frozenset[str]().union(*(v.about for v in own))
    assert set(current.whole) <= spoken


@given(st.lists(verdicts(), min_size=1, max_size=4))
def test_a_label_is_the_same_after_it_was_written(own: list[Verdict]) -> None:
    label = SavedLabel("x", "a.txt", TEXT, SPANS, tuple(own), ("一、工业",), 7)
    assert decode_label(encode_label(label)) == label


def test_a_sentence_that_is_corrected_takes_its_area_from_the_paragraph() -> None:
    every = frozenset(AREAS)
    rows = [Verdict(frozenset({"ecology"}), every, n) for n in (1,)]
    rows += [Verdict(frozenset(), every, n) for n in (2, 3)]
    assert current_labels(saved(rows))["x"].areas == {"ecology"}
    rows.append(Verdict(frozenset(), every, 1))
    assert current_labels(saved(rows))["x"].whole["ecology"] is False


def test_a_paragraph_is_known_by_the_name_of_its_file_and_its_text() -> None:
    assert document_name("reports/2023.zip!内/易县 2022.txt") == "易县 2022.txt"
    assert document_name("C:\\reports\\a.docx") == "a.docx"
    assert paragraph_id("x/a.txt", "发展１２") == paragraph_id("a.txt", "发展12")
    assert paragraph_id("a.txt", "发展") != paragraph_id("b.txt", "发展")


@given(st.lists(verdicts(), min_size=1, max_size=8))
def test_training_is_told_what_was_said_and_nothing_else(own: list[Verdict]) -> None:
    current = current_labels(saved(own))["x"]
    examples = as_examples([current], AREAS)
    told = [area for e in examples for area in sorted(e.known or ())]
    decided = {a for a in AREAS if a in current.whole or any(a in row for row in current.by_sentence)}
    assert sorted(told) == sorted(decided)  # each area in one example alone
    for example in examples:
        for area in example.known or ():
            if area in current.whole:
                assert (area in example.areas) is current.whole[area]
            for row, said in zip(current.by_sentence, example.sentence_areas or (), strict=False):
                if said is not None:
                    assert row[area] is (area in said)


def test_a_paragraph_labelled_as_a_whole_is_one_example() -> None:
    label = current_labels(saved([Verdict(frozenset({"ecology"}), frozenset(AREAS))]))["x"]
    (example,) = as_examples([label], AREAS)
    assert example.sentence_areas is None
    assert example.areas == {"ecology"}
    assert example.known == frozenset(AREAS)


def test_a_paragraph_labelled_by_sentence_is_one_example() -> None:
    every = frozenset(AREAS)
    label = current_labels(
        saved([Verdict(frozenset({"ecology"}) if n == 2 else frozenset(), every, n) for n in (1, 2, 3)])
    )
    (example,) = as_examples(label.values(), AREAS)
    assert example.sentence_areas == (frozenset(), frozenset({"ecology"}), frozenset())


def test_what_was_said_of_the_whole_paragraph_stays_when_one_sentence_lacks_it() -> None:
    rows = [Verdict(frozenset({"ecology"}), frozenset({"ecology"})), Verdict(frozenset(), frozenset({"ecology"}), 1)]
    current = current_labels(saved(rows))["x"]
    assert current.whole == {"ecology": True}
    assert [own.get("ecology") for own in current.by_sentence] == [False, None, None]
