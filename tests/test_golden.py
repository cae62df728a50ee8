"""What the shipped model says stays as it is, byte for byte, whatever moves in the house."""

import pytest

from tests.conftest import PROJECT
from tests.golden_files import BUNDLE_HASH, PREDICTIONS, SAYINGS, bundle_hash


@pytest.mark.parametrize("name", SAYINGS)
def test_predictions_are_those_of_the_golden_files(name: str) -> None:
    if "parquet" in name:
        pytest.importorskip("pyarrow")
    assert SAYINGS[name]() == (PREDICTIONS / name).read_bytes()


def test_the_shipped_model_is_the_pinned_one() -> None:
    """That training gives this model bit for bit is tested in test_shipped_model.py."""
    assert bundle_hash(PROJECT / "models" / "default") == BUNDLE_HASH.read_text(encoding="ascii").strip()
