"""Linear scores of a sentence, and of what stands around it, to probabilities of the sentence: a logistic of its own.

Stacking (Wolpert 1992) over a sentence and its neighbours, as in stacked sequential learning (Cohen and Carvalho, IJCAI
2005).
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.model.calibration import NO_SCORE

HIGHEST = 3  # of a sentence's scores, whichever areas they are of
_BLOCKS = ("own", "clause", "previous", "following", "highest", "lead", "mean", "length")


@dataclass(frozen=True, slots=True, eq=False)
class SentenceStage:
    """The logistic of each area: weights @ columns + offset. weights: shape (areas, columns). offset: shape (areas,).

    The columns are, in this order: own, the scores of the sentence; clause, of its best clauses; previous and
    following, of the sentences beside it, 0 where there is none; highest, the HIGHEST scores of the sentence, largest
    first; lead, the scores of the first sentence of the paragraph; mean, the mean scores of its sentences; length, the
    logarithm of their number. Sentences without text are passed over.
    """

    weights: Floats
    offset: Floats

    def block(self, name: str) -> Floats:
        """Return the weights of some of the columns, by their name, shape (areas, columns)."""
        return self.weights[:, _places(len(self.offset))[name]]


def stage_width(areas: int) -> int:
    """Return how many columns the stage has."""
    return sum(_widths(areas).values())


def _places(areas: int) -> dict[str, slice]:
    ends = accumulate(_widths(areas).values(), initial=0)
    return {name: slice(start, stop) for name, (start, stop) in zip(_BLOCKS, pairwise(ends), strict=True)}


def _widths(areas: int) -> dict[str, int]:
    return dict.fromkeys(_BLOCKS, areas) | {"highest": min(HIGHEST, areas), "length": 1}


def stage_columns(sentences: Floats, clauses: Floats, sentence_to_paragraph: Ints) -> tuple[Bools, Floats]:
    """Return which sentences have text, shape (sentences,), and the columns of those, shape (those, columns).

    sentences, clauses: linear scores of sentences and of their best clauses, shape (sentences, areas).
    sentence_to_paragraph: shape (sentences,), ascending.
    """
    counted, alone, first, around = _parts(sentences, clauses, sentence_to_paragraph)
    return counted, np.hstack([alone, around[np.cumsum(first) - 1]])


def stage_logits(stage: SentenceStage, sentences: Floats, clauses: Floats, sentence_to_paragraph: Ints) -> Floats:
    """Return the logit of each area of each sentence, shape (sentences, areas); NO_SCORE of those without text.

    The arguments are those of `stage_columns`. What sentences of a paragraph have in common is computed once.
    By einsum, not by a matrix product: the threads of a linear algebra library would compete with other processes.
    """
    counted, alone, first, around = _parts(sentences, clauses, sentence_to_paragraph)
    own, shared = np.split(stage.weights, [alone.shape[1]], axis=1)
    common = np.einsum("pk,ak->pa", around, shared) + stage.offset
    logits = np.full(sentences.shape, NO_SCORE)
    logits[counted] = np.einsum("sk,ak->sa", alone, own) + common[np.cumsum(first) - 1]
    return logits


def _parts(sentences: Floats, clauses: Floats, sentence_to_paragraph: Ints) -> tuple[Bools, Floats, Bools, Floats]:
    """Return which sentences have text, their own columns, which of them are first, and the columns of paragraphs.

    Shapes (sentences,), (those with text, columns), (those,) and (paragraphs with text, columns).
    """
    counted = np.isfinite(sentences[:, 0]) if sentences.shape[1] else np.zeros(len(sentences), dtype=np.bool_)
    scores, paragraph = sentences[counted], sentence_to_paragraph[counted]
    first = np.diff(paragraph, prepend=-1) != 0
    starts = np.flatnonzero(first)
    previous, following = np.zeros((2, *scores.shape))
    previous[1:], following[:-1] = scores[:-1], scores[1:]
    previous[starts] = 0
    following[starts[1:] - 1] = 0
    highest = np.sort(scores, axis=1)[:, ::-1][:, :HIGHEST]
    alone = np.hstack([scores, clauses[counted], previous, following, highest])
    sizes = np.diff(starts, append=len(scores))[:, None]
    sums = np.add.reduceat(scores, starts, axis=0) if len(starts) else scores
    return counted, alone, first, np.hstack([scores[starts], sums / np.maximum(sizes, 1), np.log(np.maximum(sizes, 1))])
