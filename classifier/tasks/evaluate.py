"""What `classify evaluate` computes: runs, baselines, comparison, curve and gallery, gathered into one report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.documents.structure import single_paragraph
from classifier.evaluation import baselines
from classifier.evaluation.comparison import Difference, compare
from classifier.evaluation.cross_validation import CASES_SHOWN, cross_validate, folds_of
from classifier.evaluation.duplicates import across_folds
from classifier.evaluation.error_cases import EvaluatedParagraph, find_error_cases
from classifier.evaluation.evaluated import EvaluatedPredictions, predict_examples
from classifier.evaluation.learning_curve import measure_learning_curve
from classifier.evaluation.report import Extras, build_report
from classifier.features.tokenizer import load_tokenizer
from classifier.features.user_dictionary import policy_words, read_policy_terms
from classifier.labelling.agreement import load_reading, measure_agreement, whole_paragraphs
from classifier.labelling.labelled_counts import add_terms, count_examples, merge_counts
from classifier.model.model import Model
from classifier.progress import Progress, quiet
from classifier.records import Area, Example
from classifier.resources import terms_folder
from classifier.settings import Settings
from classifier.training.training_set import TrainingSet, count_training_set

READINGS = ("first.jsonl", "second.jsonl")


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A run with its areas, and the report of it as plain values."""

    predictions: EvaluatedPredictions
    areas: tuple[Area, ...]
    report: dict[str, Any]


def evaluate_on(
    examples: Sequence[Example],
    model: Model,
    about: Mapping[str, Any],
    labels: TrainingSet | None,
    other: Model | None,
    progress: Progress = quiet,
) -> Evaluation:
    """Evaluate a model on labelled paragraphs; nothing is fitted on them.

    labels: what the baselines learn from; without it there are none. other: a model to compare with.
    """
    run = predict_examples(model, examples)
    sentences = [single_paragraph(e.text).sentences for e in examples]
    plains = [[s.normalized for s in parts] for parts in sentences]
    counted = add_terms(
        count_examples(examples, plains, run.areas, load_tokenizer(model.user_words), model.settings),
        model.vocabulary.terms,
    )
    units = [
        EvaluatedParagraph(e.id, e.report, len(parts), e.level, e.year, tuple(e.text[s.start : s.end] for s in parts))
        for e, parts in zip(examples, sentences, strict=True)
    ]
    if labels:
        progress("learning the baselines from the labels")
    extras = Extras(
        baselines=_baselines_on(examples, plains, model, labels) if labels else {},
        error_cases=find_error_cases(model, counted, units, run.scores, CASES_SHOWN),
        compared=_differences(run, predict_examples(other, examples), model.areas) if other else {},
    )
    return Evaluation(run, model.areas, build_report(run, model.areas, units, about, extras))


def evaluate_cv(
    training: TrainingSet,
    folds: int,
    settings: Settings,
    about: Mapping[str, Any],
    *,
    other: Settings | None = None,
    terms: Path | None = None,
    readings: Path | None = None,
    full: bool = True,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Evaluation:
    """Cross-validate settings on labels, every report kept whole.

    other: settings to compare with, on the same folds. readings: a folder with two readings of a sample. full: with
    gallery, baselines, learning curve and near-duplicates, for a report.
    """
    areas = training.labelled.taxonomy.areas
    words = policy_words(settings, terms)
    counted = count_training_set(training, words, settings)
    fold = folds_of(counted, folds, settings.seed)
    units = _units(training)
    run, worst = cross_validate(
        counted, areas, words, fold, settings, units=units if full else (), jobs=jobs, progress=progress
    )
    if not full:
        return Evaluation(run, areas, {})
    lists = read_policy_terms(terms or terms_folder())
    extras = Extras(
        baselines=baselines.held_out(counted, fold, lists, run.areas, settings.mask_numbers),
        error_cases=worst,
        compared=_differences(run, _other_run(training, fold, other, terms, jobs, progress), areas) if other else {},
        learning_curve=measure_learning_curve(counted, areas, words, fold, settings, jobs=jobs, progress=progress),
        annotator_agreement=_ceiling(readings, run.areas) if readings else {},
        duplicates=across_folds(counted, fold),
    )
    return Evaluation(run, areas, build_report(run, areas, units, about, extras, settings.seed))


def _other_run(
    training: TrainingSet, fold: Ints, other: Settings, terms: Path | None, jobs: int, progress: Progress
) -> EvaluatedPredictions:
    words = policy_words(other, terms)
    counted = count_training_set(training, words, other)
    run, _ = cross_validate(counted, training.labelled.taxonomy.areas, words, fold, other, jobs=jobs, progress=progress)
    return run


def _differences(
    run: EvaluatedPredictions, other: EvaluatedPredictions, areas: Sequence[Area]
) -> dict[str, Difference]:
    core = np.array([a.core for a in areas])
    found = {"macro": compare(run, other, seed=0)}
    return found | ({"core": compare(run, other, seed=0, areas=core)} if core.any() else {})


def _baselines_on(
    examples: Sequence[Example], plains: Sequence[Sequence[str]], model: Model, labels: TrainingSet
) -> dict[str, Floats]:
    """Return the probabilities of the baselines, learned from labels, on examples."""
    ids = [a.id for a in model.areas]
    settings = model.settings
    learned = count_training_set(labels, policy_words(settings), settings)
    new = count_examples(examples, plains, ids, load_tokenizer(model.user_words), settings)
    both = merge_counts([learned, new])
    fold = np.concatenate([np.zeros(len(learned.reports), dtype=np.int64), np.ones(len(new.reports), dtype=np.int64)])
    return baselines.of_fold(both, fold == 1, read_policy_terms(terms_folder()), ids, settings.mask_numbers)


def _ceiling(folder: Path, areas: Sequence[str]) -> dict[str, float]:
    """Return how far two readings agree on paragraphs, each with the union of its sentences."""
    files = [folder / name for name in READINGS]
    if not all(f.is_file() for f in files):
        return {}
    first, second = (whole_paragraphs(load_reading(f)) for f in files)
    found = measure_agreement(first, second, areas)
    return {"macro": found.macro_f1}


def _units(training: TrainingSet) -> list[EvaluatedParagraph]:
    """Return what is known of each paragraph, in the order in which they are counted."""
    texts = sorted(training.labelled.examples, key=lambda e: e.id)
    units = [EvaluatedParagraph(e.id, e.report, len(e.sentences), e.level, e.year, e.sentences) for e in texts]
    for named in training.extracts:
        sizes = np.bincount(
            named.extract.labelled_counts.sentence_to_paragraph, minlength=len(named.extract.paragraphs)
        )
        pairs = zip(named.extract.paragraphs, sizes, strict=True)
        units += [EvaluatedParagraph(p.id, p.report, int(n), p.level, p.year) for p, n in pairs]
    return units
