import numpy as np

from classifier.evaluation.error_cases import ErrorCase, find_error_cases, worst_cases
from classifier.evaluation.paragraphs import EvaluatedParagraph
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet
from classifier.model.model import Model


def test_the_worst_misses_and_false_alarms_come_first(small_model: Model, small_set: LabelledSet) -> None:
    examples = sorted(small_set.examples, key=lambda e: e.id)
    counts = count_labels(examples, small_set.taxonomy.areas, {}, small_model.settings)
    paragraphs = [EvaluatedParagraph(e.id, e.report, len(e.sentences), texts=e.sentences) for e in examples]
    scores = np.where(counts.targets, 0.9, 0.1)
    missed = np.flatnonzero(counts.targets[:, 2])[:3]
    scores[missed, 2] = (0.4, 0.2, 0.3)
    alarm = np.flatnonzero(~counts.targets[:, 0])[0]
    scores[alarm, 0] = 0.6
    found = find_error_cases(small_model, counts, paragraphs, scores, 2)
    assert [(c.area, c.missed, c.score, c.id) for c in found] == [
        ("farms", False, 0.6, examples[alarm].id),
        ("roads", True, 0.2, examples[missed[1]].id),
        ("roads", True, 0.3, examples[missed[2]].id),
    ]
    sentences = {e.id: e.sentences for e in examples}
    assert all(c.text == sentences[c.id][c.sentence - 1] for c in found)
    assert any(term in found[1].text for term in found[1].terms)


def test_lists_of_folds_are_put_together() -> None:
    cases = [ErrorCase("a", True, s, f"{s}", 1, "", ()) for s in (0.4, 0.1, 0.3)]
    cases += [ErrorCase("a", False, s, f"{s}", 1, "", ()) for s in (0.6, 0.9)]
    assert [c.score for c in worst_cases(cases, 2)] == [0.1, 0.3, 0.9, 0.6]
