"""The tutorial of retraining: its commands run, and tell what it says that they tell."""

import re

import pytest

from tests.tutorial import BLOCK, PAGES, written_anew
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
