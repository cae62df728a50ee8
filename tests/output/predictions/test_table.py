import io

import pytest
from rich.cells import cell_len

from classifier.output.options import OutputOptions
from classifier.output.predictions.table import TableWriter
from classifier.records import Document, Prediction
from tests.conftest import AREAS


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_fits_80_cells(report: Document, predictions: list[Prediction], lang: str) -> None:
    stream = io.StringIO()
    writer = TableWriter(stream, OutputOptions(AREAS, lang))
    writer.document(report, predictions)
    writer.end()
    lines = stream.getvalue().splitlines()
    assert max(cell_len(line) for line in lines) <= 80
    text = "\n".join(lines)
    assert ("教育" if lang == "zh" else "Schools") in text
    assert "§ 一、粮食" in text
    assert "100.0%" not in text
    assert not any(line != line.rstrip() for line in lines)
