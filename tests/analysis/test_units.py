import pytest
from hypothesis import given, settings

from classifier.analysis.units import Unit, split_units
from classifier.documents.parse import from_text
from classifier.model.explain import explain
from classifier.model.model import Model
from tests.strategies import documents

TEXT = "要抓好两件事：一是改造国道30公里。粮食总产达到20万吨；二是招聘教师30名，教育质量提升。新建桥梁3座。"


def parts(model: Model, text: str, unit: Unit) -> list[list[str]]:
    return [
        [part.paragraph.text for part in split_units(prediction, unit)]
        for prediction in model.predict(from_text(text), by_sentence=True)
    ]


def test_items_and_sentences(small_model: Model) -> None:
    assert parts(small_model, TEXT, Unit.PARAGRAPH) == [[TEXT]]
    assert parts(small_model, TEXT, Unit.ITEM) == [
        [
            "要抓好两件事：",
            "一是改造国道30公里。粮食总产达到20万吨；",
            "二是招聘教师30名，教育质量提升。新建桥梁3座。",
        ]
    ]
    assert parts(small_model, TEXT, Unit.SENTENCE) == [
        [
            "要抓好两件事：",
            "一是改造国道30公里。",
            "粮食总产达到20万吨；",
            "二是招聘教师30名，教育质量提升。",
            "新建桥梁3座。",
        ]
    ]


@settings(max_examples=40)
@given(text=documents)
@pytest.mark.parametrize("unit", [Unit.ITEM, Unit.SENTENCE])
def test_the_evidence_of_a_paragraph_is_that_of_its_parts(small_model: Model, unit: Unit, text: str) -> None:
    for whole in small_model.predict(from_text(text + TEXT), by_sentence=True):
        divided = list(split_units(whole, unit))
        assert tuple(e for part in divided for e in part.evidence) == whole.evidence
        assert {a.id for part in divided for a in part.areas} == {a.id for a in whole.areas}
        for part in divided:
            place = part.part
            if place is not None:
                assert part.paragraph.text == whole.paragraph.text[place.start : place.end]
            for sentence in part.paragraph.sentences:
                assert 0 <= sentence.start < sentence.end <= len(part.paragraph.text)


@pytest.mark.parametrize("unit", list(Unit))
def test_a_part_is_explained_as_it_is_scored(small_model: Model, unit: Unit) -> None:
    (whole,) = small_model.predict(from_text(TEXT), by_sentence=True)
    for part in split_units(whole, unit, lambda paragraph, within: explain(small_model, paragraph, within=within)):
        assert [e.probability for e in part.explanations] == list(part.probabilities)
        for explanation in part.explanations:
            total = explanation.intercept + sum(c.value for c in explanation.contributions)
            assert total == pytest.approx(explanation.logit, abs=1e-9)
            for word in explanation.words:
                assert 0 <= word.start < word.end <= len(part.paragraph.text)
        best = max(part.explanations, key=lambda e: e.probability)
        if part.areas:
            assert best.area == part.areas[0].id


def test_sentences_need_their_probabilities(small_model: Model) -> None:
    (whole,) = small_model.predict(from_text(TEXT))
    with pytest.raises(ValueError, match="by_sentence=True"):
        list(split_units(whole, Unit.SENTENCE))
