import json

from classifier.documents.parse import from_text
from classifier.model.model import Model

REPORT = from_text("各位代表：\n一、粮食总产达到9万吨\n新建小学5所，增加学位200个。改造国道30公里。\n", "某县.txt")


def test_the_record_of_a_prediction_is_the_contract(small_model: Model) -> None:
    rows = [prediction.to_dict(REPORT.name) for prediction in small_model.predict(REPORT)]
    assert [json.loads(json.dumps(row)) for row in rows] == rows
    assert [list(r) for r in rows] == [
        ["document", "paragraph", "line", "page", "kind", "heading", "text", "areas", "sentences", "columns"]
    ] * 3
    last = rows[2]
    assert (last["document"], last["paragraph"], last["line"], last["kind"]) == ("某县.txt", 3, 3, "paragraph")
    assert last["heading"] == ["一、粮食总产达到9万吨"]
    assert {a["id"]: a["name"] for a in last["areas"]} == {"schools": "教育", "roads": "道路"}
    assert [last["text"][s["start"] : s["end"]] for s in last["sentences"]] == [
        "新建小学5所，增加学位200个。",
        "改造国道30公里。",
    ]
    assert [[a["id"] for a in s["areas"]] for s in last["sentences"]] == [["schools"], ["roads"]]
    assert rows[0]["areas"] == []


def test_names_and_scores_of_a_prediction(small_model: Model) -> None:
    *_, last = small_model.predict(REPORT)
    names = {"schools": "Schools", "roads": "Roads"}
    assert last.area_names("en") == tuple(names[a.id] for a in last.areas)
    row = last.to_dict(lang="en", all_scores=True)
    assert [a["name"] for a in row["areas"]] == list(last.area_names("en"))
    assert row["scores"] == dict(last.scores)
    assert list(last.to_dict(names={"roads": "Roads"}, all_scores=True)["scores"]) == ["roads"]
