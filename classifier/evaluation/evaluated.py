"""Truth and prediction side by side, of paragraphs and of their sentences."""

from dataclasses import dataclass, field

import numpy as np

from classifier.arrays import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class EvaluatedPredictions:
    """What was true of units, paragraphs or sentences, and what was predicted.

    areas: their ids. truth: shape (units, areas). scores: probabilities, of the same shape. reports: the report of
    each unit. fold: shape (units,), of cross-validation; empty otherwise. disputed: shape (units, areas), the areas
    on which readers differ or of which nothing is known: never true and never tagged; None where there are none.
    threshold: the probability from which an area is tagged. evidence: what was tagged, same shape, where that is not
    what reaches the threshold. sentences: those whose areas are known one by one, None where no sentence's are.
    row_to_paragraph: of sentences, the number of the paragraph of each; empty for paragraphs.
    """

    areas: tuple[str, ...]
    truth: Bools
    scores: Floats
    reports: tuple[str, ...]
    fold: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    disputed: Bools | None = None
    threshold: float = 0.5
    evidence: Bools | None = None
    sentences: "EvaluatedPredictions | None" = None
    row_to_paragraph: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def predicted(self) -> Bools:
        """The areas that were tagged, shape (units, areas); none in dispute."""
        tagged: Bools = self.scores >= self.threshold if self.evidence is None else self.evidence
        return tagged if self.disputed is None else tagged & ~self.disputed

    @property
    def counted(self) -> Bools:
        """The decisions that count, shape (units, areas): all but the disputed ones."""
        return np.ones(self.truth.shape, dtype=np.bool_) if self.disputed is None else ~self.disputed
