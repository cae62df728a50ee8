import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from classifier.arrays import Floats
from classifier.model.calibration import NO_SCORE
from classifier.model.sentence_stage import HIGHEST, SentenceStage, stage_columns, stage_logits, stage_width

paragraphs = st.lists(st.integers(0, 4), max_size=6)  # sentences of each


def slow_columns(scores: Floats, clauses: Floats, paragraph: list[int], row: int) -> Floats:
    """The columns of a sentence with text, one by one."""
    own = [i for i, p in enumerate(paragraph) if p == paragraph[row] and np.isfinite(scores[i, 0])]
    at, none = own.index(row), np.zeros(scores.shape[1])
    previous = scores[own[at - 1]] if at else none
    following = scores[own[at + 1]] if at + 1 < len(own) else none
    highest = sorted(scores[row], reverse=True)[:HIGHEST]
    around = [scores[own[0]], scores[own].mean(axis=0), [np.log(len(own))]]
    return np.concatenate([scores[row], clauses[row], previous, following, highest, *around])


@given(sizes=paragraphs, areas=st.integers(1, 5), seed=st.integers(0, 999))
def test_columns_are_those_of_each_sentence_by_itself(sizes: list[int], areas: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    paragraph = [p for p, n in enumerate(sizes) for _ in range(n)]
    scores, clauses = generator.normal(size=(2, len(paragraph), areas))
    scores[generator.random(len(paragraph)) < 0.3] = NO_SCORE
    weights, offset = generator.normal(size=(areas, stage_width(areas))), generator.normal(size=areas)
    counted, columns = stage_columns(scores, clauses, np.array(paragraph, dtype=np.int64))
    logits = stage_logits(SentenceStage(weights, offset), scores, clauses, np.array(paragraph, dtype=np.int64))
    assert counted.tolist() == np.isfinite(scores[:, 0]).tolist()
    rows = np.flatnonzero(counted).tolist()
    wanted = np.array([slow_columns(scores, clauses, paragraph, row) for row in rows]).reshape(-1, stage_width(areas))
    np.testing.assert_allclose(columns, wanted, atol=1e-12)
    np.testing.assert_allclose(logits[counted], wanted @ weights.T + offset, atol=1e-9)
    assert (logits[~counted] == NO_SCORE).all()


def test_blocks_are_the_weights_of_their_columns() -> None:
    stage = SentenceStage(np.arange(2 * stage_width(2)).reshape(2, -1).astype(np.float64), np.zeros(2))
    assert stage_width(2) == 6 * 2 + 2 + 1
    assert stage.block("own").tolist() == [[0, 1], [15, 16]]
    assert stage.block("highest").tolist() == [[8, 9], [23, 24]]
    assert stage.block("length").tolist() == [[14], [29]]
