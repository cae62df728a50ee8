from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.labelling.labelled_counts import LabelledCounts
from classifier.labelling.sources import load_labels
from classifier.settings import Settings
from classifier.storage import cache
from classifier.training import base_part
from classifier.training.train import Trained, train_model
from classifier.training.training_set import TrainingSet, base_key, count_training_set
from classifier.training.training_set import base_part as base_of
from tests.conftest import labelled_rows, labels_folder, write_rows

OPTIONS = Settings(min_sentences=2)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def training(tmp_path: Path) -> TrainingSet:
    """Labels of sixteen reports, of which four are one's own, as a whole and by sentence, with terms of their own."""
    base = labels_folder(tmp_path / "base", labelled_rows(12))
    rows = labelled_rows(14)[12 * 6 :]
    whole = [row | {"id": f"0{row['id']}"} for row in labelled_rows(16, by_sentence=False)[14 * 6 :]]
    own = write_rows(tmp_path / "own.jsonl", rows + whole)
    return TrainingSet(load_labels([base, own]), (), frozenset(str(row["id"]) for row in rows + whole))


def trained(training: TrainingSet, options: Settings = OPTIONS) -> Trained:
    counts = count_training_set(training, {}, options)
    areas = training.labelled.taxonomy.areas
    return train_model(counts, areas, {}, options, base=base_of(training, {}, options))


def steps(trained: Trained) -> Iterator[np.ndarray]:
    model = trained.model
    for part in (model.classifiers.sentences, model.classifiers.clauses):
        yield part.weights() * 2**11
        yield part.intercept * 2**11


def assert_same(one: Trained, other: Trained) -> None:
    assert one.model.vocabulary.terms == other.model.vocabulary.terms
    for ours, theirs in zip(steps(one), steps(other), strict=True):
        assert np.abs(ours - theirs).max() < 1.01
    assert one.out_of_fold == pytest.approx(other.out_of_fold, abs=2e-3)


def contents(counts: LabelledCounts) -> list[object]:
    arrays = (counts.clause_counts.indices, counts.sentence_counts.indices, counts.labels, counts.clause_labels)
    return [counts.terms, counts.reports, *(a.tolist() for a in arrays), counts.sentence_counts.data.tolist()]


def test_a_training_that_begins_with_what_is_kept_gives_the_same(training: TrainingSet, folder: Path) -> None:
    cold = trained(training)
    assert {f.name.partition("-")[0] for f in folder.iterdir()} == {"counts", "parts"}
    assert_same(trained(training), cold)
    fewer = replace(training, labelled=replace(training.labelled, examples=training.labelled.examples[:-3]))
    warm = trained(fewer)  # which begins with what the larger set has left
    for file in folder.iterdir():
        file.unlink()
    assert_same(warm, trained(fewer))


def test_kept_counts_are_those_that_are_counted(training: TrainingSet, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_training_set(training, {}, OPTIONS)
    monkeypatch.setattr("classifier.training.training_set._count_base", None)  # which is not called again
    assert contents(count_training_set(training, {}, OPTIONS)) == contents(counted)


@pytest.mark.parametrize("name", ["counts", "parts"])
def test_damaged_files_are_made_anew(training: TrainingSet, folder: Path, name: str) -> None:
    cold = trained(training)
    (file,) = folder.glob(f"{name}-*")
    whole = file.read_bytes()
    file.write_bytes(whole[:-2000])
    assert_same(trained(training), cold)
    assert file.read_bytes() == whole


def test_whatever_the_counts_depend_on_is_in_the_key(training: TrainingSet) -> None:
    changed = replace(training.labelled.examples[0], report="another")
    labelled = replace(training.labelled, examples=(changed, *training.labelled.examples[1:]))
    keys = {
        base_key(training, {}, OPTIONS),
        base_key(training, {"高标准农田": 3}, OPTIONS),
        base_key(training, {}, replace(OPTIONS, char_ngrams=2)),
        base_key(replace(training, labelled=labelled), {}, OPTIONS),
    }
    assert len(keys) == 4
    assert base_key(training, {}, replace(OPTIONS, c=2.0)) in keys  # of which counts know nothing
    own = training.labelled.examples[-1]
    assert own.id in training.own
    fewer = replace(training, labelled=replace(training.labelled, examples=training.labelled.examples[:-1]))
    assert base_key(fewer, {}, OPTIONS) in keys


def test_without_own_labels_nothing_is_kept(training: TrainingSet, folder: Path) -> None:
    trained(replace(training, own=frozenset()))
    assert not folder.exists()
    assert base_part.load_counts("k") is None
