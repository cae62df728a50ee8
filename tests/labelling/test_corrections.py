import json
from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.corrections import corrected, load_corrections
from classifier.labelling.examples import load_examples
from tests.conftest import labelled_rows, write_rows


def test_corrections_change_sentences_and_their_paragraph(tmp_path: Path) -> None:
    examples = load_examples([write_rows(tmp_path / "l.jsonl", labelled_rows(1))], ["farms", "schools", "roads"])
    target = next(e for e in examples if len(e.sentences) == 2)
    file = tmp_path / "c.jsonl"
    file.write_text(json.dumps({"id": target.id, "sentence": 2, "areas": ["roads"]}) + "\n", encoding="utf-8")
    changed = {e.id: e for e in corrected(examples, load_corrections(file, ["roads"]))}
    assert target.sentence_areas is not None
    assert changed[target.id].sentence_areas == (target.sentence_areas[0], frozenset({"roads"}))
    assert changed[target.id].areas == {*(target.sentence_areas[0] or ()), "roads"}
    assert all(changed[e.id] == e for e in examples if e.id != target.id)


def test_a_correction_that_meets_nothing_is_told(tmp_path: Path) -> None:
    examples = load_examples([write_rows(tmp_path / "l.jsonl", labelled_rows(1))], ["farms", "schools", "roads"])
    with pytest.raises(LabelError, match="meets no sentence, the first is nobody sentence 1"):
        corrected(examples, {("nobody", 1): frozenset()})


def test_all_faults_of_corrections_are_told_at_once(tmp_path: Path) -> None:
    good: dict[str, object] = {"id": "p", "sentence": 1, "areas": ["roads"]}
    rows: list[dict[str, object]] = [good, {"id": "p"}, good | {"areas": ["ships"]}, good | {"sentence": "1"}, good]
    with pytest.raises(LabelError) as caught:
        load_corrections(write_rows(tmp_path / "c.jsonl", rows), ["roads"])
    wrong = "id is no text, sentence no number or an area unknown; mend it"
    assert [line.removeprefix(f"{tmp_path / 'c.jsonl'}:") for line in str(caught.value).splitlines()] == [
        "2: needs id, sentence and areas, and has no sentence; mend it",
        f"3: {wrong}",
        f"4: {wrong}",
        "5: p sentence 1 is corrected twice; keep one",
    ]
