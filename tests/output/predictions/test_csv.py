import csv
import io

from classifier.output.options import OutputOptions
from classifier.output.predictions.csv import COLUMNS, CsvFormat
from classifier.records import Prediction
from tests.conftest import AREAS


def test_csv_reads_back(rows: list[tuple[str, Prediction]]) -> None:
    form = CsvFormat(OutputOptions(AREAS, "zh", all_scores=True))
    found = list(csv.DictReader(io.StringIO((form.head(in_file=False) + form.encode(rows)).decode())))
    assert list(found[0]) == [*COLUMNS, "farms", "schools", "roads"]
    assert found[2]["areas"] in ("schools;roads", "roads;schools")
    assert found[2]["heading"] == "一、粮食总产达到9万吨"
    assert float(found[0]["roads"]) == 0


def test_a_byte_order_mark_stands_in_files_only() -> None:
    form = CsvFormat(OutputOptions(AREAS, "zh"))
    assert form.head(in_file=True) == b"\xef\xbb\xbf" + form.head(in_file=False)
    assert form.head(in_file=False).startswith(b"document,")
