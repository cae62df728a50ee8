"""Truth and prediction side by side: on given paragraphs, or each paragraph by a model that never saw its report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.documents.structure import single
from classifier.errors import LabelError
from classifier.model.counted import Counted, take_paragraphs
from classifier.model.counts import Bools
from classifier.model.folds import by_report
from classifier.model.model import CUT, Model
from classifier.model.settings import Settings
from classifier.model.training import Progress, quiet, train
from classifier.records import Area, Example


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """truth and predicted: shape (paragraphs, areas); areas: their ids; reports: how many there are."""

    areas: tuple[str, ...]
    truth: Bools
    predicted: Bools
    reports: int


def on_examples(model: Model, examples: Sequence[Example]) -> Run:
    """Tag the text of each example, as one paragraph, with a model. Nothing is fitted."""
    ids = [a.id for a in model.areas]
    predictions = model.predict_paragraphs(single(e.text) for e in examples)
    tagged = [{a.id for a in p.areas} for p in predictions]
    return Run(tuple(ids), _matrix([e.areas for e in examples], ids), _matrix(tagged, ids), _reports(examples))


def cross_validate(
    counted: Counted,
    areas: Sequence[Area],
    words: dict[str, int],
    folds: int,
    settings: Settings,
    *,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Run:
    """Tag each report with a model trained on the other folds, terms, weights and join included.

    Raises LabelError where there are fewer reports than folds.
    """
    from joblib import Parallel, delayed

    if (reports := len(set(counted.reports))) < folds:
        raise LabelError(f"labels: {reports} reports cannot make {folds} folds; give a smaller --cv or more reports")
    fold = by_report(counted.reports, folds, settings.seed)
    predicted = np.zeros_like(counted.targets)
    tasks = (delayed(_held_out)(counted, fold == f, areas, words, settings) for f in range(folds))
    for f, tagged in enumerate(Parallel(n_jobs=jobs, return_as="generator")(tasks)):
        predicted[fold == f] = tagged
        progress(f"folds done: {f + 1} of {folds}")
    return Run(tuple(a.id for a in areas), counted.targets, predicted, reports)


def _held_out(counted: Counted, out: Bools, areas: Sequence[Area], words: dict[str, int], settings: Settings) -> Bools:
    """Return the tags of the paragraphs of one fold, by a model of the others."""
    model = train(take_paragraphs(counted, ~out), areas, words, settings).model
    return model.counted_probabilities(take_paragraphs(counted, out)) >= CUT


def _matrix(rows: Sequence[set[str] | frozenset[str]], areas: Sequence[str]) -> Bools:
    return np.array([[a in row for a in areas] for row in rows], dtype=np.bool_).reshape(-1, len(areas))


def _reports(examples: Sequence[Example]) -> int:
    return len({e.report for e in examples})
