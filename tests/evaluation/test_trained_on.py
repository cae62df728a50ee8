"""Which evaluated paragraphs were learned: the same answer however it comes about, and from the cache the next time."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.evaluation import trained_on as module
from classifier.evaluation.duplicates import LEAST_TERMS, duplicates_across_folds, paragraph_counts
from classifier.evaluation.trained_on import learned_paragraphs, trained_on
from classifier.extracts.store import load_extract
from classifier.labelling.labelled_counts import LabelledCounts, count_labels, merge_counts
from classifier.labelling.sources import load_labels
from classifier.settings import Settings
from classifier.storage import cache
from classifier.training.training_set import NamedExtract, TrainingSet, count_training_set
from tests.conftest import AREAS, labelled_rows, labels_folder, write_rows

OPTIONS = Settings(min_sentences=2)
EXTRACTED, BASE, OWN, REPORTS = 6, 9, 11, 13  # the reports before each number are of an extract, of the base, own


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def training(tmp_path: Path, extract_folder: Path) -> TrainingSet:
    """An extract of six reports, texts of three, and two reports of one's own."""
    rows = labelled_rows(OWN)
    base = labels_folder(tmp_path / "base", rows[EXTRACTED * 6 : BASE * 6])
    own = write_rows(tmp_path / "own.jsonl", rows[BASE * 6 :])
    extract = NamedExtract(extract_folder, *load_extract(extract_folder))
    return TrainingSet(load_labels([base, own]), (extract,), frozenset(str(row["id"]) for row in rows[BASE * 6 :]))


@pytest.fixture
def evaluated(tmp_path: Path) -> LabelledCounts:
    """The paragraphs of all these reports and of two more, every other one with other figures."""
    rows = [row | {"id": f"e{i:03}"} for i, row in enumerate(labelled_rows(REPORTS, by_sentence=False))]
    for row in rows[::2]:
        row["text"] = str(row["text"]).replace("3", "77")
    examples = load_labels([labels_folder(tmp_path / "evaluated", rows)]).examples
    return count_labels(examples, AREAS, {}, OPTIONS)


def by_merging(training: TrainingSet, evaluated: LabelledCounts) -> list[int]:
    """The answer by the counts of everything, each paragraph compared with each."""
    learned = count_training_set(training, {}, OPTIONS)
    before = len(learned.reports)
    held_out = (np.arange(before + len(evaluated.reports)) >= before).astype(np.int64)
    return sorted({b - before for _, b in duplicates_across_folds(merge_counts([learned, evaluated]), held_out)})


def test_the_answer_is_that_of_all_counts_at_once(training: TrainingSet, evaluated: LabelledCounts) -> None:
    expected = by_merging(training, evaluated)
    assert 0 < len(expected) < len(evaluated.reports)
    assert any(number >= BASE * 6 for number in expected)
    parts = learned_paragraphs(training, {}, OPTIONS)
    assert len(parts) == 2
    assert trained_on(parts, evaluated).tolist() == expected
    no_own = replace(training, own=frozenset())
    assert len(learned_paragraphs(no_own, {}, OPTIONS)) == 1
    assert trained_on(learned_paragraphs(no_own, {}, OPTIONS), evaluated).tolist() == expected


def test_the_base_part_is_counted_once_and_then_kept(
    training: TrainingSet, evaluated: LabelledCounts, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = trained_on(learned_paragraphs(training, {}, OPTIONS), evaluated).tolist()
    (file,) = folder.glob("learned-*.npz")
    with monkeypatch.context() as uncounted:
        uncounted.delattr(module, "count_training_set")
        assert trained_on(learned_paragraphs(training, {}, OPTIONS), evaluated).tolist() == first
        with pytest.raises(NameError):
            learned_paragraphs(training, {}, replace(OPTIONS, char_ngrams=2))
    file.write_bytes(file.read_bytes()[:500])
    assert trained_on(learned_paragraphs(training, {}, OPTIONS), evaluated).tolist() == first


def test_short_paragraphs_are_like_none(training: TrainingSet, evaluated: LabelledCounts) -> None:
    counts = paragraph_counts(evaluated).counts
    terms = np.diff(counts.indptr)
    assert ((terms == 0) | (terms >= LEAST_TERMS)).all()
    short = np.flatnonzero(terms == 0)
    assert len(short)
    found = trained_on(learned_paragraphs(training, {}, OPTIONS), evaluated)
    assert not {*found.tolist()} & {*short.tolist()}
