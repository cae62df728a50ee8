"""JSON lines: one object for each paragraph, the record that other programs rely on."""

from collections.abc import Iterable

import orjson

from classifier.output.predictions.output_format import OutputFormat
from classifier.records import Prediction


class JsonlFormat(OutputFormat):
    """JSON lines in UTF-8, with Chinese as it is."""

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return one line for each paragraph."""
        names, all_scores, end = self.options.names, self.options.all_scores, orjson.OPT_APPEND_NEWLINE
        records = (prediction.to_dict(name, names=names, all_scores=all_scores) for name, prediction in rows)
        return b"".join([orjson.dumps(record, option=end) for record in records])
