"""The small Python API behind the command line."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from classifier.documents import reading
from classifier.labelling.sources import LabelledSet, load_labels
from classifier.model import bundle
from classifier.model.model import Model
from classifier.model.settings import Settings
from classifier.records import Document
from classifier.resources import default_model, terms_folder


def load_model(folder: Path | str | None = None) -> Model:
    """Load a model folder, or the shipped model. Raises BundleError where it is damaged or missing."""
    return bundle.load(Path(folder) if folder is not None else default_model())


def read(path: Path | str) -> Iterator[Document]:
    """Yield the reports of a file or folder. Raises DocumentError at the first that cannot be read."""
    for source in reading.sources(str(path)):
        yield reading.read(source)


def policy_words(settings: Settings, terms: Path | None = None) -> dict[str, int]:
    """Return the user dictionary of a terms folder, or of the shipped terms, with frequencies."""
    from classifier.model.words import frequencies, read_terms, user_words

    return frequencies(user_words(read_terms(terms or terms_folder()), settings.mask_numbers))


def train(
    labels: Sequence[Path | str] | LabelledSet,
    settings: Settings | None = None,
    *,
    terms: Path | None = None,
    jobs: int = 1,
) -> Model:
    """Train a model on label files or folders. Raises LabelError with a line for each fault."""
    from classifier.model import training

    labelled = labels if isinstance(labels, LabelledSet) else load_labels([Path(p) for p in labels])
    chosen = settings or Settings()
    words = policy_words(chosen, terms)
    counted = training.count_labels(labelled.examples, labelled.taxonomy.areas, words, chosen)
    return training.train(counted, labelled.taxonomy.areas, words, chosen, data_hash=labelled.digest(), jobs=jobs)
