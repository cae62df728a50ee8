import json
from pathlib import Path

import pytest

from classifier.output.options import OutputOptions
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.output.predictions.parquet import ParquetFormat
from classifier.records import Prediction
from tests.conftest import AREAS


@pytest.mark.parametrize("all_scores", [True, False])
def test_parquet_holds_the_same_records(rows: list[tuple[str, Prediction]], tmp_path: Path, all_scores: bool) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    options = OutputOptions(AREAS[1:], "en", all_scores)
    form = ParquetFormat(options)
    (tmp_path / "part").write_bytes(form.encode(rows) + form.encode([]) + form.encode(rows))
    whole = form.finish(tmp_path / "part", tmp_path / "whole.parquet")
    found = parquet.read_table(whole).to_pylist()
    wanted = [json.loads(line) for line in JsonlFormat(options).encode(rows * 2).splitlines()]
    for row, want in zip(found, wanted, strict=True):
        if all_scores:
            assert row.pop("scores") == pytest.approx(want.pop("scores"))
        assert row == want
