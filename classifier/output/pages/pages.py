"""Whole pages: one report, several in one file, or a folder with an index and a page for each report."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from classifier.analysis.shares import Shares
from classifier.output.answer_language import PageWords
from classifier.output.options import OutputOptions
from classifier.output.pages.report_data import share_rows

INDEX = "index.html"
_FOLDER = Path(__file__).parent
_LONGEST_NAME = 80  # characters of the name of a page's file


def one_page(reports: Sequence[Mapping[str, Any]], options: OutputOptions, about: str) -> str:
    """Return a page with all reports, for the text of `report_data`. about: which model and version tagged them."""
    if len(reports) == 1:
        numbered = [{**reports[0], "id": "p", "link": "#p"}]
    else:
        numbered = [{**r, "id": f"r{i}", "link": f"#r{i}"} for i, r in enumerate(reports, start=1)]
    return _render("reports.html", numbered, options, about, index_link=None)


def report_page(report: Mapping[str, Any], options: OutputOptions, about: str) -> str:
    """Return the page of one report of a folder, with a link to its index."""
    return _render("reports.html", [{**report, "id": "p", "link": "#p"}], options, about, index_link=INDEX)


def index_page(rows: Sequence[Mapping[str, Any]], options: OutputOptions, about: str) -> str:
    """Return the index of a folder: a row of shares for each report. rows: `report_data`, each with its `link`."""
    return _render("index.html", rows, options, about)


def render_page(template: str, lang: str, **values: Any) -> str:
    """Return a page of another kind, made of a template of this folder and its values."""
    words = PageWords(lang)
    own = {"area_ids": [], "words": words, "style": _asset("style.css"), "script": ""}
    return _environment().get_template(template).render(**{**own, **values})


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def file_names(names: Sequence[str]) -> list[str]:
    """Return a name of a file for the page of each report, none of them twice and none that leaves its folder.

    >>> file_names(["north/a.docx", "north_a.docx"])
    ['north_a.docx.html', 'north_a.docx-2.html']
    """
    found: list[str] = []
    seen = {INDEX}
    for name in names:
        base = re.sub(r"[^\w.-]+", "_", name).strip("._")[:_LONGEST_NAME] or "report"
        number, page = 1, f"{base}.html"
        while page.lower() in seen:
            number += 1
            page = f"{base}-{number}.html"
        seen.add(page.lower())
        found.append(page)
    return found


def _render(
    template: str, reports: Sequence[Mapping[str, Any]], options: OutputOptions, about: str, **more: Any
) -> str:
    words = PageWords(options.lang)
    total = _total(reports, options)
    titles = Counter(r["title"] for r in reports)
    rows = [{**r, "about": _about_report(r, words), **_shown(r, titles)} for r in reports]
    return (
        _environment()
        .get_template(template)
        .render(
            title=rows[0]["title"] if len(rows) == 1 and template != "index.html" else words.title,
            summary=words.summary.format(n=len(rows), paragraphs=f"{sum(r['count'] for r in rows):,}"),
            reports=rows,
            legend=share_rows(total, options, words),
            area_ids=[a.id for a in options.areas],
            threshold=f"{options.threshold:.2f}",
            words=words,
            about=about,
            style=_asset("style.css"),
            script=_asset("script.js"),
            **more,
        )
    )


def _shown(report: Mapping[str, Any], titles: Mapping[str, int]) -> dict[str, Any]:
    """Return what a list shows of a report: its title, or the name of its file where others have the title, too."""
    title, name = report["title"], report["name"]
    shown = title if titles[title] == 1 else PurePath(name).name
    return {"shown": shown, "below": [text for text in dict.fromkeys((title, name)) if text != shown]}


def _about_report(report: Mapping[str, Any], words: PageWords) -> str:
    size = sum(report["characters"].values())
    return words.about_report.format(name=report["name"], paragraphs=report["count"], characters=f"{size:,.0f}")


def _total(reports: Sequence[Mapping[str, Any]], options: OutputOptions) -> Shares:
    """Return the shares of all reports together."""
    areas = tuple(area for area in reports[0]["characters"] if area) if reports else tuple(a.id for a in options.areas)
    sums = np.array([[r["characters"][a] for a in areas] for r in reports]).reshape(-1, len(areas)).sum(axis=0)
    return Shares(areas, sums, sum(r["characters"][""] for r in reports))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("classifier.output", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
