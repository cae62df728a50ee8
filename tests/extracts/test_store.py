from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.jsonl import load_examples
from classifier.labelling.sources import load_labels
from classifier.labelling.taxonomy import load_taxonomy
from classifier.resources import taxonomy_file
from tests.conftest import labelled_rows, labels_folder, write_rows

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


def test_the_digest_does_not_depend_on_files_or_their_order(tmp_path: Path) -> None:
    rows = labelled_rows(3)
    whole = labels_folder(tmp_path / "whole", rows)
    parts = labels_folder(tmp_path / "parts", rows[9:])
    write_rows(parts / "paragraphs" / "zz.jsonl", rows[:9])
    assert load_labels([whole]).digest() == load_labels([parts]).digest()
    changed = labels_folder(tmp_path / "changed", [*rows[:-1], rows[-1] | {"report": "other"}])
    assert load_labels([whole]).digest() != load_labels([changed]).digest()


def test_two_taxonomies_do_not_mix(tmp_path: Path) -> None:
    one, other = (labels_folder(tmp_path / name, labelled_rows(1)) for name in ("one", "other"))
    (other / "taxonomy.toml").write_text('[[areas]]\nid = "x"\nzh = "某"\nen = "X"\n', encoding="utf-8")
    with pytest.raises(LabelError, match=r"differs from the taxonomy"):
        load_labels([one, other])


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("", "no [[areas]]"),
        ("areas = 3", "no [[areas]]"),
        ("[[areas]", "not valid TOML"),
        ('[[areas]]\nid = "A b"', "id 'A b' is not lower-case"),
        ('[[areas]]\nid = "a"\nzh = "某"', "en of a is missing"),
        ('[[areas]]\nid = "a"\nzh = "某"\nen = "A"\ncolor = "red"', "color 'red'"),
        ('[[areas]]\nid = "a"\nzh = "某"\nen = "A"\n' * 2, "stands twice"),
    ],
)
def test_faults_of_a_taxonomy(tmp_path: Path, toml: str, message: str) -> None:
    file = tmp_path / "taxonomy.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        load_taxonomy(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)


def test_the_shipped_taxonomy_has_thirteen_areas_core_four_first() -> None:
    taxonomy = load_taxonomy(taxonomy_file())
    assert len(taxonomy.ids) == 13
    assert (
        taxonomy.core == taxonomy.ids[:4] == ("investment_promotion", "rural_revitalization", "ecology", "livelihoods")
    )
    assert len({a.color for a in taxonomy.areas}) == 13
    assert all(a.definition and a.definition_en for a in taxonomy.areas)
