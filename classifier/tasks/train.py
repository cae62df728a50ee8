"""`classify train` without a terminal: labels -> a model, or a model folder with its card."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from classifier.features.user_dictionary import policy_words
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.model import bundle
from classifier.model.model import Model
from classifier.output.reports.model_card import model_card
from classifier.progress import Progress, quiet
from classifier.settings import Settings
from classifier.training.train import Trained, train_model
from classifier.training.training_set import Labels, as_training_set, base_part, count_training_set


def train(
    labels: Labels,
    settings: Settings | None = None,
    *,
    terms: Path | None = None,
    seed_terms: Mapping[str, Sequence[str]] | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Model:
    """Train a model on label files, labels folders and extracts. Raises LabelError with a line for each fault.

    terms: a folder of the policy terms that the tokenizer keeps whole; the shipped one if not given. seed_terms: by the
    id of an area that few labels speak of, terms by which an unlabelled sentence may be about it.
    """
    trained, _ = train_on(labels, settings or Settings(), terms, seed_terms, jobs, progress)
    return trained.model


def train_into(
    labels: Labels,
    folder: Path,
    settings: Settings | None = None,
    *,
    terms: Path | None = None,
    seed_terms: Mapping[str, Sequence[str]] | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Model:
    """Train a model as `train` does and write it to a folder, with its card.

    Raises BundleError where it cannot be written.
    """
    bundle.check_bundle_target(folder)
    trained, labelled_counts = train_on(labels, settings or Settings(), terms, seed_terms, jobs, progress)
    bundle.save_model(trained.model, folder, model_card(trained.model, labelled_counts, trained.out_of_fold))
    return trained.model


def train_on(
    labels: Labels,
    settings: Settings,
    terms: Path | None = None,
    seed_terms: Mapping[str, Sequence[str]] | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> tuple[Trained, LabelledCounts]:
    """Train a model, and return it with its out-of-fold probabilities and the counts that it learned from."""
    training = as_training_set(labels)
    user_words = policy_words(settings, terms)
    labelled_counts = count_training_set(training, user_words, settings)
    areas = training.labelled.taxonomy.areas
    trained = train_model(
        labelled_counts,
        areas,
        user_words,
        settings,
        seed_terms=seed_terms,
        base=base_part(training, user_words, settings),
        data_hash=training.digest(),
        jobs=jobs,
        progress=progress,
    )
    return trained, labelled_counts
