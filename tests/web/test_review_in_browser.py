"""The label page in a real browser, by keyboard alone."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from classifier.workspace.label_log import read_log, saved_labels, undo_entries
from classifier.workspace.place import Workspace
from tests.web.browser import CHROMIUM, Browser, chromium
from tests.web.conftest import REPORT
from tests.web.running import Running, running

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
SAVING = "document.getElementById('saving')"
AT = "document.querySelector('article.at .place').firstChild.textContent"
SHOWN = "[...document.querySelectorAll('article.at .chips li')].map(e => e.className + ' ' + e.firstChild.textContent)"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with chromium(tmp_path_factory.mktemp("chromium")) as found:
        yield found


Serve = Callable[..., Running]
Visit = Callable[[Running], Browser]


@pytest.fixture
def serve(workspace: Workspace, small_bundle: Path) -> Iterator[Serve]:
    """Run `classify review` in the workspace."""
    with ExitStack() as stack:

        def made(path: Path, *args: object) -> Running:
            options = ("--no-browser", "--lang", "en", "--model", small_bundle, *args)
            return stack.enter_context(running("review", path, *options, cwd=workspace.folder))

        yield made


@pytest.fixture
def visit(port: int) -> Iterator[Visit]:
    """Open the page by the address that was printed last, in a tab of its own."""
    tabs: list[Browser] = []

    def made(server: Running) -> Browser:
        tab = Browser(port)
        tabs.append(tab)
        tab.size(1280)
        tab.open(server.address())
        tab.wait("document.querySelectorAll('#keys kbd').length > 0")
        return tab

    yield made
    for tab in tabs:
        tab.close()


def saved(tab: Browser) -> None:
    tab.wait(f"{SAVING}.className === 'saved'")


def press_and_wait(tab: Browser, *keys: str) -> None:
    """Press keys, and wait until what they wrote is acknowledged."""
    tab.run(f"{SAVING}.className = ''")
    tab.press(*keys)
    saved(tab)


def areas_by_line(workspace: Workspace) -> dict[int | None, set[str]]:
    return {label.line: set(label.areas) for label in saved_labels(workspace).values()}


def test_accepting_adding_removing_and_undoing(
    serve: Serve, visit: Visit, workspace: Workspace, report_file: Path
) -> None:
    tab = visit(serve(report_file))
    assert tab.run(AT) == "1"
    tab.press("j")
    assert tab.run(AT) == "2"
    assert tab.run(SHOWN) == ["model Schools", "model Roads"]
    tab.wait("document.querySelectorAll('article.at .ev b').length > 1")  # the words that carried them
    press_and_wait(tab, "Enter")  # what the model says is accepted
    assert areas_by_line(workspace) == {2: {"schools", "roads"}}
    assert tab.run(AT) == "3"
    press_and_wait(tab, "2")  # an area more
    assert areas_by_line(workspace)[3] == {"farms", "schools"}
    press_and_wait(tab, "1")  # and one less
    assert areas_by_line(workspace)[3] == {"schools"}
    assert tab.run(SHOWN) == ["gone Farms", "yes ✓ Schools"]
    press_and_wait(tab, "x")
    assert areas_by_line(workspace)[3] == set()
    tab.press("u")
    tab.wait(f"{SAVING}.className === 'undone'")
    assert areas_by_line(workspace)[3] == {"schools"}
    assert tab.run("document.getElementById('progress').textContent").startswith("2 of 3 decided")
    assert tab.console == []


def test_undoing_what_was_undone_elsewhere_says_so(
    serve: Serve, visit: Visit, workspace: Workspace, report_file: Path
) -> None:
    tab = visit(serve(report_file))
    press_and_wait(tab, "j", "Enter")
    press_and_wait(tab, "Enter")
    undo_entries(workspace, [2])
    tab.press("u")
    tab.wait(f"{SAVING}.className === 'undone_before'")
    assert tab.run(f"{SAVING}.textContent").startswith("Undone already")
    assert tab.run(AT) == "3"
    tab.press("u")
    tab.wait(f"{SAVING}.className === 'undone'")
    assert saved_labels(workspace) == {}


def test_keys_pressed_faster_than_saving_all_count(
    serve: Serve, visit: Visit, workspace: Workspace, report_file: Path
) -> None:
    tab = visit(serve(report_file))
    press_and_wait(tab, "j", "x", "1", "2", "3", "1")
    tab.wait("document.querySelectorAll('article.at .chips .yes').length === 2")
    assert areas_by_line(workspace) == {2: {"schools", "roads"}}
    assert len(read_log(workspace)) == 5


def test_a_correction_that_is_confirmed_is_undone_at_once(
    serve: Serve, visit: Visit, workspace: Workspace, report_file: Path
) -> None:
    tab = visit(serve(report_file))
    press_and_wait(tab, "j", "1")
    press_and_wait(tab, "Enter")
    assert tab.run(AT) == "3"
    assert len(read_log(workspace)) == 1
    tab.press("u")
    tab.wait(f"{SAVING}.className === 'undone'")
    assert (areas_by_line(workspace), tab.run(AT)) == ({}, "2")
    assert tab.run("document.getElementById('progress').textContent").startswith("0 of 3 decided")


def test_a_sentence_can_be_judged_by_itself(
    serve: Serve, visit: Visit, workspace: Workspace, report_file: Path
) -> None:
    tab = visit(serve(report_file))
    tab.press("j", "ArrowRight", "ArrowRight")
    assert tab.run("document.querySelector('#panel h2').textContent") == "line 2 · Sentence 2"
    press_and_wait(tab, "1")
    (label,) = saved_labels(workspace).values()
    assert label.by_sentence == ({}, {"farms": True, "roads": True, "schools": False})
    tab.press("Escape")
    assert tab.run("document.querySelector('#panel h2').textContent") == "line 2 · Whole paragraph"


def test_search_and_the_next_uncertain_one(serve: Serve, visit: Visit, tmp_path: Path) -> None:
    place = tmp_path / "plan.txt"
    place.write_text(REPORT + "学校与道路建设。\n招聘教师9名，教育质量提升。\n增加道路。\n", encoding="utf-8")
    tab = visit(serve(place))
    tab.press("/", *"教师")
    tab.wait("document.getElementById('found').textContent === '1 of 2'")
    assert tab.run(AT) == "2"
    tab.press("Enter")
    assert tab.run(AT) == "5"
    tab.press("Escape")
    uncertain = tab.run("[...document.querySelectorAll('.uncertain .place')].map(e => e.firstChild.textContent)")
    assert len(uncertain) >= 2
    assert "5" not in uncertain
    around = [line for line in uncertain if line > "5"] + [line for line in uncertain if line < "5"]
    for line in (*around, around[0]):  # from the end to the beginning, too
        tab.press("n")
        assert tab.run(AT) == line
    press_and_wait(tab, "Enter", "p")  # that which was decided is left out
    assert tab.run(AT) == around[-1]


FOUND = "[...(CSS.highlights.get('found') ?? [])].map(range => range.toString())"


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("乡村", ["鄉村", "乡村", "乡村"]),
        ("鄉村", ["鄉村", "乡村", "乡村"]),
        ("gdp", ["ＧＤＰ", "GDP"]),
        ("（县）", ["（縣）", "(县)"]),
    ],
)
def test_search_takes_traditional_and_simplified_characters_and_widths_for_the_same(
    serve: Serve, visit: Visit, tmp_path: Path, query: str, hits: list[str]
) -> None:
    place = tmp_path / "plan.txt"
    lines = ["𠀀江鎮（縣）改善鄉村道路，ＧＤＰ增長。", "招聘教师9名。", "新建乡村小学，GDP翻番，乡村(县)通路。"]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tab = visit(serve(place))
    tab.press("/", *query)
    tab.wait(f"document.getElementById('search').value === '{query}'")
    assert tab.run(FOUND) == hits
    assert tab.run("document.getElementById('found').textContent") == f"1 of {len({*hits})}"
    assert tab.console == []


def test_one_area_is_answered_with_yes_and_no(serve: Serve, visit: Visit, workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        {"document": "a.txt", "line": i, "text": f"{text}第{i}处。", "about": ["roads"], "why": "drawn at random"}
        for i, text in enumerate(["改造国道3公里，", "招聘教师3名，", "粮食总产3万吨，"], start=1)
    ]
    place = tmp_path / "sample.jsonl"
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    tab = visit(serve(place))
    assert "drawn at random" in tab.run("document.getElementById('panel').textContent")
    press_and_wait(tab, "y", "n")
    tab.wait("document.querySelectorAll('article.decided').length === 2")
    assert tab.run(AT) == "3"
    found = {label.line: dict(label.whole) for label in saved_labels(workspace).values()}
    assert found == {1: {"roads": True}, 2: {"roads": False}}


def test_labels_that_may_be_wrong_are_kept_or_overruled(
    serve: Serve, visit: Visit, workspace: Workspace, tmp_path: Path
) -> None:
    rows = [{"document": "a.txt", "line": i, "text": f"改造国道{i}公里。", "labelled": ["farms"]} for i in (1, 2)]
    place = tmp_path / "audit.jsonl"
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    tab = visit(serve(place))
    assert "labelled: Farms" in tab.run("document.getElementById('panel').textContent")
    press_and_wait(tab, "o", "Enter")
    tab.wait("document.querySelectorAll('article.decided').length === 2")
    assert areas_by_line(workspace) == {1: {"farms"}, 2: {"roads"}}


HOSTILE = "<img src=x onerror=alert(1)><script>document.title='no'</script>&lt;改造国道3公里{{7*7}}𠀀乡。"


def test_what_a_report_holds_is_text_and_nothing_else(serve: Serve, visit: Visit, tmp_path: Path) -> None:
    place = tmp_path / "<b>某县'\".txt"
    place.write_text(f"一、工作\n{HOSTILE}\n", encoding="utf-8")
    server = serve(place)
    tab = visit(server)
    tab.press("j")
    assert tab.run("document.querySelectorAll('article p')[1].textContent") == HOSTILE
    assert tab.run("document.querySelectorAll('main img, main script, option b').length") == 0
    assert tab.run("document.title") == "Review of tags"
    assert tab.console == []
    own = tab.run("location.origin")
    assert {url for url in tab.requested if not url.startswith(own)} <= {"about:blank"}
    assert "token" not in tab.run("location.href")


def test_two_browsers_see_each_other(serve: Serve, visit: Visit, workspace: Workspace, report_file: Path) -> None:
    server = serve(report_file)
    one, other = visit(server), visit(server)
    press_and_wait(one, "j", "1")
    other.press("j")
    other.wait("document.querySelectorAll('article.at.decided').length === 1")
    press_and_wait(other, "1")
    one.front()
    one.wait("[...document.querySelectorAll('article.at .chips .yes')].length === 2")
    assert areas_by_line(workspace) == {2: {"schools", "roads"}}
    assert len(read_log(workspace)) == 2


def test_a_killed_server_and_a_closed_browser_lose_nothing(
    serve: Serve, visit: Visit, workspace: Workspace, report_file: Path
) -> None:
    server = serve(report_file)
    tab = visit(server)
    press_and_wait(tab, "j", "Enter")
    server.end(signal.SIGKILL)
    tab.press("Enter")
    tab.wait(f"{SAVING}.className === 'not_saved'")
    assert "not saved" in tab.run(f"{SAVING}.textContent").lower()
    again = visit(serve(report_file))
    assert areas_by_line(workspace) == {2: {"schools", "roads"}}
    assert again.run("document.querySelectorAll('article.decided').length") == 1
    assert again.run(AT) == "1"  # the first that is not decided


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once(serve: Serve, visit: Visit, report_file: Path, how: signal.Signals) -> None:
    server = serve(report_file)
    visit(server)
    start = time.monotonic()
    assert server.end(how) in (0, -how)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_no_width_needs_scrolling_to_the_side(serve: Serve, visit: Visit, report_file: Path, width: int) -> None:
    tab = visit(serve(report_file))
    tab.size(width)
    tab.press("j")
    parts = "[document.documentElement, ...document.querySelectorAll('header, main, aside')]"
    assert tab.run(f"{parts}.filter(part => part.scrollWidth > {width}).map(part => part.outerHTML.slice(0, 99))") == []
    box = "document.querySelector('article.at').getBoundingClientRect()"
    assert tab.run(f"{box}.top >= 0 && {box}.bottom <= document.querySelector('#keys').getBoundingClientRect().top")
    assert tab.run("document.querySelector('#keys kbd').getBoundingClientRect().top < innerHeight")
