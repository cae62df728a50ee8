"""A model updated with a few labels more than it was trained on: its classifiers are fitted anew, all else stays.

A few paragraphs teach classifiers new words, but hardly move how scores become probabilities, which rests on thousands
of paragraphs: the calibration, the sentence stage and the outcomes are those of the model. Where it is not labelled
which clause of a shipped sentence carries an area, the model has chosen once, so that both kinds of classifiers are
fitted side by side; of a new sentence every clause does.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Floats
from classifier.documents.normalize import normalize_text
from classifier.features.csr import TermOccurrences, occurrences
from classifier.features.tfidf import idf
from classifier.labelling.labelled_counts import UNKNOWN, LabelledCounts, count_examples
from classifier.labelling.sources import LabelledSet
from classifier.model.calibration import gather_scores
from classifier.model.model import Model
from classifier.progress import Progress, quiet
from classifier.records import Area, Example
from classifier.storage.cache import load_arrays, save_arrays
from classifier.training.base_counts import BaseCounts, add_labels, split_terms
from classifier.training.base_part import (
    PART_FITS,
    WHOLE_FIT,
    BasePart,
    key_of,
    load_alphas,
    load_counts,
    save_alphas,
    save_counts,
)
from classifier.training.carriers import choose_carriers
from classifier.training.fold_fits import TrainingRows, fit_both, fit_parts, training_rows, without_folds
from classifier.training.svm import LabelledRows
from classifier.training.train import stored_classifiers, tell_size
from classifier.training.training_set import count_training_set, counts_key, files_checksum, load_training_set

_CARRIERS = "carriers"
MOST_NEW = 0.05  # new paragraphs for one that the model was trained on; with more, a training from the start is due


@dataclass(frozen=True, slots=True, eq=False)
class Updated:
    """An updated model, and what its classifiers were fitted on."""

    model: Model
    base: BasePart
    rows: TrainingRows


def update_model(
    model: Model,
    labels: Path,
    new: Sequence[Example],
    areas: Sequence[Area],
    *,
    data_hash: str = "",
    jobs: int = 1,
    progress: Progress = quiet,
) -> Updated | None:
    """Update a model; None where it was not trained on these labels, or has other areas.

    labels: a labels folder. areas: those of the model, under the names that they have now. jobs: threads. Raises
    LabelError or BundleError where the folder cannot be read.
    """
    settings, ids = model.settings, [a.id for a in areas]
    if ids != [a.id for a in model.areas] or (found_base := _base(model, labels, ids)) is None:
        return None
    counts, base, carriers = found_base
    kept = add_labels(counts, _count_new(model, sorted(new, key=lambda e: e.id), ids), settings)
    tell_size(kept, progress)
    rows = training_rows(kept, idf(kept.sentence_counts), settings.sublinear, jobs)
    start = load_alphas(base, settings, ids, WHOLE_FIT)
    fitted = fit_both(_with_carriers(rows, carriers), settings, start[0] if start else None, jobs)
    if not start:
        save_alphas(base, settings, ids, WHOLE_FIT, [fitted.alphas], kept)
    classifiers, vocabulary = stored_classifiers(fitted.classifiers, kept.terms)
    found = replace(model, areas=tuple(areas), classifiers=classifiers, vocabulary=vocabulary, data_hash=data_hash)
    return Updated(found, base, rows)


def updated_hash(model_hash: str, new: LabelledSet) -> str:
    """Return the data hash of a model that is updated with new labels."""
    return hashlib.sha256(f"{model_hash}\n{new.digest()}".encode()).hexdigest()


def out_of_fold(updated: Updated, jobs: int = 1, progress: Progress = quiet) -> Floats:
    """Return probabilities of classifiers that were fitted without the report, shape (paragraphs, areas).

    The calibration has seen it. Carriers are chosen by each fit anew, as in a training from the start.
    """
    model, rows, base = updated.model, updated.rows, updated.base
    settings, ids = model.settings, [a.id for a in model.areas]
    held_out = without_folds(rows.counts, settings, base.paragraphs)
    start = load_alphas(base, settings, ids, PART_FITS)
    fits = fit_parts(rows, held_out, settings, start, jobs=jobs, progress=progress)
    if not start:
        save_alphas(base, settings, ids, PART_FITS, fits.alphas, rows.counts)
    paragraph, paragraphs = rows.counts.sentence_to_paragraph, len(rows.counts.reports)
    return model.probabilities(gather_scores(fits.sentences, fits.clauses, paragraph, paragraphs))


Carriers = tuple[NDArray[np.int8], NDArray[np.int8]]  # labels of sentences and of clauses, none of them UNKNOWN


def _base(model: Model, labels: Path, areas: Sequence[str]) -> tuple[BaseCounts, BasePart, Carriers] | None:
    """Return the counts of a labels folder and the carriers that a model chose, as they are kept, else made now.

    None where these are not the labels that the model was trained on.
    """
    settings, words = model.settings, model.user_words
    key = key_of(counts_key(areas, files_checksum(labels), words, settings), model.data_hash, _weights_checksum(model))
    counts, chosen = load_counts(key), load_arrays(_CARRIERS, key)
    if counts is None or chosen is None:
        training = load_training_set([labels])
        every = count_training_set(training, words, settings)
        if training.digest() != model.data_hash or not set(model.vocabulary.terms) <= set(every.terms):
            return None
        found = choose_carriers(every, *_scores(model, every))
        counts, chosen = split_terms(every, settings), {"sentences": found.labels, "clauses": found.clause_labels}
        save_counts(key, counts)
        save_arrays(_CARRIERS, key, chosen)
    return counts, BasePart(len(counts.frequent.reports), key), (chosen["sentences"], chosen["clauses"])


def _with_carriers(rows: TrainingRows, carriers: Carriers) -> TrainingRows:
    """Return rows with the labels of carriers in those of the base part, which come first."""
    sentences, clauses = (
        LabelledRows(own.weighed, np.concatenate([known, own.labels[len(known) :]]), own.group)
        for own, known in zip((rows.sentences, rows.clauses), carriers, strict=True)
    )
    return replace(rows, sentences=sentences, clauses=clauses)


def _weights_checksum(model: Model) -> str:
    """Return a SHA-256 of what carriers are chosen by."""
    digest = hashlib.sha256(model.vocabulary.ngrams.tobytes() + "\n".join(model.vocabulary.words).encode())
    for part in (model.classifiers.sentences, model.classifiers.clauses):
        digest.update(part.coef.tobytes() + part.intercept.tobytes())
    return digest.hexdigest()


def _scores(model: Model, labelled_counts: LabelledCounts) -> tuple[Floats, Floats]:
    """Return the scores of sentences and of clauses, each by its own classifiers."""
    known = model.known(labelled_counts)
    counted = (known.sentence_counts, known.clause_counts)
    alone = (TermOccurrences((occurrences(c),), np.arange(c.rows), c.rows) for c in counted)  # each a sentence
    both = [model.classifiers.score(each, model.settings.sublinear) for each in alone]
    return both[0][0], both[1][1]


def _count_new(model: Model, new: Sequence[Example], areas: Sequence[str]) -> LabelledCounts:
    """Return the counts of labelled paragraphs, in which every clause carries what its sentence has.

    Where only a paragraph is labelled, its best sentence by the model carries the area.
    """
    sentences = [[normalize_text(s) for s in e.sentences] for e in new]
    counts = count_examples(new, sentences, areas, model.tokenize, model.settings)
    scores = model.sentence_scores([sentence for own in sentences for sentence in own])[0]
    found = choose_carriers(counts, scores, np.zeros(counts.clause_labels.shape))
    weak = counts.clause_labels == UNKNOWN
    own = np.where(weak, found.labels[counts.clause_to_sentence], counts.clause_labels)
    return replace(found, clause_labels=own)
