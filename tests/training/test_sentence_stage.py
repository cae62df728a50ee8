import numpy as np
import pytest

from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED
from classifier.model.calibration import sigmoid
from classifier.model.sentence_stage import SentenceStage, stage_logits, stage_width
from classifier.training.calibrate import LARGEST_WEIGHT
from classifier.training.sentence_stage import fit_sentence_stage


def test_the_logistic_that_made_the_labels_is_found() -> None:
    generator = np.random.default_rng(1)
    sentences, clauses = generator.normal(size=(2, 60_000, 4))
    paragraph = np.repeat(np.arange(20_000), 3)
    weights = generator.choice([-0.5, 0, 0.5], size=(4, stage_width(4)))
    weights[range(4), range(4)] = 2
    made = SentenceStage(weights, np.array([-1.0, 0.5, 0.0, -0.5]))
    chance = sigmoid(stage_logits(made, sentences, clauses, paragraph))
    labels = (generator.random((60_000, 4)) < chance).astype(np.int8)
    found = fit_sentence_stage(sentences, clauses, paragraph, labels, use_context=True)
    logits = stage_logits(found, sentences, clauses, paragraph)
    assert np.abs(sigmoid(logits) - chance).mean() < 0.01
    assert found.block("previous") == pytest.approx(made.block("previous"), abs=0.15)
    alone = fit_sentence_stage(sentences, clauses, paragraph, labels, use_context=False)
    assert not alone.block("previous").any()
    assert (alone.block("own") != 0).tolist() == np.eye(4, dtype=bool).tolist()


def test_the_best_sentence_carries_what_only_its_paragraph_is_known_to_have() -> None:
    """Unlabelled sentences take no part, so the same stage is found where they are labelled wrongly."""
    generator = np.random.default_rng(2)
    sentences = generator.normal(size=(9000, 1))
    paragraph = np.repeat(np.arange(3000), 3)
    best = sentences.reshape(3000, 3).max(axis=1) > 0.8
    labels = np.where(np.repeat(best, 3)[:, None], UNKNOWN, 0).astype(np.int8)
    found = fit_sentence_stage(sentences, sentences, paragraph, labels, use_context=False)
    tagged = stage_logits(found, sentences, sentences, paragraph)[:, 0] > 0
    assert (tagged == (sentences[:, 0] > 0.8)).mean() > 0.95
    labels[paragraph >= 2500] = UNLABELLED
    some = fit_sentence_stage(sentences, sentences, paragraph, labels, use_context=False)
    few = paragraph < 2500
    only = fit_sentence_stage(sentences[few], sentences[few], paragraph[few], labels[few], use_context=False)
    assert some.weights == pytest.approx(only.weights)


@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 0, 0], [-2, -2, -2, -2]])
def test_without_anything_to_learn_the_own_score_counts(labels: list[int]) -> None:
    scores = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    found = fit_sentence_stage(
        scores, scores, np.arange(4), np.array(labels, dtype=np.int8)[:, None], use_context=False
    )
    assert found.weights.tolist() == [[1] + [0] * (stage_width(1) - 1)]
    assert found.offset.tolist() == [0]


def test_classes_that_lie_apart_give_weights_that_can_be_stored() -> None:
    scores = np.repeat([[-5.0], [6.0]], 4000, axis=0) / 50
    labels = (scores > 0).astype(np.int8)
    found = fit_sentence_stage(scores, scores, np.arange(8000), labels, use_context=True)
    assert 0 < found.weights[0, 0] <= LARGEST_WEIGHT
