"""Audits find planted errors, contradictions and disputes."""

import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier import load_model
from classifier.errors import LabelError
from classifier.labelling.sources import LabelledSet
from classifier.model.model import Model
from classifier.output.audit import audit_json, encode_audit
from classifier.records import Example
from classifier.selection.audited import Audit, WhyAudited
from classifier.tasks.audit import audit_examples, audit_files, audit_workspace, tagged, too_few_to_judge
from classifier.web.suggestions import read_suggestions
from classifier.workspace.label_log import append_labels
from classifier.workspace.place import init_workspace
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from tests.conftest import PROJECT, labelled_rows, labels_folder, write_rows

PLANTED = "r1-1"


def planted(examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """The examples, with an area put in the place of those of one."""
    return tuple(replace(e, sentence_areas=None, areas=wrong(e.areas)) if e.id == PLANTED else e for e in examples)


def wrong(areas: Collection[str]) -> frozenset[str]:
    return frozenset({min({"farms", "schools", "roads"} - {*areas})})


@pytest.fixture(scope="module")
def audit(small_set: LabelledSet, small_model: Model) -> Audit:
    examples = planted(small_set.examples)
    return audit_examples(examples, tagged(small_model, examples), small_model, 5)


def test_a_planted_error_comes_first_with_text_and_words(audit: Audit) -> None:
    first = audit.rows[0]
    assert first.id == PLANTED
    assert first.why[0] is WhyAudited.LABEL_DOUBTFUL
    assert first.doubtful
    text = first.prediction.paragraph.text
    for one in first.doubtful:
        assert one.sentence in text
        assert (one.probability < 0.5) is one.labelled
        assert all(word in text for word in one.words)
    assert [row.confidence for row in audit.rows] == sorted(row.confidence for row in audit.rows)


def test_rows_are_those_of_predict_with_the_labels_beside(audit: Audit) -> None:
    for row, line in zip(audit.rows, encode_audit(audit, "zh").decode().splitlines(), strict=True):
        written = json.loads(line)
        assert row.prediction.to_dict(row.document, "zh").items() <= written.items()
        assert written["labelled"] == list(row.labelled)
        assert written["why"]
    whole = json.loads(audit_json(audit, "zh"))
    assert whole["doubtful"] == audit.doubtful
    assert len(whole["rows"]) == len(audit.rows)


@pytest.mark.slow
def test_labels_judge_each_other_where_no_model_is_named(tmp_path: Path) -> None:
    rows = labelled_rows(20)
    (row,) = (row for row in rows if row["id"] == PLANTED)
    sentences = row["sentences"]
    assert isinstance(sentences, list)
    for sentence in sentences:
        sentence["areas"] = sorted(wrong(sentence["areas"]))
    found, model = audit_files([labels_folder(tmp_path / "labels", rows)], None, 50)
    assert PLANTED in [one.id for one in found.rows][:3]
    assert {a.id for a in model.areas} == {"farms", "schools", "roads"}


def test_contradictions_are_rows_too(small_set: LabelledSet, small_model: Model) -> None:
    one = small_set.examples[0]
    other = replace(one, id="again", areas=frozenset(), sentence_areas=(frozenset[str](),) * len(one.sentences))
    examples = (one, other)
    found = audit_examples(examples, tagged(small_model, examples), small_model, 5)
    assert {row.id for row in found.rows if WhyAudited.DUPLICATE_DIFFERS in row.why} == {one.id, "again"}


def test_a_label_of_some_areas_asks_about_these_alone_when_reviewed(
    small_set: LabelledSet, small_model: Model, tmp_path: Path
) -> None:
    one, own = small_set.examples[0], "harbours"  # which the model does not know
    known = frozenset({"farms", own})
    partial = replace(one, id="again", sentence_areas=None, areas=frozenset({own}), known=known)
    examples = (replace(partial, id="other", areas=frozenset()), partial, one)
    rows = audit_examples(examples, tagged(small_model, examples), small_model, 5)
    place = tmp_path / "a.jsonl"
    place.write_bytes(encode_audit(rows, "zh"))
    taxonomy = [*(a.id for a in small_model.areas), own]
    found = {
        row.id: (suggestion.about, suggestion.labelled)
        for row, suggestion in zip(rows.rows, read_suggestions(place, taxonomy), strict=True)
    }
    assert found["again"] == (known, frozenset({own}))
    assert found["other"] == (known, frozenset())
    assert all("about" not in json.loads(line) for line in place.read_text().splitlines() if one.id in line)


def test_labels_of_a_workspace_are_judged_by_what_had_not_seen_them(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "own")
    with pytest.raises(LabelError, match="nothing is labelled yet"):
        audit_workspace(workspace, None, 5)
    model, about = load_model(), frozenset(a.id for a in load_model().areas)
    texts = [f"粮食总产达到{n}万吨，新建高标准农田{n}万亩。" for n in range(20)]
    texts += [f"新建小学{n}所，新增义务教育学位{n}个。" for n in range(20)]
    labels = []
    for n, text in enumerate(texts):
        area = "ecology" if n == 3 else "rural_revitalization" if n < 20 else "livelihoods"
        verdict = Verdict(frozenset({area}), about, 1)
        labels.append(SavedLabel(paragraph_id("a.txt", text), "a.txt", text, ((0, len(text)),), (verdict,)))
    append_labels(workspace, labels, "review", "李")
    found, judge = audit_workspace(workspace, None, 5)
    assert judge.data_hash == model.data_hash
    assert found.rows[0].prediction.paragraph.text == texts[3]
    assert found.labels == len(texts) * len(about)
    assert np.isfinite([d.probability for d in found.rows[0].doubtful]).all()


@pytest.mark.slow
def test_a_part_of_the_shipped_labels_is_judged_by_all_of_them(tmp_path: Path) -> None:
    part = min((PROJECT / "labels" / "paragraphs").glob("*.jsonl"))
    assert too_few_to_judge([part]) == 0
    rows = labelled_rows(2, by_sentence=False)
    for row in rows:
        row["areas"] = []
    assert too_few_to_judge([write_rows(tmp_path / "mine.jsonl", rows)]) == len(rows)
