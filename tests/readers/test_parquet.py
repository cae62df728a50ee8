from pathlib import Path

import pytest

from tests.readers.files import refusal

pytest.importorskip("pyarrow")


def test_a_file_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1 no more")
    assert "not a whole Parquet file" in refusal(path)
