from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.labelling.sources import load_labels
from classifier.model.model import WEIGHT_STEP, Model
from classifier.records import Example
from classifier.settings import Settings
from classifier.storage import cache
from classifier.tasks.train import train
from classifier.training.update import Updated, out_of_fold, update_model
from tests.conftest import labelled_rows, labels_folder, write_rows

OPTIONS = Settings(min_sentences=2)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return labels_folder(tmp_path / "base", labelled_rows(12))


@pytest.fixture
def model(base: Path) -> Model:
    return train([base], OPTIONS)


@pytest.fixture
def new(tmp_path: Path, base: Path) -> tuple[Example, ...]:
    """Four reports, one labelled by sentence and three by paragraph, which have a word of their own."""
    rows = labelled_rows(13)[12 * 6 :] + labelled_rows(16, by_sentence=False)[13 * 6 :]
    own = [row | {"text": f"沙柳{row['text']}"} if "sentences" not in row else row for row in rows]
    labelled = load_labels([base, write_rows(tmp_path / "own.jsonl", own)])
    names = {str(row["id"]) for row in own}
    return tuple(e for e in labelled.examples if e.id in names)


def updated(model: Model, base: Path, new: tuple[Example, ...]) -> Updated:
    found = update_model(model, base, new, model.areas, data_hash="new")
    assert found is not None
    return found


def weights(model: Model) -> Iterator[np.ndarray]:
    for part in (model.classifiers.sentences, model.classifiers.clauses):
        yield part.weights()
        yield part.intercept


def test_an_update_is_the_same_whatever_is_kept(model: Model, base: Path, new: tuple[Example, ...], kept: Path) -> None:
    cold = updated(model, base, new)
    scores = out_of_fold(cold)
    assert {f.name.partition("-")[0] for f in kept.iterdir()} == {"counts", "carriers", "whole", "parts"}
    warm = updated(model, base, new)
    assert warm.model.vocabulary.terms == cold.model.vocabulary.terms
    for ours, theirs in zip(weights(warm.model), weights(cold.model), strict=True):
        assert np.abs(ours - theirs).max() <= WEIGHT_STEP
    assert out_of_fold(warm) == pytest.approx(scores, abs=2e-3)
    updated(model, base, new[:3])  # keeps what the larger set has left
    for file in kept.iterdir():
        file.unlink()
    for ours, theirs in zip(weights(updated(model, base, new).model), weights(cold.model), strict=True):
        assert np.abs(ours - theirs).max() <= WEIGHT_STEP


def test_an_update_learns_and_keeps_the_rest(model: Model, base: Path, new: tuple[Example, ...]) -> None:
    found = updated(model, base, new).model
    assert found.data_hash == "new"
    assert (found.calibration, found.sentence_stage, found.outcomes) == (
        model.calibration,
        model.sentence_stage,
        model.outcomes,
    )
    assert found.vocabulary.terms != model.vocabulary.terms
    assert "c沙柳" in found.vocabulary.terms
    assert "c沙柳" not in model.vocabulary.terms


def test_an_update_without_new_labels_is_the_model(model: Model, base: Path) -> None:
    """But for the clauses, which the rounded classifiers of sentences choose."""
    found = updated(model, base, ()).model
    ours, theirs = (m.classifiers.sentences for m in (found, model))
    assert found.vocabulary.terms == model.vocabulary.terms
    assert np.abs(ours.weights() - theirs.weights()).max() <= WEIGHT_STEP


def test_scores_are_of_all_paragraphs(model: Model, base: Path, new: tuple[Example, ...]) -> None:
    found = updated(model, base, new)
    scores = out_of_fold(found)
    assert scores.shape == (12 * 6 + len(new), len(model.areas))
    assert ((scores >= 0) & (scores <= 1)).all()


def test_areas_may_have_other_names(model: Model, base: Path, new: tuple[Example, ...]) -> None:
    areas = tuple(replace(a, zh=f"{a.zh}领域") for a in model.areas)
    found = update_model(model, base, new, areas)
    assert found is not None
    assert found.model.areas == areas
    assert update_model(model, base, new, areas[::-1]) is None  # other columns


def test_a_model_of_other_labels_is_not_updated(model: Model, tmp_path: Path, new: tuple[Example, ...]) -> None:
    assert update_model(model, labels_folder(tmp_path / "other", labelled_rows(11)), new, model.areas) is None


def test_carriers_are_chosen_anew_by_another_model(model: Model, base: Path, kept: Path) -> None:
    updated(model, base, ())
    coef = -model.classifiers.clauses.weights()
    other = replace(model.classifiers.clauses, coef=coef, unit=1.0)
    updated(replace(model, classifiers=replace(model.classifiers, clauses=other)), base, ())
    assert len(list(kept.glob("counts-*"))) == 2
