"""Truth and prediction side by side: on given paragraphs, or each paragraph by a model that never saw its report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.documents.normalise import plain_text
from classifier.documents.structure import single
from classifier.errors import LabelError
from classifier.labelling.sources import LabelledSet
from classifier.model.counted import Counted, take_paragraphs
from classifier.model.counts import Bools, Ints
from classifier.model.folds import by_report
from classifier.model.model import CUT, Model
from classifier.model.settings import Settings
from classifier.model.training import Progress, count_labels, quiet, train
from classifier.records import Example


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
    labelled: LabelledSet,
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

    examples = sorted(labelled.examples, key=lambda e: e.id)
    if (reports := _reports(examples)) < folds:
        raise LabelError(f"labels: {reports} reports cannot make {folds} folds; give a smaller --cv or more reports")
    areas = labelled.taxonomy.areas
    ids = [a.id for a in areas]
    counted = count_labels(examples, areas, words, settings)
    fold = by_report(counted.reports, folds, settings.seed)
    predicted = np.zeros((len(examples), len(ids)), dtype=np.bool_)
    tasks = (delayed(_held_out)(counted, examples, fold == f, labelled, words, settings) for f in range(folds))
    for f, tagged in enumerate(Parallel(n_jobs=jobs, return_as="generator")(tasks)):
        predicted[fold == f] = tagged
        progress(f"folds done: {f + 1} of {folds}")
    return Run(tuple(ids), counted.targets, predicted, reports)


def _held_out(
    counted: Counted,
    examples: Sequence[Example],
    out: Bools,
    labelled: LabelledSet,
    words: dict[str, int],
    settings: Settings,
) -> Bools:
    model = train(take_paragraphs(counted, ~out), labelled.taxonomy.areas, words, settings)
    held_out = [e for e, o in zip(examples, out, strict=True) if o]
    plains = [plain_text(s) for e in held_out for s in e.sentences]
    sizes: Ints = np.array([len(e.sentences) for e in held_out], dtype=np.int64)
    scores = model.probabilities(model.sentence_scores(plains))
    starts = np.cumsum(sizes) - sizes
    return np.asarray(np.maximum.reduceat(scores, starts, axis=0) >= CUT)


def _matrix(rows: Sequence[set[str] | frozenset[str]], areas: Sequence[str]) -> Bools:
    return np.array([[a in row for a in areas] for row in rows], dtype=np.bool_).reshape(-1, len(areas))


def _reports(examples: Sequence[Example]) -> int:
    return len({e.report for e in examples})
