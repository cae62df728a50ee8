"""What an import changes in labels that were saved before, and since the file was exported."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.transfer.gather import rows_of_labels
from classifier.transfer.merge import Effect, ImportPlan
from classifier.transfer.rows import WHOLE, Passage, ReadRow
from classifier.workspace.saved_labels import SavedLabel, Verdict, current_labels, paragraph_id
from tests.transfer.states import IDS, planned, state, verdicts

TEXT = "新建小学五所。改造国道。"
SPANS = ((0, 7), (7, 12))
IDENTITY = paragraph_id("a.txt", TEXT)


def saved(areas: Sequence[str], about: Sequence[str] = IDS, sentence: int | None = None) -> SavedLabel:
    verdict = Verdict(frozenset(areas), frozenset(about), sentence)
    return SavedLabel(IDENTITY, "a.txt", TEXT, SPANS, (verdict,), ("一、教育",), 4)


def exported(labels: Sequence[SavedLabel]) -> list[ReadRow]:
    """The rows of a file that was exported and not changed."""
    rows = rows_of_labels(state(labels).values(), IDS)
    return [ReadRow(f"row {n}", row.passage, row.sentence, row.values, row) for n, row in enumerate(rows, start=2)]


def foreign(sentence: int = WHOLE, **marks: bool) -> ReadRow:
    return ReadRow("row 2", Passage("", "a.txt", TEXT, SPANS), sentence, marks)


def changed(row: ReadRow, **marks: bool) -> ReadRow:
    return replace(row, marks={**row.marks, **marks})


def effect(plan: ImportPlan) -> Effect:
    ((found, count),) = plan.effects.items()
    assert count == 1
    return found


def test_a_paragraph_that_was_not_labelled_is_new() -> None:
    plan = planned([foreign(farms=False, roads=True)])
    assert effect(plan) is Effect.NEW
    assert plan.kept == (
        SavedLabel(IDENTITY, "a.txt", TEXT, SPANS, (Verdict(frozenset({"roads"}), frozenset({"farms", "roads"})),)),
    )


def test_other_areas_are_added_and_the_place_is_kept() -> None:
    plan = planned([foreign(roads=True)], [saved(["schools"], ["schools"])])
    assert effect(plan) is Effect.MORE
    (label,) = plan.kept
    assert (label.heading, label.line, label.verdicts[0].about) == (("一、教育",), 4, frozenset({"roads"}))


def test_what_was_changed_in_an_exported_file_is_no_conflict() -> None:
    before = [saved(["schools"])]
    (row,) = exported(before)
    plan = planned([changed(row, roads=True)], before)
    assert effect(plan) is Effect.CHANGED
    assert not plan.conflicts
    assert current_labels([*before, *plan.kept])[IDENTITY].areas == {"schools", "roads"}


def test_what_was_saved_since_the_export_stays_where_the_file_was_not_changed() -> None:
    before = [saved(["schools"])]
    plan = planned(exported(before), [*before, saved(["roads"])])
    assert effect(plan) is Effect.SAME
    assert plan.kept == plan.replaced == ()


def test_a_contradiction_is_a_conflict_that_names_who_and_when() -> None:
    plan = planned([foreign(roads=True, farms=False)], [saved(["schools"])])
    assert effect(plan) is Effect.CONFLICT
    (conflict,) = plan.conflicts
    assert (conflict.area, conflict.value, conflict.place) == ("roads", True, "row 2")
    assert (conflict.saved.by, conflict.saved.time, conflict.saved.source) == ("李", "2026-01-02T03:04:05Z", "review")
    assert plan.kept == ()
    assert current_labels([saved(["schools"]), *plan.replaced])[IDENTITY].areas == {"schools", "roads"}


def test_both_changed_the_same_area_since_the_export() -> None:
    before = [saved(["schools"])]
    (row,) = exported(before)
    assert effect(planned([changed(row, schools=False)], [*before, saved(["schools", "roads"])])) is Effect.CHANGED
    since = [*before, saved([], ["schools"]), saved(["schools"], ["schools"])]
    assert effect(planned([changed(row, roads=True)], [*since, saved(["roads"], ["roads"])])) is Effect.SAME


def test_sentences_that_overturn_the_whole_are_in_conflict() -> None:
    before = [saved(["roads"], ["roads"])]
    rows = [foreign(1, roads=False), replace(foreign(2, roads=False), place="row 3")]
    plan = planned(rows, before)
    assert effect(plan) is Effect.CONFLICT
    assert {(c.sentence, c.area) for c in plan.conflicts} == {(1, "roads"), (2, "roads")}
    assert effect(planned([foreign(1, roads=True)], [saved([], ["roads"])])) is Effect.CONFLICT


def test_a_text_without_a_document_is_the_paragraph_that_has_it() -> None:
    row = replace(foreign(roads=True), passage=Passage("", "", f" {TEXT} "))
    (label,) = planned([row], [saved(["schools"], ["schools"])]).kept
    assert (label.id, label.sentences) == (IDENTITY, SPANS)
    (label,) = planned([row]).kept
    assert (label.document, label.sentences) == ("own.csv", SPANS)


def test_the_same_row_twice_counts_once() -> None:
    plan = planned([foreign(roads=True), replace(foreign(roads=True), place="row 3")])
    assert (plan.rows, effect(plan)) == (2, Effect.NEW)


on_one_paragraph = st.lists(verdicts(len(SPANS)), min_size=1, max_size=4).map(
    lambda own: [SavedLabel(IDENTITY, "a.txt", TEXT, SPANS, (verdict,)) for verdict in own]
)


@given(on_one_paragraph, on_one_paragraph, st.booleans())
def test_an_import_says_what_it_does(before: list[SavedLabel], file: list[SavedLabel], overrule: bool) -> None:
    """Keeping loses nothing that was known, and a second import changes nothing."""
    rows = [replace(row, written=None) for row in exported(file)]
    plan = planned(rows, before)
    labels = plan.replaced if overrule else plan.kept
    old, new = current_labels(before), current_labels([*before, *labels])
    if not overrule:
        for identity, label in old.items():
            assert label.whole.items() <= new[identity].whole.items()
            pairs = zip(label.by_sentence, new[identity].by_sentence, strict=True)
            assert all(a.items() <= b.items() for a, b in pairs)
    if plan.conflicts:
        assert plan.effects[Effect.CONFLICT] <= len(plan.conflicts)
        return
    assert plan.kept == plan.replaced
    again = planned(rows, [*before, *labels])
    assert set(again.effects) <= {Effect.SAME}


def test_sentences_that_are_cut_otherwise_are_a_fault() -> None:
    from classifier.errors import LabelError

    other = replace(foreign(1, roads=True), passage=Passage("", "a.txt", TEXT, ((0, 12),)), place="row 3")
    with pytest.raises(LabelError, match="row 3: its sentences are cut otherwise"):
        planned([foreign(1, farms=True), other])


OTHER_SPANS = (((0, 12),), ((0, 4), (4, 7), (7, 12)))


@pytest.mark.parametrize("spans", OTHER_SPANS)
def test_other_sentences_that_would_take_labels_of_sentences_are_in_conflict(
    spans: tuple[tuple[int, int], ...],
) -> None:
    before = [saved(["schools"], ["schools"], 2)]
    row = ReadRow("row 2", Passage("", "a.txt", TEXT, spans), 1, {"roads": True})
    plan = planned([row], [*before, saved(["farms"], ["farms"])])
    assert effect(plan) is Effect.CONFLICT
    (conflict,) = plan.conflicts
    assert (conflict.recut, conflict.saved.number) == (True, 1)
    assert plan.kept == ()
    assert current_labels([*before, *plan.replaced])[IDENTITY].sentences == spans
    assert effect(planned([row], [saved([], ["schools"])])) is Effect.MORE  # of the whole, which other sentences keep


on_other_sentences = st.sampled_from(OTHER_SPANS).flatmap(
    lambda spans: st.lists(verdicts(len(spans)), min_size=1, max_size=4).map(
        lambda own: [SavedLabel(IDENTITY, "a.txt", TEXT, spans, (verdict,)) for verdict in own]
    )
)


@given(on_one_paragraph, on_other_sentences)
def test_keeping_loses_nothing_where_the_sentences_are_others(before: list[SavedLabel], file: list[SavedLabel]) -> None:
    rows = [replace(row, written=None) for row in exported(file)]
    old = current_labels(before)[IDENTITY]
    new = current_labels([*before, *planned(rows, before).kept])[IDENTITY]
    assert old.whole.items() <= new.whole.items()
    if new.sentences == old.sentences:
        assert all(a.items() <= b.items() for a, b in zip(old.by_sentence, new.by_sentence, strict=True))
    else:  # all that was known of sentences still follows from the whole
        assert all(old.whole[area] is False and not there for own in old.by_sentence for area, there in own.items())


def test_spans_are_saved_with_the_text_that_they_are_of() -> None:
    spaced = "新建 小学五所。 改造国道。"
    before = [saved(["schools"], ["schools"])]
    assert paragraph_id("a.txt", spaced) == IDENTITY
    own = Passage("", "a.txt", spaced, ((0, 8), (9, 14)))
    (label,) = planned([ReadRow("row 2", own, 1, {"roads": True})], before).kept
    assert [label.text[start:end] for start, end in label.sentences] == ["新建 小学五所。", "改造国道。"]
    (label,) = planned([ReadRow("row 2", own, WHOLE, {"roads": True})], before).kept
    assert (label.text, label.sentences) == (TEXT, SPANS)
