"""Labelled counts to a Model: terms chosen and weighed, classifiers fitted, out-of-fold scores calibrated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.errors import LabelError
from classifier.features.term_index import build_vocabulary, prefix_closed
from classifier.features.tfidf import idf, tf_idf
from classifier.labelling.labelled_counts import (
    LabelledCounts,
    counted_characters,
    frequent_terms,
    keep_terms,
    take_paragraphs,
)
from classifier.messages import message
from classifier.model.calibration import Calibration, gather_scores
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.model.model import WEIGHT_STEP, Model
from classifier.model.outcomes import Outcomes, pack_outcomes
from classifier.progress import Progress, quiet
from classifier.records import Area
from classifier.settings import Settings
from classifier.training import svm
from classifier.training.calibrate import fit_calibration
from classifier.training.folds import deal_folds
from classifier.training.reliable_negatives import add_negatives, sentences_with_terms


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A model, and out-of-fold probabilities, shape (paragraphs, areas): no classifier has seen the report.

    The terms and the calibration have seen all reports, so figures made of them are a little better than those of
    cross-validation.
    """

    model: Model
    out_of_fold: Floats


def train_model(
    labelled_counts: LabelledCounts,
    areas: Sequence[Area],
    user_words: dict[str, int],
    settings: Settings,
    *,
    seed_terms: Mapping[str, Sequence[str]] | None = None,
    data_hash: str = "",
    jobs: int = 1,
    progress: Progress = quiet,
) -> Trained:
    """Train a model on labelled counts. Raises LabelError where there is too little to learn from.

    seed_terms: by the id of an area that few labels speak of, terms by which unlabelled sentences may be about it.
    """
    reports = len(set(labelled_counts.reports))  # with fewer than the settings ask for, a term in all of them will do
    columns = frequent_terms(labelled_counts, settings.min_sentences, min(settings.min_reports, reports))
    if len(labelled_counts.reports) < 2 or not len(columns):
        raise LabelError(
            message(
                "labels: too few to learn from ({paragraphs} paragraphs, {terms} terms that stand in "
                "{least} sentences); add labelled paragraphs",
                paragraphs=len(labelled_counts.reports),
                terms=len(columns),
                least=settings.min_sentences,
            )
        )
    closed = set(prefix_closed([labelled_counts.terms[i] for i in columns]))
    columns = np.array([i for i in columns if labelled_counts.terms[i] in closed], dtype=np.int64)
    kept = keep_terms(labelled_counts, columns)
    weights = idf(kept.sentence_counts)
    progress(
        message(
            "{paragraphs} paragraphs, {sentences} sentences, {terms} terms",
            paragraphs=len(kept.reports),
            sentences=kept.sentence_counts.rows,
            terms=len(columns),
        )
    )
    seeded = {a: sentences_with_terms(labelled_counts, own, settings) for a, own in (seed_terms or {}).items()}
    values = tf_idf(kept.sentence_counts, weights, settings.sublinear)
    kept = add_negatives(kept, values, seeded, areas, settings, progress)
    sentences, clauses, fitted = _fit(kept, weights, settings, jobs, progress)
    out_of_fold = gather_scores(sentences, clauses, kept.sentence_to_paragraph, len(kept.reports))
    fitted_calibration = fit_calibration(out_of_fold, kept.targets, settings.context, kept.known)
    model = Model(
        areas=tuple(areas),
        settings=settings,
        user_words=user_words,
        vocabulary=build_vocabulary(kept.terms),
        classifiers=ClassifierPair(
            _rounded(weights), _rounded_linear(fitted.sentences), _rounded_linear(fitted.clauses)
        ),
        calibration=_rounded_calibration(fitted_calibration),
        data_hash=data_hash,
    )
    tags = model.decide(sentences, clauses, kept.sentence_to_paragraph, len(kept.reports))
    outcomes = _outcomes(kept, counted_characters(labelled_counts), tags.evidence)
    return Trained(replace(model, outcomes=outcomes), model.probabilities(out_of_fold))


def _outcomes(labelled_counts: LabelledCounts, length: Ints, evident: Bools) -> Outcomes:
    """Return the out-of-fold outcomes of those paragraphs whose sentences are all labelled for all areas.

    length: of each sentence, shape (sentences,). evident: out-of-fold evidence, shape (sentences, areas).
    """
    names = {report: i for i, report in enumerate(dict.fromkeys(labelled_counts.reports))}
    report = np.array([names[r] for r in labelled_counts.reports], dtype=np.int64)
    paragraph = labelled_counts.sentence_to_paragraph
    unknown = np.bincount(paragraph, (labelled_counts.labels < 0).any(axis=1), len(report)) > 0
    known = ~unknown[paragraph]
    return pack_outcomes(
        report[paragraph][known],
        paragraph[known],
        length[known],
        labelled_counts.labels[known] == 1,
        evident[known],
    )


def _fit(
    labelled_counts: LabelledCounts, weights: Floats, settings: Settings, jobs: int, progress: Progress
) -> tuple[Floats, Floats, ClassifierPair]:
    """Return out-of-fold scores of sentences and of their best clauses, and the classifiers that are fitted on all.

    The scores have shape (sentences, areas).
    """
    from joblib import Parallel, delayed

    fold = deal_folds(labelled_counts.reports, labelled_counts.targets, settings.folds, settings.seed)
    held_out = [fold == f for f in range(int(fold.max()) + 1)] + [np.zeros(len(fold), dtype=np.bool_)]
    tasks = (delayed(_fit_without)(labelled_counts, weights, out, settings) for out in held_out)
    fitted: list[ClassifierPair] = []
    for done in Parallel(n_jobs=jobs, return_as="generator")(tasks):
        fitted.append(done)
        progress(message("classifiers fitted: {done} of {n}", done=len(fitted), n=len(held_out)))
    sentences, clauses = np.zeros((2, len(labelled_counts.sentence_to_paragraph), labelled_counts.targets.shape[1]))
    for classifiers, out in zip(fitted[:-1], held_out[:-1], strict=True):
        rows = out[labelled_counts.sentence_to_paragraph]
        part = take_paragraphs(labelled_counts, out).occurrences()
        sentences[rows], clauses[rows] = classifiers.score(part, settings.sublinear)
    return sentences, clauses, fitted[-1]


def _fit_without(labelled_counts: LabelledCounts, weights: Floats, out: Bools, settings: Settings) -> ClassifierPair:
    """Fit on the paragraphs that are not held out.

    Where clauses are not labelled, one carries what the sentence has, or if only the paragraph is known to have it,
    what that has.
    """
    part = take_paragraphs(labelled_counts, ~out)
    paragraph = np.broadcast_to(part.sentence_to_paragraph[:, None], part.labels.shape)
    values = tf_idf(part.sentence_counts, weights, settings.sublinear)
    sentences = svm.fit_svms(values, part.sentence_counts, part.labels, paragraph, settings)
    own = len(part.reports) + np.arange(len(part.sentence_to_paragraph))  # numbers that no paragraph has
    group = np.where(part.labels == 1, own[:, None], paragraph)[part.clause_to_sentence]
    values = tf_idf(part.clause_counts, weights, settings.sublinear)
    clauses = svm.fit_svms(values, part.clause_counts, part.clause_labels, group, settings)
    return ClassifierPair(weights, sentences, clauses)


def _rounded_linear(fitted: LinearClassifiers) -> LinearClassifiers:
    return LinearClassifiers(_rounded(fitted.weights()), _rounded(fitted.intercept))


def _rounded_calibration(fitted: Calibration) -> Calibration:
    return Calibration(*(_rounded(v) for v in (fitted.slope, fitted.clause, fitted.context, fitted.offset)))


def _rounded(values: Floats) -> Floats:
    return np.round(values / WEIGHT_STEP) * WEIGHT_STEP
