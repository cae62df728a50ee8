"""The tutorial of retraining: its commands run, and tell what it says that they tell."""

from pathlib import Path

import pytest

from tests.tutorial import PAGES, written_anew


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_the_tutorial_tells_what_its_commands_tell(page: Path) -> None:
    assert written_anew(page) == page.read_text(encoding="utf-8")
