"""`classify evaluate` without a terminal: a labelled file or labels -> predictions and the report of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.documents.structure import single_paragraph
from classifier.errors import ClassifierError, LabelError
from classifier.evaluation.annotator_agreement import measure_annotator_agreement
from classifier.evaluation.baselines import baselines_of_fold, cross_validate_baselines
from classifier.evaluation.build_report import Extras, build_report
from classifier.evaluation.comparison import Difference, compare_predictions
from classifier.evaluation.cross_validation import CASES_SHOWN, cross_validate, folds_of
from classifier.evaluation.duplicates import ParagraphCounts, duplicates_across_folds, paragraph_counts
from classifier.evaluation.error_cases import find_error_cases
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.learning_curve import measure_learning_curve
from classifier.evaluation.paragraphs import EvaluatedParagraph, paragraphs_of_examples, paragraphs_of_training
from classifier.evaluation.predict_examples import predict_examples
from classifier.evaluation.report import TRAINED_ON, EvaluationReport
from classifier.evaluation.trained_on import learned_paragraphs, trained_on
from classifier.features.tokenizer import load_tokenizer
from classifier.features.user_dictionary import policy_words, read_policy_terms
from classifier.labelling.examples import load_examples
from classifier.labelling.labelled_counts import LabelledCounts, add_terms, count_examples, merge_counts
from classifier.messages import message
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.progress import Progress, quiet
from classifier.records import Area, Example
from classifier.resources import terms_folder
from classifier.settings import Settings, load_settings
from classifier.tasks.train import train
from classifier.training.training_set import Labels, TrainingSet, as_training_set, count_training_set
from classifier.training.update import updated_hash


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """Evaluated predictions with their areas, and the report of them, where one was asked for.

    paragraphs: what is known of each paragraph of the predictions.
    """

    predictions: EvaluatedPredictions
    areas: tuple[Area, ...]
    report: EvaluationReport | None
    paragraphs: tuple[EvaluatedParagraph, ...]


def evaluate_file(
    file: Path,
    *,
    model: Path | None = None,
    settings: Path | None = None,
    labels: Labels | None = None,
    compared: Path | None = None,
    documents: Path | None = None,
    baselines: bool = False,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Evaluation:
    """Evaluate a model folder, or the model that settings train on labels, on a file of labelled paragraphs.

    labels: what settings and baselines learn from, and what the model may have learned from. baselines: measure simple
    classifiers too, which is left out where the labels have other areas than the model. compared: another model folder
    or settings file. documents: a folder with the documents that the paragraphs name, in which they are tagged where
    they are found. Raises ClassifierError for what cannot be evaluated.
    """
    tagger = _model_of(settings, labels, jobs, progress) if settings else load_model(model)
    ids = tuple(a.id for a in tagger.areas)
    other = _model_of(compared, labels, jobs, progress) if compared else None
    examples = load_examples([file], ids, need_id=False)
    if not examples:
        raise ClassifierError(
            message("{place}: no paragraphs; it needs one JSON object with text and areas on each line", place=file)
        )
    if other is not None and tuple(a.id for a in other.areas) != ids:
        raise ClassifierError(
            message("{place}: has other areas than the model; compare models of the same areas", place=compared)
        )
    training = as_training_set(labels) if labels else None
    same = training if training and training.labelled.taxonomy.ids == ids else None
    about = {"file": file.name, "model": tagger.data_hash[:12], "settings": tagger.settings.as_dict()}
    return evaluate_on(
        examples, tagger, about, same, other, documents=documents, baselines=baselines, progress=progress
    )


def _model_of(place: Path, labels: Labels | None, jobs: int, progress: Progress) -> Model:
    """Return the model of a folder, or the one that a settings file trains on labels."""
    if place.suffix != ".toml":
        return load_model(place)
    if labels is None:
        raise ClassifierError(message("{place}: settings need labels to train on; give --labels", place=place))
    return train(labels, load_settings(place), jobs=jobs, progress=progress)


def evaluate_on(
    examples: Sequence[Example],
    model: Model,
    about: Mapping[str, Any],
    labels: TrainingSet | None,
    other: Model | None,
    *,
    documents: Path | None = None,
    baselines: bool = False,
    progress: Progress = quiet,
) -> Evaluation:
    """Evaluate a model on labelled paragraphs; nothing is fitted on them.

    labels: what the model may have learned from, and the baselines do. other: a model to compare with. documents: a
    folder with the documents that examples name. The report says how many of the paragraphs, or of nearly the same
    ones, the model was trained on, or that this is not known.
    """
    predictions = predict_examples(model, examples, documents, progress)
    sentences = [single_paragraph(e.text).sentences for e in examples]
    normalized = [[s.normalized for s in own] for own in sentences]
    # As `predict` cuts them, which may be other sentences than the labelled ones; paragraphs keep their areas.
    whole = [
        replace(e, sentences=tuple(own), sentence_areas=None, clause_areas=())
        for e, own in zip(examples, normalized, strict=True)
    ]
    labelled_counts = add_terms(
        count_examples(whole, normalized, predictions.areas, load_tokenizer(model.user_words), model.settings),
        model.vocabulary.terms,
    )
    paragraphs = paragraphs_of_examples(examples, sentences)
    counted = count_training_set(labels, policy_words(model.settings), model.settings) if labels and baselines else None
    known = (paragraph_counts(counted),) if counted else _learned(labels, model.settings) if labels else None
    if baselines and labels:
        progress(message("learning the baselines from the labels"))
    others = predict_examples(other, examples, documents) if other else None
    extras = Extras(
        baselines=_baselines_on(labelled_counts, counted, model) if counted else {},
        error_cases=find_error_cases(
            model, labelled_counts, paragraphs, np.where(predictions.counted, predictions.scores, 0), CASES_SHOWN
        ),
        compared=_differences(predictions, others, model.areas),
        sentences_compared=_differences(predictions.sentences, others.sentences if others else None, model.areas),
    )
    seen = len(trained_on(known, labelled_counts)) if known else 0
    sure = known is not None and labels is not None and model.data_hash in _hashes(labels)
    about = {**about, TRAINED_ON: seen if sure or seen else None}
    report = build_report(predictions, model.areas, paragraphs, about, extras)
    return Evaluation(predictions, model.areas, report, tuple(paragraphs))


def _hashes(labels: TrainingSet) -> set[str]:
    """Return the data hashes that a model has which was trained on labels, or trained on a part and updated."""
    base = replace(labels, labelled=replace(labels.labelled, examples=labels.ordered_examples()[0]))
    own = replace(labels.labelled, examples=labels.ordered_examples()[1])
    return {labels.digest(), updated_hash(base.digest(), own)}


def _learned(labels: TrainingSet, settings: Settings) -> tuple[ParagraphCounts, ...] | None:
    """Return the paragraphs of labels as a training counts them; None where an extract does not go with settings."""
    try:
        return learned_paragraphs(labels, policy_words(settings), settings)
    except LabelError:
        return None


def evaluate_labels(
    labels: Sequence[Path],
    folds: int,
    *,
    settings: Path | None = None,
    compared: Path | None = None,
    terms: Path | None = None,
    full: bool = True,
    baselines: bool = False,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Evaluation:
    """Cross-validate a settings file, or the defaults, on labels; `compared` is another settings file.

    The first of the labels may have a folder `readings` for the agreement of annotators. Raises ClassifierError for
    what cannot be evaluated.
    """
    if compared is not None and compared.suffix != ".toml":
        raise ClassifierError(message("{place}: with --cv, settings are compared; give a .toml file", place=compared))
    training = as_training_set(labels)
    chosen = load_settings(settings) if settings else Settings()
    return evaluate_cv(
        training,
        folds,
        chosen,
        {"labels": training.digest()[:12], "folds": folds, "settings": chosen.as_dict()},
        other=load_settings(compared) if compared else None,
        terms=terms,
        readings=labels[0] / "readings",
        full=full,
        baselines=baselines,
        jobs=jobs,
        progress=progress,
    )


def evaluate_cv(  # noqa: PLR0913 - one for each thing that an evaluation may be of
    training: TrainingSet,
    folds: int,
    settings: Settings,
    about: Mapping[str, Any],
    *,
    other: Settings | None = None,
    terms: Path | None = None,
    readings: Path | None = None,
    not_learned: tuple[str, ...] | None = None,
    full: bool = True,
    baselines: bool = False,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Evaluation:
    """Cross-validate settings on labels, every report kept whole.

    other: settings to compare with, on the same folds. readings: a folder with two readings of a sample. not_learned:
    paragraphs whose id begins with one of these are measured, but no model learns from them. full: with a report, for
    which learning curve, error cases and near-duplicates are computed. baselines: and simple classifiers, in it.
    """
    areas = training.labelled.taxonomy.areas
    user_words = policy_words(settings, terms)
    labelled_counts = count_training_set(training, user_words, settings)
    fold = folds_of(labelled_counts, folds, settings.seed)
    paragraphs = paragraphs_of_training(training)
    learned = [not_learned is None or not p.id.startswith(not_learned) for p in paragraphs]
    predictions, worst = cross_validate(
        labelled_counts,
        areas,
        user_words,
        fold,
        settings,
        paragraphs=paragraphs if full else (),
        learned=np.array(learned, dtype=np.bool_),
        jobs=jobs,
        progress=progress,
    )
    if not full:
        return Evaluation(predictions, areas, None, tuple(paragraphs))
    ids = predictions.areas
    keywords = read_policy_terms(terms or terms_folder())
    others = _other_predictions(training, fold, other, terms, jobs, progress) if other else None
    extras = Extras(
        baselines=cross_validate_baselines(labelled_counts, fold, keywords, ids, settings.mask_numbers)
        if baselines
        else {},
        error_cases=worst,
        compared=_differences(predictions, others, areas),
        sentences_compared=_differences(predictions.sentences, others.sentences if others else None, areas),
        learning_curve=measure_learning_curve(
            labelled_counts, areas, user_words, fold, settings, jobs=jobs, progress=progress
        ),
        annotator_agreement=measure_annotator_agreement(readings, ids) if readings else None,
        duplicates=duplicates_across_folds(labelled_counts, fold),
    )
    report = build_report(predictions, areas, paragraphs, about, extras, settings.seed)
    return Evaluation(predictions, areas, report, tuple(paragraphs))


def _other_predictions(
    training: TrainingSet, fold: Ints, other: Settings, terms: Path | None, jobs: int, progress: Progress
) -> EvaluatedPredictions:
    """Return the predictions of other settings on the same folds."""
    areas, user_words = training.labelled.taxonomy.areas, policy_words(other, terms)
    labelled_counts = count_training_set(training, user_words, other)
    return cross_validate(labelled_counts, areas, user_words, fold, other, jobs=jobs, progress=progress)[0]


def _differences(
    predictions: EvaluatedPredictions | None, other: EvaluatedPredictions | None, areas: Sequence[Area]
) -> dict[str, Difference]:
    """Return the differences of macro-F1 over all areas, and over the core areas where there are any; none of none."""
    if predictions is None or other is None:
        return {}
    core = np.array([a.core for a in areas])
    found = {"macro": compare_predictions(predictions, other, seed=0)}
    return found | ({"core": compare_predictions(predictions, other, seed=0, areas=core)} if core.any() else {})


def _baselines_on(evaluated: LabelledCounts, learned: LabelledCounts, model: Model) -> dict[str, Floats]:
    """Return the probabilities of the baselines, learned from some counts, on others."""
    ids = [a.id for a in model.areas]
    held_out = np.arange(len(learned.reports) + len(evaluated.reports)) >= len(learned.reports)
    keywords = read_policy_terms(terms_folder())
    return baselines_of_fold(merge_counts([learned, evaluated]), held_out, keywords, ids, model.settings.mask_numbers)
