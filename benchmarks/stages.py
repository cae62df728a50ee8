"""The parts of a run over many reports; each has its input ready, so that it can be timed alone."""

import sys
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import reports, text_folder
from classifier.documents.structure import parse_paragraphs
from classifier.engines.batches import BATCH_BYTES
from classifier.features.term_index import find_terms
from classifier.features.tokenizer import Tokenize, load_tokenizer
from classifier.model.bundle import load_model
from classifier.model.kernel_scores import PORTION
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.readers.encoding import decode
from classifier.records import CONTENT, Paragraph, Prediction
from classifier.resources import default_model


class Stages:
    """Each part is a method without arguments; what it needs of the parts before it is computed once."""

    def __init__(self, corpus: Path | None, place: Path, most: int | None = None) -> None:
        """Take the reports of a folder, else of the usual one, up to `most` bytes."""
        files = reports(text_folder(corpus, place))
        self.files: list[Path] = []
        size = 0
        for file in files:
            if most is not None and size >= most:
                break
            self.files.append(file)
            size += file.stat().st_size
        self.model: Model = load_model(default_model())
        if self.model.kernel is None:
            sys.exit("the parts are those of the compiled kernel, which was not built here; install a C compiler")
        self.kernel = self.model.kernel
        self.tokenize: Tokenize = load_tokenizer(self.model.user_words)
        self.output_format = JsonlFormat(OutputOptions(self.model.areas, "zh"))

    # What the parts work on.

    @cached_property
    def data(self) -> list[bytes]:
        """The bytes of the reports."""
        return self.read()

    @cached_property
    def texts(self) -> list[str]:
        """The reports as text."""
        return self.decode()

    @cached_property
    def characters(self) -> int:
        """How many characters there are."""
        return sum(map(len, self.texts))

    @cached_property
    def parsed(self) -> list[tuple[Paragraph, ...]]:
        """The reports as paragraphs."""
        return self.structure()

    @cached_property
    def flat(self) -> list[Paragraph]:
        """All paragraphs."""
        return [p for document in self.parsed for p in document]

    @cached_property
    def portions(self) -> list[list[str]]:
        """The normalized sentences, those that are scored together in one list."""
        every = [s.normalized if p.kind in CONTENT else "" for p in self.flat for s in p.sentences]
        return [every[i : i + PORTION] for i in range(0, len(every), PORTION)]

    @cached_property
    def tokenizer_input(self) -> list[str]:
        """Each portion as one text, as the kernel gives it to the tokenizer."""
        texts: list[str] = []

        def keep(text: str) -> list[str]:
            texts.append(text)
            return self.tokenize(text)

        for sentences in self.portions:
            self.kernel.score(sentences, keep)
        return texts

    @cached_property
    def tagged(self) -> list[list[tuple[str, Prediction]]]:
        """The predictions, in batches as long as a run encodes at a time."""
        rows = iter([("report", p) for p in self.predict()])
        each = max(1, len(self.flat) * BATCH_BYTES // max(1, sum(map(len, self.data))))
        return list(iter(lambda: list(islice(rows, each)), []))

    @cached_property
    def tokens(self) -> list[list[str]]:
        """The words of each portion."""
        return [self.tokenize(text) for text in self.tokenizer_input]

    # The parts.

    def load(self) -> Model:
        """Read the model."""
        return load_model(default_model())

    def read(self) -> list[bytes]:
        """Read the files."""
        return [file.read_bytes() for file in self.files]

    def decode(self) -> list[str]:
        """Bytes to text."""
        return [decode(data, "report")[0] for data in self.data]

    def structure(self) -> list[tuple[Paragraph, ...]]:
        """Text to paragraphs and sentences."""
        return [parse_paragraphs(text) for text in self.texts]

    def tokenizing(self) -> None:
        """Text to words."""
        for text in self.tokenizer_input:
            self.tokenize(text)

    def score(self) -> None:
        """Sentences and their words to linear scores of sentences and clauses, by the kernel."""
        for tokens, sentences in zip(self.tokens, self.portions, strict=True):
            self.kernel.score(sentences, lambda _, tokens=tokens: tokens)  # type: ignore[misc]

    def numpy(self) -> list[Any]:
        """Sentences to linear scores as where there is no kernel; with the tokenizing."""
        import scipy.sparse  # noqa: F401 - as for any run over many reports

        model = self.model
        found = (find_terms(part, model.vocabulary, self.tokenize, model.settings) for part in self.portions)
        return [model.classifiers.score(terms, model.settings.sublinear) for terms in found]

    def predict(self) -> list[Prediction]:
        """Paragraphs to predictions; with tokenizing and scoring."""
        return list(self.model.predict_paragraphs(self.flat))

    def encode(self) -> None:
        """Predictions to JSON lines."""
        for rows in self.tagged:
            self.output_format.encode(rows)

    def encode_parquet(self) -> None:
        """Predictions to Arrow streams."""
        from classifier.output.predictions.parquet import ParquetFormat

        output_format = ParquetFormat(self.output_format.options)
        for rows in self.tagged:
            output_format.encode(rows)
