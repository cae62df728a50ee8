"""Parquet: one row for each paragraph; batches are Arrow streams, which the last step joins to one file."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from classifier.output.predictions.output_format import OutputFormat
from classifier.records import Prediction


class ParquetFormat(OutputFormat):
    """Parquet. pyarrow starts a thread, so only a process that encodes or finishes imports it."""

    needs: ClassVar[str | None] = "pyarrow"
    extra: ClassVar[str | None] = "parquet"
    for_stdout: ClassVar[bool] = False

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return an Arrow stream with one row for each paragraph."""
        from classifier.output.predictions.arrow import encode_batch

        return encode_batch(rows, self.options)

    def finish(self, part: Path, new: Path) -> Path:
        """Write the streams of `part` to `new` as one Parquet file."""
        from classifier.output.predictions.arrow import join_streams

        join_streams(part, new)
        return new
