"""Reports tagged one after the other on this machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from classifier.documents.reading import Source, read
from classifier.errors import DocumentError
from classifier.model.model import Model
from classifier.records import Document, Prediction


@dataclass(frozen=True, slots=True)
class Tagged:
    """A document and a prediction for each of its paragraphs."""

    document: Document
    predictions: tuple[Prediction, ...]


def tag(sources: Iterable[Source], model: Model) -> Iterator[Tagged | DocumentError]:
    """Yield for each source its tagged document, or the error that kept it from being read."""
    for source in sources:
        try:
            document = read(source)
        except DocumentError as error:
            yield error
        else:
            yield Tagged(document, tuple(model.predict(document)))
