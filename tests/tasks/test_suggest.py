"""Suggestions from documents: which, why, and what is left out."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from classifier import from_text, load_model
from classifier.model.model import Model
from classifier.output.suggestions import encode_suggestions
from classifier.records import Document
from classifier.selection.choice import TOO_ALIKE, quota
from classifier.selection.forecast import Forecast, NoForecast, WhyUnforeseen
from classifier.selection.suggested import Why
from classifier.tasks.suggest import expected_gain, label_counts, suggest
from classifier.workspace.saved_labels import paragraph_id

TOPICS = (
    "粮食总产达到{n}万吨，新建高标准农田{n}万亩。",
    "新建小学{n}所，新增义务教育学位{n}个。",
    "统筹抓好各项工作，推动{n}个领域协同发力、整体提升。",
    "低空经济起步区引进无人机企业{n}家，飞手培训{n}人次。",
    "完善机制、健全制度，{n}项重点任务有序推进。",
    "开行国际货运班列{n}列，跨境电商交易额增长{n}%。",
)


@pytest.fixture(scope="module")
def shipped() -> Model:
    return load_model()


def documents(reports: int) -> list[Document]:
    texts = ["\n".join(topic.format(n=7 * r + i) for i, topic in enumerate(TOPICS)) for r in range(reports)]
    return [from_text(text, f"{r}.txt") for r, text in enumerate(texts)]


def test_every_suggestion_has_a_reason_and_what_predict_writes(shipped: Model) -> None:
    found = suggest(documents(1), shipped, 4)
    assert len(found.rows) == 4
    for row, line in zip(found.rows, encode_suggestions(found, "en").decode().splitlines(), strict=True):
        written = json.loads(line)
        assert row.prediction.to_dict(row.document, "en").items() <= written.items()
        assert written["why"] == list(map(str, row.why)) != []
        assert {*row.why} <= {*Why}
        near = [a["score"] for a in written["doubtful"]]
        assert all(0.2 <= score <= 0.8 for score in near)
        assert bool(near) is (Why.NEAR_THRESHOLD in row.why)


def test_no_two_are_alike_and_not_all_are_of_one_report(shipped: Model) -> None:
    found = suggest(documents(5), shipped, 10)
    texts = [row.prediction.paragraph.text for row in found.rows]
    assert len({text.translate(dict.fromkeys(range(48, 58))) for text in texts}) == len(
        texts
    )  # figures tell none apart
    assert max(Counter(row.document for row in found.rows).values()) <= quota(10, 5)
    assert found.paragraphs == 5 * len(TOPICS)
    assert found.reports == 5
    assert TOO_ALIKE < 1


def test_labelled_paragraphs_are_left_out_and_counted(shipped: Model) -> None:
    (document,) = documents(1)
    first = suggest([document], shipped, 1).rows[0].prediction.paragraph
    again = suggest([document], shipped, len(TOPICS), labelled=[paragraph_id("0.txt", first.text)])
    assert again.labelled == 1
    assert first.text not in [row.prediction.paragraph.text for row in again.rows]


def test_what_has_no_areas_is_never_suggested(shipped: Model) -> None:
    found = suggest([from_text("政府工作报告\n各位代表：\n——\n", "a.txt")], shipped, 5)
    assert found.rows == ()
    assert isinstance(found.forecast, Forecast)
    assert found.forecast.gain == 0


def test_unknown_words_are_named(shipped: Model) -> None:
    rows = suggest([from_text("榫卯工坊与皮影戏班社结对子。", "a.txt")], shipped, 1).rows
    assert Why.NEW_WORDS in rows[0].why
    assert set(rows[0].new_words) & {"榫卯", "工坊", "皮影戏", "班社"}


def test_own_labels_count_beside_those_that_the_model_learned_from(shipped: Model, small_model: Model) -> None:
    before = label_counts(shipped, {})
    after = label_counts(shipped, {"finance": 7})
    changed = (after - before).tolist()
    assert sorted(changed) == [0] * (len(changed) - 1) + [7]
    assert changed[[a.id for a in shipped.areas].index("finance")] == 7


def test_what_the_curves_of_the_shipped_labels_do_not_speak_of_gets_no_forecast(
    shipped: Model, small_model: Model
) -> None:
    assert expected_gain(replace(shipped, outcomes=None), 50) == NoForecast(WhyUnforeseen.NOT_RECORDED)
    assert small_model.outcomes is not None
    assert expected_gain(small_model, 50) == NoForecast(WhyUnforeseen.OTHER_AREAS)
    assert shipped.outcomes is not None
    first = shipped.outcomes.table[shipped.outcomes.paragraph < 499]
    few = replace(shipped, outcomes=replace(shipped.outcomes, table=first))
    assert expected_gain(few, 50) == NoForecast(WhyUnforeseen.TOO_FEW, 499, 500)
    known = expected_gain(shipped, 50)
    assert isinstance(known, Forecast)
    assert known.paragraphs > 1000
