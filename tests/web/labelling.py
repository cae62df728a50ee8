"""Somebody who labels in the page by keyboard alone: looks at the areas that are shown, and presses what is wrong."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.web.browser import Browser

_SAVED = "document.getElementById('saving').className === 'saved'"
_AT = "Number(document.querySelector('article.at .place').firstChild.textContent)"
_TEXT = "document.querySelector('article.at .body p').textContent"
_OPEN = "document.querySelectorAll('article.at.decided').length === 0"
_UNCERTAIN = "document.querySelectorAll('article.at.uncertain').length > 0"
_AREAS = """[...document.querySelectorAll('#panel .areas button')].map(button => ({
  key: button.querySelector('kbd').textContent,
  name: button.querySelector('.name').textContent,
  shown: button.getAttribute('aria-pressed') === 'true',
}))"""
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that was labelled: its line and text, what was shown of it at first, and the keys pressed.

    shown: the names of its areas. uncertain: whether it was marked so, and `n` would have led to it.
    """

    line: int
    text: str
    shown: tuple[str, ...]
    uncertain: bool
    keys: tuple[str, ...]

    @property
    def corrected(self) -> bool:
        """Whether more than Enter was pressed."""
        return len(self.keys) > 1


def wanted_areas(place: Path, names: Mapping[str, str]) -> dict[int, frozenset[str]]:
    """Return the names of the areas that each line has by a file of labels. names: of areas, by id."""
    rows = map(json.loads, place.read_text(encoding="utf-8").splitlines())
    return {row["line"]: frozenset(names[area] for area in row["areas"]) for row in rows}


def label_by_keys(
    tab: Browser, wanted: Mapping[int, frozenset[str]], watch: Callable[[int], None] = lambda _: None
) -> list[Labelled]:
    """Give each paragraph the areas that are wanted, from where the page begins; others are passed over.

    watch: is called with the number of paragraphs labelled so far, before each.
    """
    found: list[Labelled] = []
    for _ in range(_MOST_STEPS):
        line = tab.run(_AT)
        if line in wanted and tab.run(_OPEN):
            watch(len(found))
            found.append(_label(tab, line, wanted[line]))
            if len(found) == len(wanted):
                return found
        else:
            tab.press("j")
    raise AssertionError(f"labelled {len(found)} of {len(wanted)} paragraphs")


def _label(tab: Browser, line: int, wanted: frozenset[str]) -> Labelled:
    """Press the keys of the areas that are to be added or taken away, then Enter, and wait until all is saved."""
    areas: list[dict[str, Any]] = tab.run(_AREAS)
    shown = tuple(area["name"] for area in areas if area["shown"])
    keys = (*(area["key"] for area in areas if area["shown"] != (area["name"] in wanted)), "Enter")
    found = Labelled(line, tab.run(_TEXT), shown, tab.run(_UNCERTAIN), keys)
    tab.press(*keys)
    tab.wait(f"{_SAVED} && !{_line_is_open(line)}")
    return found


def _line_is_open(line: int) -> str:
    """Return the script that tells whether the paragraph of a line is not decided yet."""
    places = "[...document.querySelectorAll('article:not(.decided) .place')]"
    return f"{places}.some(place => Number(place.firstChild.textContent) === {line})"


_TABLE = {
    "en": (
        ("line", "paragraph", "the model says", "keys"),
        "{keys} keystrokes label {all} paragraphs; for {right} it is Enter alone. Of the {wrong} that had to be "
        "put right, {uncertain} are marked as uncertain.",
    ),
    "zh": (
        ("行", "段落", "模型的标注", "按键"),
        "标完 {all} 段共按键 {keys} 次，其中 {right} 段只按了 Enter。"
        "需要改的有 {wrong} 段，其中 {uncertain} 段标有 ?。",
    ),
}
_CHARACTERS = 20  # of a paragraph


def keys_table(labelled: Sequence[Labelled], lang: str) -> str:
    """Return a Markdown table of the first paragraph of each kind of keys, and a sentence of how many keys it took."""
    heads, told = _TABLE[lang]
    rows = [heads, ("---:", "---", "---", "---")]
    kinds = {(len(one.shown), len(one.keys)): one for one in reversed(labelled)}
    for one in sorted(kinds.values(), key=lambda one: one.line):
        text = one.text if len(one.text) <= _CHARACTERS else one.text[: _CHARACTERS - 1] + "…"
        between = "、" if lang == "zh" else "; "
        rows.append((str(one.line), text, between.join(one.shown) or "—", " ".join(f"`{key}`" for key in one.keys)))
    wrong = [one for one in labelled if one.corrected]
    figures = {
        "keys": sum(len(one.keys) for one in labelled),
        "all": len(labelled),
        "right": len(labelled) - len(wrong),
        "wrong": len(wrong),
        "uncertain": sum(one.uncertain for one in wrong),
    }
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + f"\n\n{told.format(**figures)}\n"
