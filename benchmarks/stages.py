"""The parts of a run over many reports, each with its input ready, so that each can be timed by itself."""

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpus import reports, text_folder
from classifier import compiled
from classifier.documents.structure import parse_paragraphs
from classifier.engines.batches import BATCH_BYTES
from classifier.features.csr import TermOccurrences
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
    """Each part as a method without arguments; what it needs from the parts before is computed once."""

    def __init__(self, corpus: Path | None, place: Path, most: int | None = None) -> None:
        """Take the reports of a folder, or of the usual one, up to so many bytes."""
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
        self.scorer = self.model.kernel
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
        """The normalized sentences of each portion that is scored together."""
        every = [s.normalized if p.kind in CONTENT else "" for p in self.flat for s in p.sentences]
        return [every[i : i + PORTION] for i in range(0, len(every), PORTION)]

    @cached_property
    def prepared(self) -> list[tuple[bytes, str]]:
        """Each portion as the kernel and as the tokenizer want it."""
        return self.prepare()

    @cached_property
    def found(self) -> list[TermOccurrences]:
        """The terms in each portion."""
        return self.find()

    @cached_property
    def tagged(self) -> list[list[tuple[str, Prediction]]]:
        """The predictions, in batches as long as a run encodes at a time."""
        rows = iter([("report", p) for p in self.predict()])
        each = max(1, len(self.flat) * BATCH_BYTES // max(1, sum(map(len, self.data))))
        return list(iter(lambda: list(islice(rows, each)), []))

    @cached_property
    def tokens(self) -> list[list[str]]:
        """The words of each portion."""
        return [self.tokenize(text) for _, text in self.prepared]

    @cached_property
    def scores(self) -> list[tuple[Any, Any]]:
        """Room for the scores of each portion."""
        areas = len(self.model.areas)
        return [(np.empty((len(own), areas)), np.empty((len(own), areas))) for own in self.portions]

    # The parts.

    def load(self) -> Model:
        """Read the model."""
        return load_model(default_model())

    def read(self) -> list[bytes]:
        """Read the files."""
        return [file.read_bytes() for file in self.files]

    def decode(self) -> list[str]:
        """Bytes to text, with a look whether it is one."""
        return [decode(data, "report")[0] for data in self.data]

    def structure(self) -> list[tuple[Paragraph, ...]]:
        """Text to paragraphs and sentences."""
        return [parse_paragraphs(text) for text in self.texts]

    def prepare(self) -> list[tuple[bytes, str]]:
        """Normalized sentences to the text that terms are found in."""
        return [(codes, codes.decode("utf-16-le")) for codes in map(self.scorer.prepare, self.portions)]

    def tokenizing(self) -> None:
        """Text to words."""
        for _, text in self.prepared:
            self.tokenize(text)

    def look_up(self) -> None:
        """Words to columns."""
        find = self.model.vocabulary.word_columns.get
        for tokens in self.tokens:
            list(map(find, tokens))

    def score(self) -> None:
        """Text and words to scores of sentences and clauses."""
        for tokens, (codes, _), (whole, best) in zip(self.tokens, self.prepared, self.scores, strict=True):
            compiled.kernel.score(self.scorer.tables, tokens, codes, whole, best)

    def numpy(self) -> list[Any]:
        """Normalized sentences to scores as where there is no kernel; with the tokenizing."""
        return [self.model.classifiers.score(one, self.model.settings.sublinear) for one in self.find()]

    def find(self) -> list[TermOccurrences]:
        """Normalized sentences to the terms in them, with numpy; with the tokenizing."""
        model = self.model
        return [find_terms(own, model.vocabulary, self.tokenize, model.settings) for own in self.portions]

    def predict(self) -> list[Prediction]:
        """Paragraphs to predictions; with preparing, tokenizing and scoring."""
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

    @cached_property
    def product(self) -> Callable[[], None]:
        """The sparse product that any linear model needs: all known terms once, with the weights of all areas."""
        from scipy.sparse import csr_array

        classifiers = self.model.classifiers
        table = classifiers.table
        matrices: list[Any] = []
        for found in self.found:
            row = np.concatenate([clause for clause, _ in found.groups])
            column = np.concatenate([column for _, column in found.groups])
            shape = (len(found.row_to_sentence), len(table))
            matrices.append(csr_array((np.ones(len(row)), (row, column)), shape=shape))
        return lambda: multiply(matrices, table)


def multiply(matrices: Sequence[Any], table: Any) -> None:
    """Multiply each matrix with a table."""
    for matrix in matrices:
        matrix @ table
