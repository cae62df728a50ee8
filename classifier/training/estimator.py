"""A scikit-learn estimator, for pipelines, grid searches and comparisons of one's own."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from classifier.arrays import Bools, Floats
from classifier.documents.structure import single_paragraph
from classifier.errors import LabelError
from classifier.labelling.labelled_counts import count_labels
from classifier.model import calibration
from classifier.model.model import THRESHOLD
from classifier.records import Area, Example
from classifier.settings import Settings
from classifier.training.train import train_model

NAMES = tuple(Settings().as_dict())
LOWEST = -50.0  # the logit of a paragraph with nothing in it, finite for the sake of other estimators


class PolicyAreaClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tag paragraphs, given as raw text, with any number of areas.

    The parameters are those of Settings; `words` is a user dictionary of words and frequencies.

    >>> texts = ["粮食总产20万吨。", "空气质量优良天数310天。"] * 4
    >>> tagger = PolicyAreaClassifier(min_sentences=1).fit(texts, [[1, 0], [0, 1]] * 4)
    >>> tagger.predict(["粮食增产。"]).shape
    (1, 2)
    """

    def __init__(  # noqa: PLR0913 - as scikit-learn wants it, one for each setting
        self,
        *,
        char_ngrams: int = Settings.char_ngrams,
        edges: bool = Settings.edges,
        mask_numbers: bool = Settings.mask_numbers,
        min_sentences: int = Settings.min_sentences,
        min_reports: int = Settings.min_reports,
        sublinear: bool = Settings.sublinear,
        c: float = Settings.c,
        context: bool = Settings.context,
        folds: int = Settings.folds,
        seed: int = Settings.seed,
        words: dict[str, int] | None = None,
    ) -> None:
        """Store the parameters."""
        self.char_ngrams = char_ngrams
        self.edges = edges
        self.mask_numbers = mask_numbers
        self.min_sentences = min_sentences
        self.min_reports = min_reports
        self.sublinear = sublinear
        self.c = c
        self.context = context
        self.folds = folds
        self.seed = seed
        self.words = words

    def fit(self, X: Sequence[str], y: Any, groups: Sequence[str] | None = None) -> Self:  # noqa: N803
        """Train on paragraphs.

        X: paragraphs as raw text, shape (paragraphs,). y: 0 and 1, shape (paragraphs, areas).
        groups: the report of each paragraph; reports stay whole in the folds behind the probabilities.
        Raises ValueError for other shapes, or where there is too little to learn from.
        """
        targets = np.asarray(y)
        if targets.ndim != 2 or len(targets) != len(X):
            raise ValueError(f"y must have shape ({len(X)}, areas), not {targets.shape}")
        if not np.isin(targets, (0, 1)).all():
            raise ValueError("y must hold 0 and 1 only")
        areas = [Area(str(i), str(i), str(i)) for i in range(targets.shape[1])]
        reports = [str(g) for g in groups] if groups is not None else [str(i) for i in range(len(X))]
        examples = [
            _example(i, text, report, row)
            for i, (text, report, row) in enumerate(zip(X, reports, targets, strict=True))
        ]
        settings = Settings(**{name: getattr(self, name) for name in NAMES})
        words = dict(self.words or {})
        try:
            self.model_ = train_model(count_labels(examples, areas, words, settings), areas, words, settings).model
        except LabelError as error:
            raise ValueError(str(error)) from error
        self.classes_ = np.arange(len(areas))
        return self

    def decision_function(self, X: Sequence[str]) -> Floats:  # noqa: N803
        """Return the logit of each probability, shape (paragraphs, areas); an area is tagged from 0 on."""
        check_is_fitted(self, "model_")
        model = self.model_
        model.warm_up()
        sentences = [[s.normalized for s in single_paragraph(text).sentences] for text in X]
        scores = model.sentence_scores([plain for plains in sentences for plain in plains])
        paragraph = np.repeat(np.arange(len(sentences)), [len(plains) for plains in sentences])
        return np.maximum(
            calibration.logits(model.calibration, calibration.gather_scores(*scores, paragraph, len(sentences))), LOWEST
        )

    def predict_proba(self, X: Sequence[str]) -> Floats:  # noqa: N803
        """Return the probability of each area, shape (paragraphs, areas)."""
        return calibration.sigmoid(self.decision_function(X))

    def predict(self, X: Sequence[str]) -> NDArray[np.int64]:  # noqa: N803
        """Return 1 for each area that a paragraph speaks about, else 0; shape (paragraphs, areas)."""
        tagged: Bools = self.predict_proba(X) >= THRESHOLD
        return tagged.astype(np.int64)


def _example(i: int, text: str, report: str, row: NDArray[Any]) -> Example:
    sentences = tuple(s.normalized for s in single_paragraph(text).sentences)
    areas = frozenset(str(a) for a in np.flatnonzero(row))
    return Example(id=f"{i:09d}", report=report, text=text, sentences=sentences, areas=areas)
