"""Truth and prediction side by side, and a model's predictions on labelled paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.documents.structure import single_paragraph
from classifier.model.model import THRESHOLD, Model
from classifier.records import Example


@dataclass(frozen=True, slots=True, eq=False)
class EvaluatedPredictions:
    """What was true of paragraphs, and what was predicted.

    areas: their ids. truth: shape (paragraphs, areas). scores: probabilities, of the same shape. reports: the report
    of each paragraph. fold: shape (paragraphs,), of cross-validation; empty otherwise.
    """

    areas: tuple[str, ...]
    truth: Bools
    scores: Floats
    reports: tuple[str, ...]
    fold: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def predicted(self) -> Bools:
        """The areas whose probability reaches the threshold, shape (paragraphs, areas)."""
        return self.scores >= THRESHOLD


def predict_examples(model: Model, examples: Sequence[Example]) -> EvaluatedPredictions:
    """Tag the text of each example, as one paragraph, with a model. Nothing is fitted."""
    ids = tuple(a.id for a in model.areas)
    predictions = model.predict_paragraphs(single_paragraph(e.text) for e in examples)
    scores = np.array([p.probabilities for p in predictions]).reshape(-1, len(ids))
    truth = np.array([[a in e.areas for a in ids] for e in examples], dtype=np.bool_).reshape(-1, len(ids))
    return EvaluatedPredictions(ids, truth, scores, tuple(e.report for e in examples))
