from pathlib import Path

import pytest

from classifier.documents.parse import from_text
from classifier.errors import LabelError
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet, load_labels
from classifier.model.model import Model
from classifier.settings import Settings
from classifier.training.train import train_model
from tests.conftest import labelled_rows, labels_folder, write_rows
from tests.matrices import columns_of_shared_terms

REPORT = (
    "农业报告\n各位代表：\n新建小学5所，增加学位200个。改造国道30公里。\n一、粮食总产达到9万吨\n这些成绩来之不易。\n"
)


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


@pytest.mark.slow
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
    assert max(scores) < Settings.threshold


def test_a_further_area_leaves_the_classifiers_of_the_others_as_they_are(tmp_path: Path) -> None:
    """Labels that speak of the new area alone, beside those of a taxonomy that lacks it."""
    base = labels_folder(tmp_path / "base", labelled_rows())
    texts = ("新建码头{n}座。", "航道疏浚{n}公里。", "召开会议{n}次。", "印发文件{n}件。")
    new: list[dict[str, object]] = [
        {"id": f"n{i}", "report": f"n{i}", "text": texts[i % 4].format(n=i), "areas": ["ships"] if i % 4 < 2 else []}
        for i in range(12)
    ]
    own = labels_folder(tmp_path / "own", [])
    with (own / "taxonomy.toml").open("a", encoding="utf-8") as toml:
        toml.write('[[areas]]\nid = "ships"\nzh = "船"\nen = "Ships"\n')
    options = Settings(min_sentences=2)
    models = []
    for about in (["ships"], []):
        rows = [row | {"about": about, "areas": row["areas"] if about else []} for row in new]
        write_rows(own / "paragraphs" / "all.jsonl", rows)
        labels = load_labels([base, own])
        areas = labels.taxonomy.areas
        models.append(train_model(count_labels(labels.examples, areas, {}, options), areas, {}, options).model)
    for kind in ("sentences", "clauses"):
        with_area, without = (getattr(m.classifiers, kind) for m in models)
        first, second = columns_of_shared_terms(*models)
        assert (with_area.coef[first, :3] == without.coef[second, :3]).all()
        assert (with_area.intercept[:3] == without.intercept[:3]).all()
        assert with_area.coef[:, 3].any()
        assert not without.coef[:, 3].any()
