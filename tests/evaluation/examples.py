"""Small evaluated predictions for tests."""

import numpy as np

from classifier.evaluation.evaluated import EvaluatedPredictions


def evaluated(truth: list[list[int]], scores: list[list[float]], reports: str) -> EvaluatedPredictions:
    """Predictions of paragraphs, one letter of `reports` for each."""
    areas = tuple("abc"[: len(truth[0])])
    return EvaluatedPredictions(areas, np.array(truth, dtype=bool), np.array(scores, dtype=float), tuple(reports))
