"""An evaluation as files: report.json, report.md, report.html, and the figures as SVG and PNG."""

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from classifier.errors import ClassifierError
from classifier.output.language import WORDS
from classifier.output.reports.charts import draw_all
from classifier.output.reports.sections import Section, sections
from classifier.storage.atomic import atomic_text_file

# Which figures stand in which part of the report.
FIGURES_OF_SECTIONS = {
    "areas": ("areas", "precision_recall"),
    "calibration": ("reliability",),
    "curve": ("learning_curve",),
    "confusion": ("confusion",),
}
STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", Arial, sans-serif;
  color: #222; max-width: 62rem; margin: 2rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #ccc; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.88rem; }
th, td { padding: 0.22rem 0.7rem 0.22rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #eee; }
td.n { text-align: right; white-space: nowrap; }
td:first-child { white-space: nowrap; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; }
p { color: #555; }
@media print { body { max-width: none; margin: 0; font-size: 10pt; } h2, figure { break-inside: avoid; }
  h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""
NUMBER = re.compile(r"[+-]?[\d.,]+%?|—|[\d.]+ – [\d.]+")


def write_evaluation(report: Mapping[str, Any], folder: Path, lang: str) -> None:
    """Write all files of an evaluation into a folder, which is made if need be; other files in it stay."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ClassifierError(f"{folder}: cannot be made ({error.strerror}); give --out another folder") from error
    figures = draw_all(dict(report), folder, lang)
    parts = list(sections(dict(report), lang))
    texts = {
        "report.json": json.dumps(report, ensure_ascii=False, indent=1) + "\n",
        "report.md": _markdown(parts, figures, lang),
        "report.html": _html(parts, figures, lang),
    }
    for name, text in texts.items():
        with atomic_text_file(folder / name) as stream:
            stream.write(text)


def _markdown(parts: list[Section], figures: Mapping[str, str], lang: str) -> str:
    lines = [f"# {WORDS[lang]['title']}", ""]
    for part in parts:
        lines += [f"## {part.title}", ""]
        if part.rows:
            lines += ["| " + " | ".join(part.head) + " |", "|" + "---|" * len(part.head)]
            lines += ["| " + " | ".join(_cell(c) for c in row) + " |" for row in part.rows] + [""]
        lines += [line for text in part.lines for line in (text, "")]
        lines += [
            line
            for name in FIGURES_OF_SECTIONS.get(part.name, ())
            if name in figures
            for line in (f"![{name}]({name}.svg)", "")
        ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _html(parts: list[Section], figures: Mapping[str, str], lang: str) -> str:
    title = html.escape(WORDS[lang]["title"])
    body = "\n".join(_section(part, figures) for part in parts)
    language = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _section(part: Section, figures: Mapping[str, str]) -> str:
    pieces = [f'<h2 id="{part.name}">{html.escape(part.title)}</h2>']
    if part.rows:
        head = "".join(f"<th>{html.escape(h)}</th>" for h in part.head)
        rows = "".join("<tr>" + "".join(_html_cell(c) for c in row) + "</tr>\n" for row in part.rows)
        pieces.append(
            f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div>'
        )
    pieces += [f"<p>{html.escape(line)}</p>" for line in part.lines]
    pieces += [
        f"<figure>{_inline(figures[n])}</figure>" for n in FIGURES_OF_SECTIONS.get(part.name, ()) if n in figures
    ]
    return "\n".join(pieces)


def _html_cell(text: str) -> str:
    kind = ' class="n"' if NUMBER.fullmatch(text) else ""
    return f"<td{kind}>{html.escape(text)}</td>"


def _inline(svg: str) -> str:
    """Return the svg element alone, without the XML heading that does not belong into HTML."""
    return svg[svg.index("<svg") :]
