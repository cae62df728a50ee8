"""The shipped model is what the labels give."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from classifier.model import bundle
from classifier.storage.artifact import MANIFEST
from tests.conftest import PROJECT


@pytest.mark.slow
def test_training_rebuilds_it_bit_for_bit(
    classify: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    assert classify("train", "--out", tmp_path / "model").exit_code == 0
    for name in (*sorted(bundle.MODEL_FILES), MANIFEST):
        assert (tmp_path / "model" / name).read_bytes() == (PROJECT / "models" / "default" / name).read_bytes(), name
    assert card(tmp_path / "model") == card(PROJECT / "models" / "default")


def card(folder: Path) -> list[str]:
    """The card of a model, but for the versions of libraries."""
    lines = (folder / bundle.MODEL_CARD_FILE).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("- 版本 Versions")]
