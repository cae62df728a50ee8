import numpy as np

from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED, LabelledCounts
from classifier.training.carriers import choose_carriers
from tests.matrices import as_counts


def test_the_best_sentence_and_its_best_clause_carry_the_area_of_a_paragraph() -> None:
    """Two paragraphs: one of two sentences, labelled as a whole; one of a sentence, with clauses of both kinds."""
    counts = LabelledCounts(
        terms=("c一",),
        clause_counts=as_counts([[1]] * 6),
        clause_to_sentence=np.array([0, 0, 1, 1, 2, 2]),
        sentence_to_paragraph=np.array([0, 0, 1]),
        labels=np.array([[UNKNOWN, 0], [UNKNOWN, 0], [1, UNLABELLED]], dtype=np.int8),
        clause_labels=np.array(
            [[UNKNOWN, 0]] * 4 + [[UNKNOWN, UNLABELLED], [UNKNOWN, UNLABELLED]],
            dtype=np.int8,
        ),
        targets=np.array([[True, False], [True, False]]),
        reports=("a", "b"),
    )
    sentences = np.array([[0.1, 9], [0.5, 9], [0.0, 9]])
    clauses = np.array([[9.0, 9], [8, 9], [0.2, 9], [0.2, 9], [-3, 9], [-2, 9]])
    found = choose_carriers(counts, sentences, clauses)
    assert found.labels.tolist() == [[UNLABELLED, 0], [1, 0], [1, UNLABELLED]]
    assert found.clause_labels[:, 0].tolist() == [UNLABELLED, UNLABELLED, 1, UNLABELLED, UNLABELLED, 1]
    assert found.clause_labels[:, 1].tolist() == [0, 0, 0, 0, UNLABELLED, UNLABELLED]
    assert (found.known == counts.known).all()
