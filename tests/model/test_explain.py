import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.documents.parse import from_text
from classifier.features.csr import TermOccurrences, occurrences
from classifier.features.term_counts import count_known_terms
from classifier.features.tfidf import tf_idf
from classifier.features.tokenizer import load_tokenizer
from classifier.model import calibration
from classifier.model.explain import contributions, explain
from classifier.model.model import Model
from classifier.model.sentence_stage import stage_logits
from classifier.records import ContributionKind, Paragraph
from tests.conftest import SENTENCES
from tests.strategies import documents, lines

KNOWN = [s.format(n=7) for group in SENTENCES.values() for s in group]
texts = st.one_of(documents, st.lists(st.one_of(st.sampled_from(KNOWN), lines), min_size=1, max_size=8).map("".join))


def logits(model: Model, paragraph: Paragraph) -> list[float]:
    sentences = model.sentence_scores([s.normalized for s in paragraph.sentences])
    scores = calibration.gather_scores(*sentences, np.zeros(len(paragraph.sentences), dtype=np.int64), 1)
    found: list[float] = calibration.logits(model.calibration, scores)[0].tolist()
    return found


@settings(deadline=None, max_examples=60)
@given(text=texts)
def test_contributions_sum_to_the_logit(small_model: Model, text: str) -> None:
    for paragraph, prediction in ((p.paragraph, p) for p in small_model.predict(from_text(text))):
        found = explain(small_model, paragraph)
        assert bool(found) == any(prediction.probabilities)
        for explanation, logit in zip(found, logits(small_model, paragraph), strict=bool(found)):
            assert explanation.intercept + sum(c.value for c in explanation.contributions) == pytest.approx(
                logit, abs=1e-9
            )
            assert explanation.logit == pytest.approx(logit, abs=1e-9)
        assert [e.probability for e in found] == list(prediction.probabilities[: len(found)])


@settings(deadline=None, max_examples=60)
@given(text=texts)
def test_contributions_sum_to_the_logit_of_each_sentence(small_model: Model, text: str) -> None:
    for paragraph, prediction in ((p.paragraph, p) for p in small_model.predict(from_text(text), by_sentence=True)):
        scores = small_model.sentence_scores([s.normalized for s in paragraph.sentences])
        of_one = np.zeros(len(paragraph.sentences), dtype=np.int64)
        logits = stage_logits(small_model.sentence_stage, *scores, of_one).tolist()
        for number, wanted in enumerate(logits):
            found = explain(small_model, paragraph, within=[number])
            assert bool(found) == any(prediction.sentence_probabilities[number])
            for explanation, logit in zip(found, wanted, strict=bool(found)):
                added = sum(c.value for c in explanation.contributions)
                assert explanation.intercept + added == pytest.approx(logit, abs=1e-9)
            assert [e.probability for e in found] == list(prediction.sentence_probabilities[number][: len(found)])
            evident = {area for area, _ in prediction.evidence[number]}
            assert {e.area for e in found if e.tagged} == evident


def test_what_came_from_around_a_sentence_is_shown(small_model: Model) -> None:
    (paragraph,) = from_text("招聘教师30名，教育质量提升。新建小学3所。改造国道20公里。").paragraphs
    (roads,) = explain(small_model, paragraph, ["roads"], within=[1])
    places = {c.kind: c.name for c in roads.contributions if c.kind in {"previous", "following", "lead"}}
    assert places == {"previous": "1", "following": "3", "lead": "1"}
    assert {c.name for c in roads.contributions if c.kind is ContributionKind.SENTENCE} == {"1", "2", "3"}
    assert {c.name for c in roads.contributions if c.kind is ContributionKind.HIGHEST} == {"farms", "schools", "roads"}
    (first,) = explain(small_model, paragraph, ["roads"], within=[0])
    assert not [c for c in first.contributions if c.kind is ContributionKind.PREVIOUS]
    (likeliest,) = explain(small_model, paragraph, ["roads"], within=[0, 1, 2])
    assert likeliest == explain(small_model, paragraph, ["roads"], within=[2])[0]


@settings(deadline=None, max_examples=40)
@given(text=texts)
def test_places_are_within_the_paragraph(small_model: Model, text: str) -> None:
    for paragraph in from_text(text).paragraphs:
        for explanation in explain(small_model, paragraph):
            for c in explanation.contributions:
                assert c.start is not None
                assert c.end is not None
                assert 0 <= c.start < c.end <= len(paragraph.text)


def test_terms_stand_where_they_are_said_to(small_model: Model) -> None:
    (paragraph,) = from_text("各项工作　有序推进。新建\u200b橋梁１２座，打通断头路3条。").paragraphs
    (roads,) = explain(small_model, paragraph, ["roads"])
    terms = {paragraph.text[c.start : c.end] for c in roads.contributions if c.kind is ContributionKind.TERM}
    assert {"橋梁", "断头路"} <= terms  # in the characters of the paragraph, not in those that are counted
    names = {c.name for c in roads.contributions if c.kind is ContributionKind.TERM}
    assert "桥梁" in names


def test_what_speaks_for_an_area_is_found(small_model: Model) -> None:
    (paragraph,) = from_text("招聘教师30名，教育质量提升。").paragraphs
    by_area = {e.area: e for e in explain(small_model, paragraph)}
    assert list(by_area) == [a.id for a in small_model.areas]
    assert by_area["schools"].probability > 0.5 > by_area["roads"].probability
    of_terms = [c for c in by_area["schools"].contributions if c.kind is ContributionKind.TERM]
    assert "教" in max(of_terms, key=lambda c: c.value).name
    values = [abs(c.value) for c in by_area["schools"].contributions]
    assert values == sorted(values, reverse=True)


def test_a_line_that_gets_no_areas_has_no_explanation(small_model: Model) -> None:
    salutation, *_ = from_text("各位代表：\n招聘教师30名。").paragraphs
    assert explain(small_model, salutation) == ()


def test_contributions_add_up_to_the_score(small_model: Model) -> None:
    place = {t: i for i, t in enumerate(small_model.vocabulary.terms)}
    counts = count_known_terms(["改造国道30公里。"], place, load_tokenizer({}), small_model.settings)
    idf, linear = small_model.classifiers.idf, small_model.classifiers.sentences
    values = tf_idf(counts, idf, small_model.settings.sublinear)
    found = TermOccurrences((occurrences(counts),), np.array([0]), 1)
    whole = small_model.classifiers.score(found, small_model.settings.sublinear)[0][0, 2]
    pushed = contributions(small_model, counts, 0, 2, most=10**6)
    pulled = sum(v * c for v, c in zip(values, linear.coef[counts.indices, 2], strict=True) if c < 0)
    assert sum(w for _, w in pushed) + pulled + linear.intercept[2] == pytest.approx(whole, abs=1e-4)
    assert [w for _, w in pushed] == sorted((w for _, w in pushed), reverse=True)
