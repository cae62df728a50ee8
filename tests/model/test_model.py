from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from classifier.analysis.shares import shares
from classifier.documents.parse import from_text
from classifier.errors import ClassifierError, LabelError
from classifier.evaluation.cross_validation import cross_validate, folds_of
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet, load_labels
from classifier.model.model import THRESHOLD, Model
from classifier.records import CONTENT, AreaScore, Kind, Prediction
from classifier.settings import Settings, load_settings
from classifier.training.train import train_model
from tests.conftest import labelled_rows, labels_folder
from tests.strategies import documents

REPORT = (
    "农业报告\n各位代表：\n新建小学5所，增加学位200个。改造国道30公里。\n一、粮食总产达到9万吨\n这些成绩来之不易。\n"
)


def test_paragraphs_get_the_areas_of_their_sentences(small_model: Model) -> None:
    found = [(p.paragraph.kind, {a.id for a in p.areas}) for p in small_model.predict(from_text(REPORT))]
    assert found == [
        (Kind.TITLE, set()),
        (Kind.SALUTATION, set()),
        (Kind.PARAGRAPH, {"schools", "roads"}),
        (Kind.HEADING, {"farms"}),
        (Kind.PARAGRAPH, set()),
    ]


def test_each_sentence_is_evidence_for_its_own_area(small_model: Model) -> None:
    prediction = small_model.predict(from_text(REPORT))[2]
    assert [[a.id for a in e] for e in prediction.evidence] == [["schools"], ["roads"]]


@settings(deadline=None, max_examples=60)
@given(documents)
def test_areas_follow_the_score_and_have_evidence(small_model: Model, text: str) -> None:
    for p in small_model.predict(from_text(text)):
        scores = {a.id: a.score for a in p.scores}
        assert {a.id for a in p.areas} == {a for a, s in scores.items() if s >= THRESHOLD}
        assert [a.score for a in p.areas] == sorted((a.score for a in p.areas), reverse=True)
        for area in p.areas:
            best = max(e.score for row in p.evidence for e in row if e.id == area.id)
            assert best <= area.score == scores[area.id]
            assert len(p.evidence) > 1 or best == area.score
        evident = {e.id for row in p.evidence for e in row}
        assert evident == {a.id for a in p.areas}
        if p.paragraph.kind not in CONTENT:
            assert not any(scores.values())


@settings(deadline=None, max_examples=30)
@given(documents)
def test_paragraphs_are_tagged_alike_alone_and_together(small_model: Model, text: str) -> None:
    document = from_text(text)
    together = small_model.predict(document)
    alone = [p for paragraph in document.paragraphs for p in small_model.predict_paragraphs([paragraph])]
    assert alone == together


def test_paragraph_labels_train_too(tmp_path: Path, small_set: LabelledSet) -> None:
    labels = load_labels([labels_folder(tmp_path / "labels", labelled_rows(8, by_sentence=False))])
    areas, options = labels.taxonomy.areas, Settings(min_sentences=2)
    model = train_model(count_labels(labels.examples, areas, {}, options), areas, {}, options).model
    found = [
        {a.id for a in p.areas} for p in model.predict(from_text("新建小学5所。\n改造国道30公里。粮食总产达到9万吨。"))
    ]
    assert found == [{"schools"}, {"roads", "farms"}]


def test_the_order_of_labels_does_not_matter(small_set: LabelledSet, small_model: Model) -> None:
    areas, options = small_set.taxonomy.areas, Settings(min_sentences=2)
    model = train_model(count_labels(small_set.examples[::-1], areas, {}, options), areas, {}, options).model
    assert (model.classifiers.sentences.coef == small_model.classifiers.sentences.coef).all()


def test_folds_in_processes_give_the_same_model(small_set: LabelledSet, small_model: Model) -> None:
    areas, options = small_set.taxonomy.areas, Settings(min_sentences=2)
    model = train_model(count_labels(small_set.examples, areas, {}, options), areas, {}, options, jobs=2).model
    assert (model.classifiers.sentences.coef == small_model.classifiers.sentences.coef).all()
    assert (model.calibration.context == small_model.calibration.context).all()


def test_too_few_labels_are_told(small_set: LabelledSet) -> None:
    areas = small_set.taxonomy.areas
    with pytest.raises(LabelError, match="too few to learn from"):
        train_model(count_labels(small_set.examples[:1], areas, {}, Settings()), areas, {}, Settings())


def test_an_area_without_examples_is_never_tagged(tmp_path: Path) -> None:
    folder = labels_folder(tmp_path / "labels", labelled_rows())
    with (folder / "taxonomy.toml").open("a", encoding="utf-8") as toml:
        toml.write('[[areas]]\nid = "ships"\nzh = "船"\nen = "Ships"\n')
    labels = load_labels([folder])
    areas, options = labels.taxonomy.areas, Settings(min_sentences=2)
    model = train_model(count_labels(labels.examples, areas, {}, options), areas, {}, options).model
    scores = [s.score for p in model.predict(from_text(REPORT)) for s in p.scores if s.id == "ships"]
    assert max(scores) < THRESHOLD


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(ClassifierError, match="'depth' is unknown"):
        Settings.from_dict({"depth": 3})
    with pytest.raises(ClassifierError, match="must be of type int"):
        Settings.from_dict({"folds": "five"})
    assert Settings.from_dict({"c": 1}).c == 1


def test_cross_validation_never_sees_the_report_it_tags(tmp_path: Path) -> None:
    """Each report has two words of its own, one of which means schools; who has not seen it cannot tell them apart."""
    rows: list[dict[str, object]] = []
    for r in range(6):
        for p in range(8):
            word = chr(0x4E00 + 20 * r + p % 2) * 3
            sentence = {"text": f"{word}。", "areas": ["schools"] if p % 2 else []}
            rows.append({"id": f"{r}-{p}", "report": f"r{r}", "sentences": [sentence]})
    labels = load_labels([labels_folder(tmp_path / "labels", rows)])
    areas, options = labels.taxonomy.areas, Settings(min_sentences=1, min_reports=1)
    counted = count_labels(labels.examples, areas, {}, options)
    schools = labels.taxonomy.ids.index("schools")
    fitted = train_model(counted, areas, {}, options).model.counted_probabilities(counted) >= THRESHOLD
    assert (fitted[:, schools] == counted.targets[:, schools]).all()
    run, _ = cross_validate(counted, areas, {}, folds_of(counted, 6, 0), options)
    assert (run.truth == counted.targets).all()
    by_report = run.predicted[:, schools].reshape(6, 8)
    assert all(row.all() or not row.any() for row in by_report)


def test_a_sentence_about_two_areas_is_divided() -> None:
    document = from_text("新建小学5所，改造国道30公里。")
    both = (AreaScore("schools", 0.9), AreaScore("roads", 0.8))
    found = shares([Prediction(document.paragraphs[0], both, (both,))], ["farms", "schools", "roads"])
    assert found.share("schools") == found.share("roads") == 0.5
    assert found.total == len(document.paragraphs[0].text)


def test_settings_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("c = 2\nchar_ngrams = 2\n", encoding="utf-8")
    assert load_settings(file) == Settings(c=2, char_ngrams=2)
    for text, message in [("depth = 3", "'depth' is unknown"), ("c =", "not valid TOML"), ("folds = 1", "from 2 to")]:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ClassifierError, match=message) as caught:
            load_settings(file)
        assert str(caught.value).startswith(f"{file}: ")


def test_shares_add_up_and_divide_a_sentence_among_its_areas(small_model: Model) -> None:
    document = from_text(REPORT)
    found = shares(small_model.predict(document), [a.id for a in small_model.areas])
    read = sum(s.end - s.start for p in document.paragraphs if p.kind in CONTENT for s in p.sentences)
    assert found.total == read
    assert found.none == len("这些成绩来之不易。")
    assert np.isclose(sum(found.share(a) for a in found.areas) + found.none / found.total, 1)
    both = found + found
    assert both.share("roads") == found.share("roads")
    assert both.total == 2 * read
