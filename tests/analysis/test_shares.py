import numpy as np

from classifier.analysis.shares import character_shares
from classifier.documents.parse import from_text
from classifier.model.model import Model
from classifier.records import CONTENT, AreaScore, Prediction

REPORT = (
    "农业报告\n各位代表：\n新建小学5所，增加学位200个。改造国道30公里。\n一、粮食总产达到9万吨\n这些成绩来之不易。\n"
)


def test_a_sentence_about_two_areas_is_divided() -> None:
    document = from_text("新建小学5所，改造国道30公里。")
    both = (AreaScore("schools", 0.9), AreaScore("roads", 0.8))
    found = character_shares([Prediction(document.paragraphs[0], both, (both,))], ["farms", "schools", "roads"])
    assert found.share("schools") == found.share("roads") == 0.5
    assert found.total == len(document.paragraphs[0].text)


def test_shares_add_up_and_divide_a_sentence_among_its_areas(small_model: Model) -> None:
    document = from_text(REPORT)
    found = character_shares(small_model.predict(document), [a.id for a in small_model.areas])
    read = sum(s.end - s.start for p in document.paragraphs if p.kind in CONTENT for s in p.sentences)
    assert found.total == read
    assert found.none == len("这些成绩来之不易。")
    assert np.isclose(sum(found.share(a) for a in found.areas) + found.none / found.total, 1)
    both = found + found
    assert both.share("roads") == found.share("roads")
    assert both.total == 2 * read
