"""One row for each paragraph as a Parquet file: batches as Arrow streams, joined at the end."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    from classifier.errors import ClassifierError

    raise ClassifierError("--format parquet: needs pyarrow; pip install 'policy-area-classifier[parquet]'") from error

from classifier.output.options import OutputOptions
from classifier.records import AreaScore, Kind, Prediction

KINDS = pa.array([kind.value for kind in Kind])
KIND_NUMBERS = {kind: i for i, kind in enumerate(Kind)}
GROUP = 1 << 16  # rows of a row group, or a batch more
SCORE, EVERY_SCORE = pa.float64(), pa.float32()  # the scores of all areas are many, and read by statistics only


class ParquetEncoder:
    """Encodes each batch as one Arrow stream; `join` makes a Parquet file of them."""

    def __init__(self, view: OutputOptions) -> None:
        """Encode what a view shows."""
        self.view = view

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return an Arrow stream with one row for each paragraph."""
        names, predictions = [], []
        for name, prediction in rows:
            names.append(name)
            predictions.append(prediction)
        batch = self._batch(names, predictions)
        sink = pa.BufferOutputStream()
        options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
        with pa.ipc.new_stream(sink, batch.schema, options=options) as stream:
            stream.write_batch(batch)
        data: bytes = sink.getvalue().to_pybytes()
        return data

    def _batch(self, names: list[str], predictions: list[Prediction]) -> Any:
        paragraphs = [p.paragraph for p in predictions]
        kinds = pa.array([KIND_NUMBERS[p.kind] for p in paragraphs], pa.int8())
        columns: dict[str, Any] = {
            "document": pa.array(names, pa.string()),
            "paragraph": pa.array([p.number for p in paragraphs], pa.int32()),
            "line": pa.array([p.line for p in paragraphs], pa.int32()),
            "kind": pa.DictionaryArray.from_arrays(kinds, KINDS),
            "heading": pa.array([p.heading for p in paragraphs], pa.list_(pa.string())),
            "text": pa.array([p.text for p in paragraphs], pa.string()),
            "areas": self._areas([p.areas for p in predictions], named=True),
            "sentences": self._sentences(predictions),
        }
        if self.view.all_scores:
            columns["scores"] = self._scores(predictions)
        return pa.RecordBatch.from_pydict(columns)

    def _areas(self, found: Iterable[tuple[AreaScore, ...]], named: bool) -> Any:
        names = self.view.names
        ends, ids, scores = [0], list[str](), list[float]()
        for areas in found:
            for area in areas:
                if area.id in names:
                    ids.append(area.id)
                    scores.append(area.score)
            ends.append(len(ids))
        columns = {"id": pa.array(ids, pa.string())}
        if named:
            columns["name"] = pa.array([names[a] for a in ids], pa.string())
        return _lists(ends, columns | {"score": pa.array(scores, SCORE)})

    def _sentences(self, predictions: list[Prediction]) -> Any:
        ends = [0]
        for prediction in predictions:
            ends.append(ends[-1] + len(prediction.evidence))
        sentences = [s for p in predictions for s in p.paragraph.sentences]
        columns = {
            "start": pa.array([s.start for s in sentences], pa.int32()),
            "end": pa.array([s.end for s in sentences], pa.int32()),
            "item": pa.array([s.item for s in sentences], pa.string()),
            "areas": self._areas((e for p in predictions for e in p.evidence), named=False),
        }
        return _lists(ends, columns)

    def _scores(self, predictions: list[Prediction]) -> Any:
        columns: dict[str, list[float]] = {a.id: [] for a in self.view.areas}
        for prediction in predictions:
            for area in prediction.scores:
                if area.id in columns:
                    columns[area.id].append(area.score)
        return pa.StructArray.from_arrays([pa.array(c, EVERY_SCORE) for c in columns.values()], list(columns))


def _lists(ends: list[int], columns: dict[str, Any]) -> Any:
    struct = pa.StructArray.from_arrays(list(columns.values()), list(columns))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), struct)


def plain_batches(data: bytes) -> Iterator[Any]:
    """Yield the batches of an encoded stream, its kinds as strings, for readers that know no dictionaries."""
    with pa.ipc.open_stream(data) as stream:
        for batch in stream:
            i = batch.schema.get_field_index("kind")
            yield batch.set_column(i, "kind", batch.column(i).cast(pa.string()))


def join_streams(part: Path, target: Path, tell: Callable[[int], None] = lambda _: None) -> None:
    """Write the streams of a part as one Parquet file, a row group at a time; `tell` hears of each one's bytes."""
    with pa.OSFile(str(part)) as data:
        writer = None
        try:
            size, waiting, before = data.size(), [], 0
            while data.tell() < size:
                with pa.ipc.open_stream(data) as stream:
                    waiting.append(stream.read_all())
                if sum(t.num_rows for t in waiting) >= GROUP or data.tell() >= size:
                    table = pa.concat_tables(waiting)
                    waiting = []
                    writer = writer or parquet.ParquetWriter(target, table.schema, compression="zstd")
                    writer.write_table(table, row_group_size=table.num_rows or None)
                    tell(data.tell() - before)
                    before = data.tell()
        finally:
            if writer is not None:
                writer.close()
