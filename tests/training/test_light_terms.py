import numpy as np

from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.training.light_terms import LEAST_WEIGHT, heavy_columns, take_terms

TERMS = ("c乡", "c乡村", "c乡村振", "c乡村振兴", "c振", "w乡村", "w振兴")


def pair(sentences: list[float], clauses: list[float]) -> ClassifierPair:
    one, other = (LinearClassifiers(np.array([values, [0.0] * 7]).T, np.zeros(2)) for values in (sentences, clauses))
    return ClassifierPair(np.arange(1, 8).astype(np.float64), one, other)


def test_terms_that_weigh_enough_stay_with_what_they_begin_with() -> None:
    classifiers = pair([0, 0, 0, -0.3, 0, 0.05, 0], [0, 0, 0, 0, LEAST_WEIGHT, 0, 0.09])
    columns = heavy_columns(classifiers, TERMS)
    assert [TERMS[i] for i in columns] == ["c乡村", "c乡村振", "c乡村振兴", "c振"]
    taken = take_terms(classifiers, columns)
    assert taken.idf.tolist() == [2, 3, 4, 5]
    assert taken.sentences.weights()[:, 0].tolist() == [0, 0, -0.3, 0]
    assert taken.clauses.weights()[:, 0].tolist() == [0, 0, 0, LEAST_WEIGHT]


def test_all_stay_where_none_weighs_enough() -> None:
    assert heavy_columns(pair([0.01] * 7, [0] * 7), TERMS).tolist() == list(range(7))
