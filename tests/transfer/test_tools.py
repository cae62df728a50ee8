"""Files of labelling tools, as the tools write them, and the program's own JSON lines."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from classifier.errors import LabelError
from classifier.labelling.examples import load_examples
from classifier.records import Area
from classifier.transfer.area_names import AreaNames
from classifier.transfer.faults import FaultList
from classifier.transfer.gather import rows_of_labels, rows_of_predictions
from classifier.transfer.label_format import LabelFile
from classifier.transfer.registry import label_format, recognised_labels
from classifier.transfer.rows import WHOLE, Passage, ReadRow, WrittenRow, labelled_values
from classifier.transfer.sheet_columns import is_column_name
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from tests.conftest import AREAS, PROJECT
from tests.transfer.states import FORMATS, IDS, planned, read, state, write

TEXT, OTHER = "新建高标准农田三万亩。", "新建小学五所。改造国道。"
ALL = {"farms": False, "schools": False, "roads": False}


def as_list(path: Path, *objects: dict[str, Any]) -> Path:
    path.write_text(json.dumps(objects, ensure_ascii=False), encoding="utf-8")
    return path


def as_lines(path: Path, *objects: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(o) + "\n" for o in objects), encoding="utf-8")
    return path


def told(path: Path, name: str, offered: tuple[str, ...] | None = None) -> list[dict[str, bool] | None]:
    assert recognised_labels(path) == name
    return [labelled_values(row) for row in read(path, name, offered)]


def choice(*names: str) -> dict[str, Any]:
    return {"from_name": "a", "to_name": "t", "type": "choices", "value": {"choices": list(names)}}


def test_label_studio_as_it_exports(tmp_path: Path) -> None:
    task: dict[str, Any] = {"id": 7, "data": {"body": TEXT, "document": "甲.docx"}, "predictions": []}
    path = as_list(
        tmp_path / "x.json",
        {**task, "annotations": [{"id": 1, "completed_by": 2, "result": [choice("Farms", "道路")]}]},
        {**task, "data": {"body": OTHER}, "annotations": [{"was_cancelled": True, "result": [choice("Farms")]}]},
        {**task, "data": {"body": "各项工作有序推进。"}, "annotations": [{"result": []}]},
    )
    farms_roads = {"farms": True, "roads": True}
    assert told(path, "label-studio") == [farms_roads, None, {"farms": False, "roads": False}]
    assert told(path, "label-studio", IDS) == [farms_roads | {"schools": False}, None, ALL]
    (first, *_) = read(path, "label-studio")
    assert (first.passage.document, first.passage.text) == ("甲.docx", TEXT)


def test_label_studio_in_its_flat_form(tmp_path: Path) -> None:
    flat = {"text": TEXT, "id": 1, "annotator": 1, "annotation_id": 3, "lead_time": 2.5}
    path = as_list(
        tmp_path / "x.json", {**flat, "areas": {"choices": ["farms", "schools"]}}, {**flat, "areas": "Farms"}
    )
    assert told(path, "label-studio") == [
        {"farms": True, "schools": True},
        {"farms": True, "schools": False},
    ]


def test_doccano_as_it_exports(tmp_path: Path) -> None:
    path = as_lines(
        tmp_path / "x.jsonl",
        {"id": 1, "text": TEXT, "label": ["农业"], "Comments": []},
        {"id": 2, "data": OTHER, "label": [[0, 7, "schools"], [7, 12, "roads"]], "meta": {"document": "甲.docx"}},
        {"id": 3, "text": "各项工作有序推进。", "label": []},
    )
    assert told(path, "doccano", IDS) == [ALL | {"farms": True}, ALL | {"schools": True, "roads": True}, None]


def test_prodigy_as_it_exports(tmp_path: Path) -> None:
    options = [{"id": "farms", "text": "农业"}, {"id": "schools", "text": "教育"}]
    task = {"text": TEXT, "options": options, "accept": ["farms"], "_input_hash": 1, "_view_id": "choice"}
    path = as_lines(
        tmp_path / "x.jsonl",
        {**task, "answer": "accept"},
        {**task, "answer": "reject"},
        {**task, "answer": "ignore"},
        {"text": OTHER, "label": "roads", "answer": "reject"},
        {"text": OTHER, "label": "SCHOOLS", "answer": "accept"},
        {"text": OTHER, "cats": {"farms": 0.0, "roads": 1.0}},
    )
    assert told(path, "prodigy") == [
        {"farms": True, "schools": False},
        None,
        None,
        {"roads": False},
        {"schools": True},
        {"farms": False, "roads": True},
    ]


def test_argilla_as_it_exports(tmp_path: Path) -> None:
    record = {"id": "1", "fields": {"text": TEXT}, "metadata": {}, "suggestions": {}, "vectors": {}}
    now = {"areas": [{"value": ["farms"], "user_id": "u", "status": "submitted"}]}
    draft = {"areas": [{"value": ["roads"], "user_id": "u", "status": "draft"}]}
    old = [{"values": {"areas": {"value": ["教育"]}}, "status": "submitted", "user_id": "u"}]
    path = as_list(
        tmp_path / "x.json",
        {**record, "responses": now},
        {**record, "responses": draft},
        {**record, "fields": {"text": OTHER}, "responses": old},
    )
    assert told(path, "argilla") == [{"farms": True, "schools": False}, None, {"farms": False, "schools": True}]


def test_label_files_as_training_reads_them(tmp_path: Path) -> None:
    path = as_lines(
        tmp_path / "x.jsonl",
        {"id": 1, "report": "r", "text": TEXT, "areas": ["farms"]},
        {"id": 2, "report": "r", "text": OTHER, "areas": [], "about": ["roads"]},
        {
            "id": 3,
            "report": "r",
            "sentences": [
                {"text": "新建小学五所。", "areas": ["schools"], "disputed": ["farms"]},
                {"text": "改造国道。", "areas": None},
            ],
        },
    )
    assert told(path, "jsonl") == [ALL | {"farms": True}, {"roads": False}, {"schools": True, "roads": False}]
    rows = read(path, "jsonl")
    assert (rows[2].sentence, rows[2].passage.sentences) == (1, ((0, 7), (7, 12)))


def predicted(text: str, areas: list[Any], **more: Any) -> dict[str, Any]:
    sentences = [{"start": 0, "end": len(text), "item": None, "areas": [{"id": "farms", "score": 0.9}]}]
    return {
        "document": "甲/a.txt",
        "paragraph": 1,
        "line": 2,
        "page": None,
        "kind": "paragraph",
        "heading": [],
        "text": text,
        "areas": areas,
        "sentences": sentences,
        "columns": None,
        **more,
    }


def test_records_of_predict_count_where_they_were_changed_or_checked(tmp_path: Path) -> None:
    farms = {"id": "farms", "name": "农业", "score": 0.9}
    scores = {"farms": 0.9, "roads": 0.1}
    path = as_lines(
        tmp_path / "x.jsonl",
        predicted(TEXT, [farms]),
        predicted(TEXT, [farms], checked=True),
        predicted(TEXT, []),
        predicted(TEXT, [farms, "schools"]),
        predicted(TEXT, [farms, {"id": "roads"}], scores=scores),
        predicted(TEXT, [farms], kind="title"),
    )
    farms_alone = ALL | {"farms": True}
    assert told(path, "jsonl") == [
        None,
        farms_alone,
        ALL,
        farms_alone | {"schools": True},
        {"farms": True, "roads": True},
    ]
    path.with_name("x.jsonl.meta.json").write_text(json.dumps({"areas": ["farms"]}), encoding="utf-8")
    assert told(path, "jsonl")[:3] == [None, {"farms": True}, {"farms": False}]
    assert read(path, "jsonl")[0].passage.sentences == ((0, len(TEXT)),)


def test_tags_of_records_are_not_guessed_from_scores(tmp_path: Path) -> None:
    """A model may have another threshold, and a sentence may be tagged below it."""
    low = {"id": "farms", "name": "农业", "score": 0.2}
    scores = {"farms": 0.2, "roads": 0.6}
    path = as_lines(tmp_path / "x.jsonl", predicted(TEXT, [low], scores=scores), predicted(TEXT, [], scores=scores))
    assert told(path, "jsonl") == [None, {"farms": False, "roads": False}]


@pytest.mark.parametrize("name", FORMATS)
def test_rows_left_as_the_model_tagged_them_are_no_labels(name: str, tmp_path: Path) -> None:
    if name == "xlsx":
        pytest.importorskip("xlsxwriter")
        pytest.importorskip("python_calamine")
    rows = [row.as_checked() for row in model_rows(name, tmp_path)]
    assert [labelled_values(row) for row in model_rows(name, tmp_path)] == [None, None]
    assert [labelled_values(row) for row in rows] == [ALL | {"farms": True}, ALL]


def model_rows(name: str, folder: Path) -> list[ReadRow]:
    written = [
        WrittenRow(Passage(paragraph_id("a.txt", text), "a.txt", text, ((0, len(text)),)), WHOLE, ALL | own, True, IDS)
        for text, own in ((TEXT, {"farms": True}), (OTHER, {}))
    ]
    return read(write(written, name, folder), name)


def test_label_studio_gets_an_interface_with_the_areas(tmp_path: Path) -> None:
    write([], "label-studio", tmp_path)
    interface = ElementTree.parse(tmp_path / "labels.interface.xml").getroot()
    assert [choice.get("value") for choice in interface.iter("Choice")] == ["农业", "教育", "道路"]


def saved() -> list[SavedLabel]:
    spans = ((0, 7), (7, 12))
    every = frozenset(IDS)
    return [
        SavedLabel("1", "甲.docx", TEXT, ((0, len(TEXT)),), (Verdict(frozenset({"farms"}), frozenset({"farms"})),)),
        SavedLabel("2", "甲.docx", OTHER, spans, (Verdict(frozenset({"schools"}), every, 1),), ("一、教育",), 5),
    ]


def test_training_reads_the_exported_label_file(tmp_path: Path) -> None:
    path = write(rows_of_labels(state(saved()).values(), IDS), "jsonl", tmp_path)
    whole, part = load_examples([path], IDS)
    assert (whole.report, whole.areas, whole.known) == ("甲.docx", frozenset({"farms"}), frozenset({"farms"}))
    assert (part.sentence_areas, part.known, part.line) == ((frozenset({"schools"}), None), None, 5)


def test_a_changed_line_of_an_exported_label_file_is_a_label(tmp_path: Path) -> None:
    path = write(rows_of_labels(state(saved()).values(), IDS), "jsonl", tmp_path)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines[1]["sentences"][0]["areas"] = ["schools", "roads"]
    plan = planned(read(as_lines(path, *lines), "jsonl"), saved())
    assert [sorted(label.verdicts[0].areas) for label in plan.kept] == [["roads"]]
    assert not plan.conflicts


def test_faults_name_the_record_or_the_line(tmp_path: Path) -> None:
    path = as_list(tmp_path / "x.json", {"data": {"text": TEXT}, "annotations": [{"result": [choice("海洋")]}]})
    with pytest.raises(LabelError, match=r"x\.json: record 1: no area is called '海洋'"):
        read(path, "label-studio")
    (tmp_path / "y.jsonl").write_text('{"text": "x", "label": []}\n{"text"\n[]\n', encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        read(tmp_path / "y.jsonl", "doccano")
    first, second = str(caught.value).splitlines()
    assert "y.jsonl: line 2: broken JSON" in first
    assert "y.jsonl: line 3: not a JSON object" in second


def test_headings_and_paragraphs_are_written_and_no_titles(small_model: Any) -> None:
    from classifier.analysis.units import Unit
    from classifier.documents.parse import read as read_document

    path = str(PROJECT / "seeds/reports/work-plan.txt")
    (document,) = read_document(path)
    predictions = list(small_model.predict_paragraphs(document.paragraphs, by_sentence=True))
    rows = list(rows_of_predictions(document.name, predictions, IDS, Unit.PARAGRAPH, 0.6))
    assert {row.passage.document for row in rows} == {"work-plan.txt"}
    content = [p for p in document.paragraphs if p.kind in ("heading", "paragraph")]
    assert [row.text for row in rows] == [p.text for p in content]
    sentences = list(rows_of_predictions(document.name, predictions, IDS, Unit.SENTENCE, 0.6))
    assert [row.text for row in sentences] == [p.text[s.start : s.end] for p in content for s in p.sentences]
    assert all(row.margin == min(abs(s - 0.6) for s in row.scores.values()) for row in sentences)


@pytest.mark.parametrize("by_model", [True, False])
@pytest.mark.parametrize("name", FORMATS)
def test_areas_that_the_taxonomy_has_no_more_are_left_out_with_a_word(
    name: str, by_model: bool, tmp_path: Path
) -> None:
    if name == "xlsx":
        pytest.importorskip("xlsxwriter")
        pytest.importorskip("python_calamine")
    names = AreaNames((*AREAS, Area("ocean", "海洋", "Ocean")), "zh", is_column_name)
    passage = Passage(paragraph_id("a.txt", TEXT), "a.txt", TEXT, ((0, len(TEXT)),))
    in_view = name in ("xlsx", "csv", "jsonl")  # a tool shows what was chosen by its name, which is then a fault
    values = ALL | {"farms": True, "ocean": in_view}
    path = tmp_path / "labels.x"
    label_format(name).write([WrittenRow(passage, WHOLE, values, by_model, (*IDS, "ocean"))], names, path)
    faults = FaultList()
    rows = list(label_format(name).read(LabelFile(path, AreaNames(AREAS, "zh"), faults)))
    faults.check()
    assert [labelled_values(row.as_checked()) for row in rows] == [ALL | {"farms": True}]
    assert any("left out: ocean; add them to taxonomy.toml" in note for note in faults.all_notes())


@pytest.mark.parametrize("answer", ["ignore", "reject"])
def test_labels_that_are_passed_over_in_prodigy_stay(answer: str, tmp_path: Path) -> None:
    path = write(rows_of_labels(state(saved()).values(), IDS), "prodigy", tmp_path)
    tasks = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    plan = planned(read(as_lines(path, *({**task, "answer": answer} for task in tasks)), "prodigy"), saved())
    assert (plan.kept, plan.conflicts) == ((), ())


def test_answers_to_another_question_of_argilla_are_no_areas(tmp_path: Path) -> None:
    record = {"id": "1", "fields": {"text": TEXT}, "metadata": {}, "suggestions": {}}
    rating = {"quality": [{"value": 3, "status": "submitted"}]}
    topics = {"topics": [{"value": ["farms"], "status": "submitted"}]}
    old = [{"values": {"quality": {"value": ["roads"]}, "note": {"value": "x"}}, "status": "submitted"}]
    path = as_list(tmp_path / "x.json", *({**record, "responses": own} for own in (rating, topics, old)))
    assert told(path, "argilla") == [None, {"farms": True}, None]
    path = write(rows_of_labels(state(saved()).values(), IDS), "argilla", tmp_path)
    records = [{**own, "responses": topics} for own in json.loads(path.read_text(encoding="utf-8"))]
    assert planned(read(as_list(path, *records), "argilla"), saved()).kept == ()
