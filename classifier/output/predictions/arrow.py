"""Predictions as Arrow streams, and Arrow streams as a Parquet file."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from classifier.analysis.units import Unit
from classifier.output.cells import json_text
from classifier.output.options import OutputOptions
from classifier.records import AreaScore, Kind, Part, Prediction

KINDS = pa.array([kind.value for kind in Kind])
KIND_NUMBERS = {kind: i for i, kind in enumerate(Kind)}
TRAVELLING = pa.map_(pa.string(), pa.string())  # the values of a table's other columns
ROWS_OF_GROUP = 1 << 16  # of a row group, or a batch more
SCORE, EVERY_SCORE = pa.float64(), pa.float32()  # the scores of all areas are many, and read by statistics only


def encode_batch(rows: Iterable[tuple[str, Prediction]], options: OutputOptions) -> bytes:
    """Return an Arrow stream with one row for each prediction; each comes with the name of its document."""
    documents, predictions = list[str](), list[Prediction]()
    for document, prediction in rows:
        documents.append(document)
        predictions.append(prediction)
    batch = _record_batch(documents, predictions, options)
    sink = pa.BufferOutputStream()
    settings = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_stream(sink, batch.schema, options=settings) as stream:
        stream.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def decode_batches(data: bytes) -> Iterator[Any]:
    """Yield the record batches of an encoded stream, kinds as strings, for readers that know no dictionaries."""
    with pa.ipc.open_stream(data) as stream:
        for batch in stream:
            i = batch.schema.get_field_index("kind")
            yield batch.set_column(i, "kind", batch.column(i).cast(pa.string()))


def join_streams(part: Path, target: Path) -> None:
    """Write the Arrow streams of a file as one Parquet file, a row group at a time."""
    with pa.OSFile(str(part)) as data:
        writer = None
        try:
            size, waiting = data.size(), []
            while data.tell() < size:
                with pa.ipc.open_stream(data) as stream:
                    waiting.append(stream.read_all())
                if sum(t.num_rows for t in waiting) >= ROWS_OF_GROUP or data.tell() >= size:
                    table = pa.concat_tables(waiting)
                    waiting = []
                    writer = writer or parquet.ParquetWriter(target, table.schema, compression="zstd")
                    writer.write_table(table, row_group_size=table.num_rows or None)
        finally:
            if writer is not None:
                writer.close()


def _metadata(options: OutputOptions) -> dict[str, str] | None:
    """Return what the file says of itself under one key, as JSON."""
    return None if options.about is None else {"classify": json_text(options.about.to_dict())}


def _record_batch(documents: list[str], predictions: list[Prediction], options: OutputOptions) -> Any:
    paragraphs = [p.paragraph for p in predictions]
    kinds = pa.array([KIND_NUMBERS[p.kind] for p in paragraphs], pa.int8())
    columns: dict[str, Any] = {
        "document": pa.array(documents, pa.string()),
        "paragraph": pa.array([p.number for p in paragraphs], pa.int32()),
        "line": pa.array([p.line for p in paragraphs], pa.int32()),
        "page": pa.array([p.page for p in paragraphs], pa.int32()),
        "kind": pa.DictionaryArray.from_arrays(kinds, KINDS),
        "heading": pa.array([p.heading for p in paragraphs], pa.list_(pa.string())),
        "text": pa.array([p.text for p in paragraphs], pa.string()),
        "areas": _areas([p.areas for p in predictions], options, named=True),
        "sentences": _sentences(predictions, options),
        "columns": pa.array([_texts(p.columns) for p in paragraphs], TRAVELLING),
    }
    if options.all_scores:
        columns["scores"] = _scores(predictions, options)
    if options.unit != Unit.PARAGRAPH:
        parts = [None if p.part is None else p.part._asdict() for p in predictions]
        columns["unit"] = pa.array(parts, pa.struct([(name, pa.int32()) for name in Part._fields]))
    return pa.RecordBatch.from_pydict(columns, metadata=_metadata(options))


def _texts(columns: Mapping[str, Any] | None) -> list[tuple[str, str | None]] | None:
    """Return the values of a row's columns as text: text as it is, and all else as JSON writes it."""
    if columns is None:
        return None
    return [(name, value if isinstance(value, str | None) else json_text(value)) for name, value in columns.items()]


def _areas(found: Iterable[tuple[AreaScore, ...]], options: OutputOptions, named: bool) -> Any:
    names = options.names
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


def _sentences(predictions: list[Prediction], options: OutputOptions) -> Any:
    ends = [0]
    for prediction in predictions:
        ends.append(ends[-1] + len(prediction.evidence))
    sentences = [s for p in predictions for s in p.paragraph.sentences]
    columns = {
        "start": pa.array([s.start for s in sentences], pa.int32()),
        "end": pa.array([s.end for s in sentences], pa.int32()),
        "item": pa.array([s.item for s in sentences], pa.string()),
        "areas": _areas((e for p in predictions for e in p.evidence), options, named=False),
    }
    return _lists(ends, columns)


def _scores(predictions: list[Prediction], options: OutputOptions) -> Any:
    columns: dict[str, list[float]] = {area: [] for area in options.names}
    for prediction in predictions:
        for area, score in prediction.scores:
            if area in columns:
                columns[area].append(score)
    return pa.StructArray.from_arrays([pa.array(c, EVERY_SCORE) for c in columns.values()], list(columns))


def _lists(ends: list[int], columns: dict[str, Any]) -> Any:
    """Return lists of structs: list i has the elements `ends[i]` up to `ends[i + 1]` of each column."""
    struct = pa.StructArray.from_arrays(list(columns.values()), list(columns))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), struct)
