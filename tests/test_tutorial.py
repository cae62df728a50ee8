"""The tutorial of retraining: its commands run, and tell what it says that they tell."""

import re
from pathlib import Path

import pytest

from tests.tutorial import BLOCK, CHANGE, MEANS, PAGES, written_anew
from tests.web.browser import CHROMIUM

ENGLISH, CHINESE = PAGES


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium, in which the page is labelled, is not installed")
def test_the_tutorial_tells_what_its_commands_tell() -> None:
    assert written_anew(ENGLISH) == ENGLISH.read_text(encoding="utf-8")


def test_both_pages_have_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"^\$ .*$", "".join(BLOCK.findall(page.read_text(encoding="utf-8"))), re.MULTILINE) for page in PAGES
    )
    assert [line.replace(" --lang en", "") for line in english] == chinese


def test_both_pages_have_the_same_figures() -> None:
    english, chinese = (
        [re.findall(r"[+-]?\d\.\d{3}", block) for block in BLOCK.findall(page.read_text(encoding="utf-8"))]
        for page in PAGES
    )
    assert english == chinese
    assert sum(map(len, english)) > 300


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_training_changes_is_said_as_its_table_has_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    trained = [means for block in BLOCK.findall(text) if len(means := MEANS.findall(block)) == 2]
    told = CHANGE.findall(text)
    assert len(told) == len(trained) == 2
    for means, sentence in zip(trained, told, strict=True):
        assert re.findall(r"[+-]?\d\.\d{3}", sentence) == re.findall(r"[+-]?\d\.\d{3}", str(means))
