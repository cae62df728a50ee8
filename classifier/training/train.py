"""Labelled counts to a Model: terms chosen and weighed, classifiers fitted, logistics fitted on out-of-fold scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from classifier.arrays import Bools, Floats, Ints
from classifier.errors import LabelError
from classifier.features.term_index import Vocabulary, build_vocabulary
from classifier.features.tfidf import idf, tf_idf
from classifier.labelling.labelled_counts import (
    LabelledCounts,
    counted_characters,
    keep_terms,
)
from classifier.messages import message
from classifier.model.calibration import Calibration, gather_scores
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.model.model import WEIGHT_STEP, Model
from classifier.model.outcomes import Outcomes, pack_outcomes
from classifier.model.sentence_stage import SentenceStage
from classifier.progress import Progress, quiet
from classifier.records import Area
from classifier.settings import Settings
from classifier.training.base_counts import learned_terms
from classifier.training.base_part import PART_FITS, BasePart, load_alphas, save_alphas
from classifier.training.calibrate import fit_calibration
from classifier.training.fold_fits import PartFits, TrainingRows, fit_parts, threads, training_rows, without_folds
from classifier.training.light_terms import heavy_columns, take_terms
from classifier.training.reliable_negatives import add_negatives, sentences_with_terms
from classifier.training.sentence_stage import fit_sentence_stage


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
    base: BasePart | None = None,
    data_hash: str = "",
    jobs: int = 1,
    progress: Progress = quiet,
) -> Trained:
    """Train a model on labelled counts. Raises LabelError where there is too little to learn from.

    seed_terms: by the id of an area that few labels speak of, terms by which unlabelled sentences may be about it.
    base: the first paragraphs, whose folds do not depend on the others, and with whose kept alphas the fits begin.
    """
    kept = keep_frequent(labelled_counts, settings, progress)
    weights = idf(kept.sentence_counts)
    seeded = {a: sentences_with_terms(labelled_counts, own, settings) for a, own in (seed_terms or {}).items()}
    values = tf_idf(kept.sentence_counts, weights, settings.sublinear)
    kept = add_negatives(kept, values, seeded, areas, settings, progress)
    rows = training_rows(kept, weights, settings.sublinear, jobs)
    nothing = np.zeros(len(kept.sentence_to_paragraph), dtype=np.bool_)
    held_out = [nothing, *without_folds(kept, settings, base.paragraphs if base else 0)]
    fits = fit_from_kept(rows, held_out, settings, base, [a.id for a in areas], jobs, progress)
    paragraph = kept.sentence_to_paragraph
    out_of_fold = gather_scores(fits.sentences, fits.clauses, paragraph, len(kept.reports))
    workers = threads(jobs)
    fitted_calibration = fit_calibration(out_of_fold, kept.targets, settings.context, kept.known, workers)
    stage = fit_sentence_stage(fits.sentences, fits.clauses, paragraph, kept.labels, settings.context, workers)
    classifiers, vocabulary = stored_classifiers(fits.first.classifiers, kept.terms)
    model = Model(
        areas=tuple(areas),
        settings=settings,
        user_words=user_words,
        vocabulary=vocabulary,
        classifiers=classifiers,
        calibration=_rounded_calibration(fitted_calibration),
        sentence_stage=SentenceStage(_rounded(stage.weights), _rounded(stage.offset)),
        data_hash=data_hash,
    )
    tags = model.decide(fits.sentences, fits.clauses, paragraph, len(kept.reports))
    outcomes = _outcomes(kept, counted_characters(labelled_counts), tags.evidence)
    return Trained(replace(model, outcomes=outcomes), model.probabilities(out_of_fold))


def keep_frequent(labelled_counts: LabelledCounts, settings: Settings, progress: Progress = quiet) -> LabelledCounts:
    """Return the counts of those terms that are learned from. Raises LabelError where there is too little to do so."""
    columns = learned_terms(labelled_counts, settings)
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
    kept = keep_terms(labelled_counts, columns)
    tell_size(kept, progress)
    return kept


def tell_size(kept: LabelledCounts, progress: Progress) -> None:
    """Tell how much is learned from."""
    progress(
        message(
            "{paragraphs} paragraphs, {sentences} sentences, {terms} terms",
            paragraphs=len(kept.reports),
            sentences=kept.sentence_counts.rows,
            terms=len(kept.terms),
        )
    )


def fit_from_kept(
    rows: TrainingRows,
    held_out: Sequence[Bools],
    settings: Settings,
    base: BasePart | None,
    areas: Sequence[str],
    jobs: int,
    progress: Progress,
) -> PartFits:
    """Fit as `fit_parts` does, from the alphas of an earlier training where some are kept."""
    start = load_alphas(base, settings, areas, PART_FITS) if base else ()
    fits = fit_parts(rows, held_out, settings, start, jobs=jobs, progress=progress)
    if base and not start:
        save_alphas(base, settings, areas, PART_FITS, fits.alphas, rows.counts)
    return fits


def stored_classifiers(fitted: ClassifierPair, terms: Sequence[str]) -> tuple[ClassifierPair, Vocabulary]:
    """Return classifiers as a model stores them, without terms that weigh next to nothing, and their vocabulary."""
    rounded = ClassifierPair(_rounded(fitted.idf), _rounded_linear(fitted.sentences), _rounded_linear(fitted.clauses))
    heavy = heavy_columns(rounded, terms)
    return take_terms(rounded, heavy), build_vocabulary(tuple(terms[i] for i in heavy))


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


def _rounded_linear(fitted: LinearClassifiers) -> LinearClassifiers:
    return LinearClassifiers(_rounded(fitted.weights()), _rounded(fitted.intercept))


def _rounded_calibration(fitted: Calibration) -> Calibration:
    return Calibration(*(_rounded(v) for v in (fitted.slope, fitted.clause, fitted.context, fitted.offset)))


def _rounded(values: Floats) -> Floats:
    return np.round(values / WEIGHT_STEP) * WEIGHT_STEP
