"""The parts of a run over many reports, each with its input ready, so that each can be timed by itself."""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import reports, text_folder
from classifier.documents.encoding import decode
from classifier.documents.structure import paragraphs
from classifier.engines.batches import SIZE
from classifier.model.bundle import load
from classifier.model.counts import Occurrences
from classifier.model.model import BATCH, Model
from classifier.model.scan import scan
from classifier.model.tokens import Cut, cutter
from classifier.output.jsonl import JsonlEncoder
from classifier.output.writer import View
from classifier.records import CONTENT, Paragraph, Prediction
from classifier.resources import default_model


class Stages:
    """Each part as a method without arguments; what it needs from the parts before is computed once."""

    def __init__(self, corpus: Path | None, place: Path, most: int | None = None) -> None:
        """Take the reports of a folder, or of the usual one, up to so many bytes."""
        import scipy.sparse  # noqa: F401 - as for any run over many reports

        files = reports(text_folder(corpus, place))
        self.files: list[Path] = []
        size = 0
        for file in files:
            if most is not None and size >= most:
                break
            self.files.append(file)
            size += file.stat().st_size
        self.model: Model = load(default_model())
        self.cut: Cut = cutter(self.model.words)
        self.encoder = JsonlEncoder(View(self.model.areas, "zh"))

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
    def plains(self) -> list[list[str]]:
        """The plain sentences of each group of paragraphs that is scored together."""
        groups = [self.flat[i : i + BATCH] for i in range(0, len(self.flat), BATCH)]
        return [[s.plain if p.kind in CONTENT else "" for p in group for s in p.sentences] for group in groups]

    @cached_property
    def found(self) -> list[Occurrences]:
        """The terms in each group."""
        return self.scan()

    @cached_property
    def tagged(self) -> list[list[tuple[str, Prediction]]]:
        """The predictions, in batches as long as a run encodes at a time."""
        rows = iter([("report", p) for p in self.predict()])
        each = max(1, len(self.flat) * SIZE // max(1, sum(map(len, self.data))))
        return list(iter(lambda: list(islice(rows, each)), []))

    @cached_property
    def cut_texts(self) -> list[str]:
        """What the cutter is given, a text for each group."""
        seen: list[str] = []

        def listening(text: str) -> list[str]:
            seen.append(text)
            return self.cut(text)

        for plains in self.plains:
            scan(plains, self.model.vocabulary, listening, self.model.settings)
        return seen

    @cached_property
    def tokens(self) -> list[list[str]]:
        """The words of each group."""
        return [self.cut(text) for text in self.cut_texts]

    # The parts.

    def load(self) -> Model:
        """Read the model."""
        return load(default_model())

    def read(self) -> list[bytes]:
        """Read the files."""
        return [file.read_bytes() for file in self.files]

    def decode(self) -> list[str]:
        """Bytes to text, with a look whether it is one."""
        return [decode(data, "report")[0] for data in self.data]

    def structure(self) -> list[tuple[Paragraph, ...]]:
        """Text to paragraphs and sentences."""
        return [paragraphs(text) for text in self.texts]

    def cutting(self) -> None:
        """Text to words."""
        for text in self.cut_texts:
            self.cut(text)

    def look_up(self) -> None:
        """Words to columns."""
        find = self.model.vocabulary.columns.get
        for tokens in self.tokens:
            list(map(find, tokens))

    def scan(self) -> list[Occurrences]:
        """Plain sentences to known terms; with the cutting."""
        model = self.model
        return [scan(plains, model.vocabulary, self.cut, model.settings) for plains in self.plains]

    def score(self) -> list[Any]:
        """Terms to scores of sentences and clauses."""
        classifiers, sublinear = self.model.classifiers, self.model.settings.sublinear
        return [classifiers.score(found, sublinear) for found in self.found]

    def predict(self) -> list[Prediction]:
        """Paragraphs to predictions; with scanning and scoring."""
        return list(self.model.predict_paragraphs(self.flat))

    def encode(self) -> None:
        """Predictions to JSON lines."""
        for rows in self.tagged:
            self.encoder.encode(rows)

    def encode_parquet(self) -> None:
        """Predictions to Arrow streams."""
        from classifier.output.parquet import ParquetEncoder

        encoder = ParquetEncoder(self.encoder.view)
        for rows in self.tagged:
            encoder.encode(rows)

    @cached_property
    def product(self) -> Callable[[], None]:
        """The sparse product that any linear model needs: all known terms once, with the weights of all areas."""
        import numpy as np
        from scipy.sparse import csr_array

        classifiers = self.model.classifiers
        table = classifiers.table
        matrices: list[Any] = []
        for found in self.found:
            row = np.concatenate([clause for clause, _ in found.groups])
            column = np.concatenate([column for _, column in found.groups])
            shape = (len(found.owner), len(table))
            matrices.append(csr_array((np.ones(len(row)), (row, column)), shape=shape))
        return lambda: multiply(matrices, table)


def multiply(matrices: Sequence[Any], table: Any) -> None:
    """Multiply each matrix with a table."""
    for matrix in matrices:
        matrix @ table
