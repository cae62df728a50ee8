"""A text column of a Spark table, tagged on all of its machines by the function that tags batches on this one.

Needs the extra `spark`; the package must be installed for the Python of every worker, the model goes with the job.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.engines.batches import BATCH_BYTES, START, Batch
from classifier.engines.own_process import tune_process
from classifier.engines.tagging import tag_batch
from classifier.errors import ClassifierError, DocumentError
from classifier.messages import message
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.parquet import ParquetFormat
from classifier.output.receipts.file_receipt import FileReceipt, merged
from classifier.readers.formats import format_of_ending
from classifier.readers.raw import ID_COLUMN, RawDocument, Row, Source, no_column
from classifier.readers.tables import row_document
from classifier.resources import default_model
from classifier.storage.artifact import MANIFEST

if TYPE_CHECKING:
    from pyspark.accumulators import Accumulator
    from pyspark.sql import DataFrame, SparkSession

ROWS_OF_ARROW_BATCH = "256"  # of an Arrow batch; a row is a whole report


def session(master: str) -> "SparkSession":
    """Return a Spark session. Raises ClassifierError where Spark, Java or the master is missing."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ClassifierError(
            message("--engine spark: needs pyspark; pip install 'policy-area-classifier[spark]' and a Java runtime")
        ) from error
    if master.startswith("local"):  # here, Spark would take whatever python3 is first on the path
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("policy-area-classifier")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", ROWS_OF_ARROW_BATCH)
    try:
        return builder.getOrCreate()
    except Exception as error:  # pyspark raises what py4j and Java happen to
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise ClassifierError(
            message(
                "--master {master}: no Spark session ({why}); check the address, and that Java is installed",
                master=master,
                why=why,
            )
        ) from error


def counting(spark: "SparkSession", name: str) -> "Accumulator[FileReceipt]":
    """Return a counter for `tag`: what became of the rows of a table so far. Retried tasks may count twice."""
    from pyspark.accumulators import AccumulatorParam

    class Rows(AccumulatorParam[FileReceipt]):
        def zero(self, value: FileReceipt) -> FileReceipt:
            return FileReceipt(value.name, value.format, is_table=True)

        def addInPlace(self, value1: FileReceipt, value2: FileReceipt) -> FileReceipt:  # noqa: N802 - Spark's name
            return merged(value1, value2)

    table = FileReceipt(name, format_of_ending(".parquet").name, is_table=True)
    return spark.sparkContext.accumulator(table, Rows())


def tag(
    frame: "DataFrame",
    *,
    text: str = "text",
    id: str = ID_COLUMN,
    name: str = "table",
    model: Path | None = None,
    options: OutputOptions | None = None,
    strict: bool = False,
    counted: "Accumulator[FileReceipt] | None" = None,
) -> "DataFrame":
    """Return one row for each paragraph of the texts of a column, as `--format parquet` writes them.

    id: the column that tells rows apart; documents are called `name:id`. model: a model folder, or the shipped model;
    it is sent to each machine once, and loaded once by each of its Python processes. options: what is written; if not
    given, all areas in Chinese. counted: of `counting`. Rows that cannot be read are left out; with strict, the
    first of them ends the job. Raises ClassifierError where a column is missing.
    """
    for column, option in ((text, "--text-column"), (id, "--id-column")):
        if column not in frame.columns:
            raise ClassifierError(no_column(name, column, option, frame.columns))
    from pyspark.sql.pandas.types import from_arrow_schema

    from classifier.output.predictions.arrow import decode_batches, encode_batch

    folder = model or default_model()
    options = options or OutputOptions(load_model(folder).areas, "zh")
    bundle = frame.sparkSession.sparkContext.broadcast({f.name: f.read_bytes() for f in folder.iterdir()})
    worker = _Worker(bundle, options, name, strict, counted)
    chosen = frame.select(frame[id].alias("id"), frame[text].alias("text"))
    schema = next(decode_batches(encode_batch([], options))).schema
    return chosen.mapInArrow(worker, from_arrow_schema(schema))


@dataclass(frozen=True, slots=True)
class _Worker:
    """What goes to the workers: a function from Arrow batches of ids and texts to those of tagged paragraphs."""

    bundle: Any
    options: OutputOptions
    name: str
    strict: bool
    counted: Any

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Tag the batches of a partition."""
        from classifier.output.predictions.arrow import decode_batches

        model = model_of_files(self.bundle.value)
        output_format = ParquetFormat(self.options)
        source = Source(Path(self.name), self.name)
        for batch in batches:
            columns = zip(batch.column("id").to_pylist(), batch.column("text").to_pylist(), strict=True)
            rows = (row_document(source, Row(0, text, identity), 0) for identity, text in columns)
            for raw_documents in _portions(rows):
                outcome = tag_batch(model, Batch(raw_documents, START, 0), output_format, self.strict)
                if outcome.stopped_by is not None:
                    raise DocumentError(outcome.stopped_by)
                for file in outcome.files if self.counted is not None else ():
                    self.counted.add(file)
                yield from decode_batches(outcome.data)


_loaded: dict[str, Model] = {}  # the one model of this process, by the hash of its manifest


def model_of_files(files: dict[str, bytes]) -> Model:
    """Return the model of a folder's files, loaded when a worker process first needs it."""
    manifest_hash = hashlib.sha256(files[MANIFEST]).hexdigest()
    if manifest_hash not in _loaded:
        tune_process()
        _loaded.clear()
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            _loaded[manifest_hash] = load_model(Path(folder))
        _loaded[manifest_hash].warm_up()
    return _loaded[manifest_hash]


def _portions(rows: Iterator[RawDocument]) -> Iterator[tuple[RawDocument, ...]]:
    """Yield rows in portions of about BATCH_BYTES bytes of text."""
    taken: list[RawDocument] = []
    for row in rows:
        taken.append(row)
        if sum(raw.size for raw in taken) >= BATCH_BYTES:
            yield tuple(taken)
            taken = []
    if taken:
        yield tuple(taken)
