"""JSON lines: one object for each paragraph, the record that other programs rely on."""

from collections.abc import Iterable
from typing import ClassVar

import orjson

from classifier.analysis.units import Unit
from classifier.output.predictions.output_format import OutputFormat
from classifier.records import Prediction


class JsonlFormat(OutputFormat):
    """JSON lines in UTF-8, with Chinese as it is."""

    has_meta_file: ClassVar[bool] = True

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return one line for each paragraph."""
        options, end = self.options, orjson.OPT_APPEND_NEWLINE
        names, all_scores, explain = options.names, options.all_scores, options.explain
        unit = options.unit != Unit.PARAGRAPH
        records = (
            prediction.to_dict(name, names=names, all_scores=all_scores, unit=unit, explain=explain)
            for name, prediction in rows
        )
        return b"".join([orjson.dumps(record, option=end) for record in records])
