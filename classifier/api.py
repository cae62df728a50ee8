"""The small Python API behind the command line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from classifier import sealed
from classifier.documents import reading
from classifier.errors import LabelError
from classifier.evaluation.card import model_card
from classifier.extracts import extraction, store
from classifier.extracts.card import extract_card
from classifier.extracts.joining import TrainingSet, count_training_set, load_training_set
from classifier.labelling.corrections import corrected, load_corrections
from classifier.labelling.sources import load_labels
from classifier.labelling.store import load_examples
from classifier.labelling.taxonomy import load_taxonomy
from classifier.model import bundle
from classifier.model.counted import LabelledCounts
from classifier.model.model import Model
from classifier.model.settings import Settings
from classifier.model.tokens import load_tokenizer
from classifier.model.training import Progress, Trained, quiet
from classifier.model.training import train as fit
from classifier.model.words import read_policy_terms, user_words, word_frequencies
from classifier.records import Document
from classifier.resources import default_model, taxonomy_file, terms_folder

Labels = Sequence[Path | str] | TrainingSet


def load_model(folder: Path | str | None = None) -> Model:
    """Load a model folder, or the shipped model. Raises BundleError where it is damaged or missing."""
    return bundle.load_bundle(Path(folder) if folder is not None else default_model())


def read(path: Path | str) -> Iterator[Document]:
    """Yield the reports of a file or folder. Raises DocumentError at the first that cannot be read."""
    for source in reading.sources(str(path)):
        yield reading.read(source)


def policy_words(settings: Settings, terms: Path | None = None) -> dict[str, int]:
    """Return the user dictionary of a terms folder, or of the shipped terms, with frequencies."""
    return word_frequencies(user_words(read_policy_terms(terms or terms_folder()), settings.mask_numbers))


def train(
    labels: Labels,
    settings: Settings | None = None,
    *,
    terms: Path | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Model:
    """Train a model on label files, labels folders and extracts. Raises LabelError with a line for each fault."""
    trained, _ = _train(labels, settings or Settings(), terms, jobs, progress)
    return trained.model


def train_into(
    labels: Labels,
    folder: Path,
    settings: Settings | None = None,
    *,
    terms: Path | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> Model:
    """Train a model and write it to a folder, with its card. Raises BundleError where it cannot be written."""
    bundle.check_bundle_target(folder)
    trained, counted = _train(labels, settings or Settings(), terms, jobs, progress)
    bundle.save_bundle(trained.model, folder, model_card(trained, counted))
    return trained.model


def _train(
    labels: Labels, settings: Settings, terms: Path | None, jobs: int, progress: Progress
) -> tuple[Trained, LabelledCounts]:
    training = training_set(labels)
    words = policy_words(settings, terms)
    counted = count_training_set(training, words, settings)
    areas = training.labelled.taxonomy.areas
    trained = fit(counted, areas, words, settings, data_hash=training.digest(), jobs=jobs, progress=progress)
    return trained, counted


def training_set(labels: Labels) -> TrainingSet:
    """Read label files, labels folders and extracts, unless they are read already."""
    return labels if isinstance(labels, TrainingSet) else load_training_set([Path(p) for p in labels])


def write_extract(
    file: Path,
    out: Path,
    *,
    corrections: Path | None = None,
    common: Sequence[Path] = (),
    language: Path | None = None,
    terms: Path | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> dict[str, int]:
    """Write the text-free extract of a file of labelled paragraphs; returns the account of what was left out.

    common: labelled texts that may be read by all; a term is rare only if it is so in both together.
    language: a folder of further reports, whose language may help to rebuild a sentence.
    """
    sealed.check_artifact_target(out, store.EXTRACT_ARTIFACT)
    taxonomy = load_taxonomy(taxonomy_file())
    examples = load_examples([file], taxonomy.ids)
    if not examples:
        raise LabelError(f"{file}: no paragraphs; it needs one JSON object with sentences and areas on each line")
    if corrections is not None:
        examples = corrected(examples, load_corrections(corrections, taxonomy.ids))
    open_texts = load_labels(common).examples if common else ()
    settings = Settings()
    words = policy_words(settings, terms)
    others = (
        []
        if language is None
        else [[s.normalized for p in document.paragraphs for s in p.sentences] for document in read(language)]
    )
    found = extraction.build_extract(
        examples,
        taxonomy.ids,
        words,
        load_tokenizer(words),
        settings,
        common=open_texts,
        others=others,
        jobs=jobs,
        progress=progress,
    )
    store.save_extract(found, out, extract_card(found))
    return found.account
