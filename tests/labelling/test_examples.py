from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.examples import load_examples
from tests.conftest import write_rows

FAULTY = """{"id": "1", "report": "r", "text": "粮食增产。", "areas": ["farm"]}
{"id": "2", "report": "r", "text": " ", "areas": []}
{"id": "3", "report": "r", "text": "x",

{"id": "4", "report": "r", "sentences": [{"text": "好。", "areas": ["farms"]}, {"text": "", "areas": []}]}
{"id": "5", "report": "r", "text": "好。", "areas": ["farms"], "year": "2020"}
{"id": "5", "report": "r", "text": "好。", "areas": ["farms"]}
{"id": "5", "report": "r", "text": "坏。", "areas": ["farms"]}
[1]
"""


def test_all_faults_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "faulty.jsonl"
    file.write_text(FAULTY, encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        load_examples([file], ["farms"])
    lines = str(caught.value).splitlines()
    assert [line.removeprefix(f"{file}:")[:22] for line in lines] == [
        "1: unknown area 'farm'",
        "2: empty text; a row n",
        "3: broken JSON at colu",
        "5: empty text in sente",
        "6: year '2020' is no n",
        "7: id '5' stands at " + str(file)[:2],
        "8: id '5' stands at " + str(file)[:2],
        "9: not a JSON object; ",
    ]


def test_a_paragraph_has_the_union_of_its_sentences(tmp_path: Path) -> None:
    row: dict[str, object] = {
        "id": "1",
        "report": "r",
        "sentences": [{"text": "修路。", "areas": ["roads"]}, {"text": "种地。", "areas": ["farms"]}],
    }
    (example,) = load_examples([write_rows(tmp_path / "a.jsonl", [row])], ["farms", "roads"])
    assert example.areas == {"farms", "roads"}
    assert example.sentence_areas == (frozenset({"roads"}), frozenset({"farms"}))
    assert example.text == "修路。种地。"


def test_a_paragraph_with_areas_is_split_but_its_sentences_have_none(tmp_path: Path) -> None:
    row: dict[str, object] = {"id": "1", "document": "d.txt", "text": "修路。种地。", "areas": ["farms"]}
    (example,) = load_examples([write_rows(tmp_path / "a.jsonl", [row])], ["farms"])
    assert (example.sentences, example.sentence_areas, example.report) == (("修路。", "种地。"), None, "d.txt")


def test_what_readers_dispute_is_kept_apart(tmp_path: Path) -> None:
    sentences = [
        {"text": "修路。", "areas": ["roads"], "disputed": ["roads", "farms"]},
        {"text": "种地。", "areas": ["farms"]},
    ]
    rows: list[dict[str, object]] = [{"id": "1", "report": "r", "sentences": sentences}]
    (example,) = load_examples([write_rows(tmp_path / "a.jsonl", rows)], ["farms", "roads"])
    assert example.areas == {"farms", "roads"}
    assert example.disputed == (frozenset({"farms"}), frozenset())
    rows[0]["sentences"] = [{"text": "修路。", "areas": [], "disputed": ["rivers"]}]
    with pytest.raises(LabelError, match="unknown area 'rivers' in sentence 1"):
        load_examples([write_rows(tmp_path / "b.jsonl", rows)], ["farms", "roads"])


def test_labels_may_speak_of_some_areas_and_sentences_alone(tmp_path: Path) -> None:
    sentences = [{"text": "修路。", "areas": ["roads"]}, {"text": "种地。", "areas": None}]
    row: dict[str, object] = {"id": "1", "report": "r", "about": ["roads", "schools"], "sentences": sentences}
    (example,) = load_examples([write_rows(tmp_path / "a.jsonl", [row])], ["farms", "roads", "schools"])
    assert example.known == frozenset({"roads", "schools"})
    assert example.sentence_areas == (frozenset({"roads"}), None)
    assert [example.speaks_of(a) for a in ("roads", "schools", "farms")] == [True, False, False]
    assert [example.speaks_of("schools", n) for n in (0, 1)] == [True, False]
    row["about"] = ["schools"]
    with pytest.raises(LabelError, match="area 'roads' is not among those of about"):
        load_examples([write_rows(tmp_path / "b.jsonl", [row])], ["farms", "roads", "schools"])


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ([["farms"], ["roads"]], ""),
        ([["farms", "roads"], []], ""),
        ([["farms"], ["roads"], []], "must be a list of 2 lists"),
        ("farms", "must be a list of 2 lists"),
        ([["farms"], []], "do not have the areas of the sentence"),
        ([["farms"], ["ships"]], "unknown area 'ships'"),
    ],
)
def test_clauses_may_be_labelled(tmp_path: Path, clauses: object, told: str) -> None:
    sentences = [
        {"text": "种地，修路。", "areas": ["farms", "roads"], "clauses": clauses},
        {"text": "好。", "areas": []},
    ]
    file = write_rows(tmp_path / "a.jsonl", [{"id": "1", "report": "r", "sentences": sentences}])
    if told:
        with pytest.raises(LabelError, match=told):
            load_examples([file], ["farms", "roads"])
        return
    (example,) = load_examples([file], ["farms", "roads"])
    assert isinstance(clauses, list)
    assert example.clause_areas == (tuple(map(frozenset, clauses)), None)
