"""A scikit-learn estimator, for pipelines, grid searches and comparisons of one's own."""

from collections.abc import Iterable, Sequence
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
from classifier.model.model import Model
from classifier.records import Area, Example
from classifier.settings import Settings
from classifier.training.train import train_model

_SETTINGS = tuple(Settings().as_dict())
_LOWEST = -50.0  # the logit of a paragraph with nothing in it, finite for the sake of other estimators


class PolicyAreaClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tag paragraphs, given as raw text, with any number of areas.

    The parameters are those of Settings; `user_words` is a user dictionary of words and frequencies. A fitted
    estimator has `model_`, the trained Model, and `classes_`, the numbers of the areas.

    >>> texts = ["粮食总产20万吨。", "空气质量优良天数310天。"] * 4
    >>> tagger = PolicyAreaClassifier(min_sentences=1).fit(texts, [[1, 0], [0, 1]] * 4)
    >>> tagger.predict(["粮食增产。"])
    array([[1, 0]])
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
        threshold: float = Settings.threshold,
        seed: int = Settings.seed,
        user_words: dict[str, int] | None = None,
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
        self.threshold = threshold
        self.seed = seed
        self.user_words = user_words

    @classmethod
    def from_model(cls, model: Model) -> Self:
        """Return a fitted estimator that predicts as the model does, one column for each of the model's areas.

        >>> from classifier import load_model
        >>> tagger = PolicyAreaClassifier.from_model(load_model())
        >>> tagger.predict(["新建高标准农田3万亩，粮食总产达到20万吨。"]).shape
        (1, 13)
        """
        estimator = cls(**model.settings.as_dict(), user_words=dict(model.user_words))
        estimator._take(model)
        return estimator

    def to_model(self) -> Model:
        """Return the trained model. Where `fit` made it, the ids of its areas are the numbers of the columns of y.

        >>> texts = ["粮食总产20万吨。", "空气质量优良天数310天。"] * 4
        >>> model = PolicyAreaClassifier(min_sentences=1).fit(texts, [[1, 0], [0, 1]] * 4).to_model()
        >>> [area.id for area in model.areas]
        ['0', '1']
        """
        check_is_fitted(self, "model_")
        return self.model_

    def fit(self, X: Iterable[str], y: Any, groups: Sequence[str] | None = None) -> Self:  # noqa: N803
        """Train on paragraphs.

        X: paragraphs as raw text, shape (paragraphs,). y: 0 and 1, shape (paragraphs, areas).
        groups: the report of each paragraph; reports stay whole in the folds behind the probabilities.
        Raises ValueError for other shapes and values, or where there is too little to learn from.
        """
        texts = _checked_texts(X)
        targets = _checked_targets(y, len(texts))
        areas = [Area(str(i), str(i), str(i)) for i in range(targets.shape[1])]
        reports = [str(g) for g in (groups if groups is not None else range(len(texts)))]
        if len(reports) != len(texts):
            raise ValueError(f"groups must have a report for each of {len(texts)} paragraphs, not {len(reports)}")
        examples = [_example(i, *row) for i, row in enumerate(zip(texts, reports, targets, strict=True))]
        settings = Settings(**{name: getattr(self, name) for name in _SETTINGS})
        user_words = dict(self.user_words or {})
        try:
            self._take(
                train_model(count_labels(examples, areas, user_words, settings), areas, user_words, settings).model
            )
        except LabelError as error:
            raise ValueError(str(error)) from error
        return self

    def _take(self, model: Model) -> None:
        self.model_ = model
        self.classes_ = np.arange(len(model.areas))

    def decision_function(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """Return the logit of each probability, shape (paragraphs, areas)."""
        model = self.to_model()
        model.warm_up()
        sentences = [[s.normalized for s in single_paragraph(text).sentences] for text in _checked_texts(X)]
        scores = model.sentence_scores([sentence for own in sentences for sentence in own])
        sentence_to_paragraph = np.repeat(np.arange(len(sentences)), [len(own) for own in sentences])
        whole = calibration.gather_scores(*scores, sentence_to_paragraph, len(sentences))
        return np.maximum(calibration.logits(model.calibration, whole), _LOWEST)

    def predict_proba(self, X: Iterable[str]) -> Floats:  # noqa: N803
        """Return the probability of each area, shape (paragraphs, areas)."""
        return calibration.sigmoid(self.decision_function(X))

    def predict(self, X: Iterable[str]) -> NDArray[np.int64]:  # noqa: N803
        """Return 1 for each area that a paragraph speaks about, else 0; shape (paragraphs, areas)."""
        tagged: Bools = self.predict_proba(X) >= self.to_model().settings.threshold
        return tagged.astype(np.int64)


def _checked_texts(texts: Iterable[str]) -> list[str]:
    """Return paragraphs as a list. Raises ValueError where they are one string, a table, or anything but texts."""
    if isinstance(texts, str | bytes):
        raise ValueError("X must be paragraphs, not one string; give [text]")
    if (shape := getattr(texts, "shape", None)) is not None and len(shape) != 1:
        raise ValueError(f"X must be paragraphs of raw text, not a table of shape {tuple(shape)}; give one column")
    found = list(texts)
    for i, text in enumerate(found):
        if not isinstance(text, str):
            raise ValueError(f"X must be paragraphs of raw text, and paragraph {i} is {text!r}")
    return found


def _checked_targets(y: Any, paragraphs: int) -> NDArray[Any]:
    """Return targets as an array, shape (paragraphs, areas). Raises ValueError for other shapes and values."""
    try:
        targets = np.asarray(y)
    except ValueError as error:
        raise ValueError(f"y must have shape ({paragraphs}, areas), and its rows differ in length") from error
    if targets.ndim != 2 or len(targets) != paragraphs:
        raise ValueError(f"y must have shape ({paragraphs}, areas), not {targets.shape}")
    if not np.isin(targets, (0, 1)).all():
        raise ValueError("y must hold 0 and 1 only")
    return targets


def _example(i: int, text: str, report: str, row: NDArray[Any]) -> Example:
    sentences = tuple(s.normalized for s in single_paragraph(text).sentences)
    areas = frozenset(str(a) for a in np.flatnonzero(row))
    return Example(id=f"{i:09d}", report=report, text=text, sentences=sentences, areas=areas)
