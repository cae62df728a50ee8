"""The page in a browser: what scripts, keys and filters do, looked at in headless Chromium."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from classifier.output.options import OutputOptions
from classifier.output.pages.pages import one_page
from tests.output.pages.conftest import Report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
TEXT = "一、工作回顾\n招聘教师30名，教育质量提升。\n改造国道30公里。\n粮食总产达到20万吨。\n"
Run = Callable[[str], object]


@pytest.fixture
def run(report: Report, options: OutputOptions, tmp_path: Path) -> Run:
    """Run a script in the page and return what it returns."""
    page = one_page([report(TEXT)], options, "")

    def in_browser(script: str) -> object:
        told = f"document.title = 'answer:' + JSON.stringify((() => {{ {script} }})())"
        answer = f"<script>addEventListener('load', () => setTimeout(() => {{ {told}; }}, 300));</script></body>"
        (tmp_path / "page.html").write_text(page.replace("</body>", answer), encoding="utf-8")
        address = (tmp_path / "page.html").as_uri()
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom"]
        command = [str(CHROMIUM), *options, f"--user-data-dir={tmp_path / 'profile'}", address]
        done = subprocess.run(command, capture_output=True, timeout=60, check=True)
        (found,) = re.findall(r"<title>answer:(.*?)</title>", done.stdout.decode())
        return json.loads(unescape(found))

    return in_browser


SHOWN = "const shown = () => [...document.querySelectorAll('.p')].filter(p => p.offsetParent).map(p => p.id);"


def test_boxes_choose_areas(run: Run) -> None:
    script = f"{SHOWN} const all = shown(); document.getElementById('f-schools').click(); const one = shown();"
    script += "document.getElementById('f-roads').click(); return [all, one, shown()];"
    assert run(script) == [["p-1", "p-2", "p-3", "p-4"], ["p-2"], ["p-2", "p-3"]]


def test_search_finds_and_marks(run: Run) -> None:
    script = f"{SHOWN} const box = document.getElementById('search'); box.value = '国道';"
    script += "box.dispatchEvent(new Event('input')); const found = document.querySelectorAll('mark.found').length;"
    script += "const some = shown(); box.value = ''; box.dispatchEvent(new Event('input'));"
    script += "return [some, found, shown().length, document.querySelectorAll('mark.found').length];"
    assert run(script) == [["p-3"], 1, 4, 0]


def test_the_lowest_score_hides_what_is_below(run: Run) -> None:
    script = f"{SHOWN} const range = document.getElementById('least'); range.value = '1';"
    script += "range.dispatchEvent(new Event('input'));"
    script += "return [shown().includes('p-1'), document.getElementById('least-shown').textContent];"
    assert run(script) == [False, "1.00"]


def test_evidence_tells_its_words_by_keyboard(run: Run) -> None:
    script = "const ev = document.querySelector('.ev'), why = () => getComputedStyle(ev.querySelector('.why')).display;"
    script += "const before = why(); ev.focus(); return [before, why(), ev.tabIndex];"
    assert run(script) == ["none", "block", 0]


def test_keys_lead_to_the_search(run: Run) -> None:
    script = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}));"
    assert run(f"{script} return document.activeElement.id;") == "search"


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_no_width_needs_scrolling_to_the_side(run: Run, width: int) -> None:
    script = f"document.body.style.width = '{width}px';"
    script += f"return [...document.querySelectorAll('main, .legend, header')].every(e => e.scrollWidth <= {width});"
    assert run(script) is True
