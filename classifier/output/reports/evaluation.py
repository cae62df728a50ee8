"""An evaluation as files: report.json, report.md, report.html, and the charts as SVG and PNG."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import orjson

from classifier.errors import ClassifierError
from classifier.evaluation.report import EvaluationReport
from classifier.messages import message, system_reason
from classifier.output.language import EvaluationWords
from classifier.output.reports.charts import draw_all
from classifier.output.reports.numbers import UNDEFINED
from classifier.output.reports.sections import Section, sections
from classifier.storage.atomic import atomic_text_file

# Which charts stand in which section of the report.
CHARTS_OF_SECTIONS = {
    "areas": ("areas", "precision_recall"),
    "calibration": ("reliability",),
    "learning_curve": ("learning_curve",),
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
NUMBER = re.compile(rf"[+-]?[\d.,]+%?|{UNDEFINED}|[\d.]+ – [\d.]+")  # what stands at the right of a cell


def write_evaluation(report: EvaluationReport, folder: Path, lang: str) -> None:
    """Write all files of an evaluation into a folder, which is made if need be; other files in it stay."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = system_reason(error)
        raise ClassifierError(
            message("{place}: cannot be made ({why}); give --out another folder", place=folder, why=why)
        ) from error
    words = EvaluationWords(lang)
    charts = draw_all(report, folder, lang)
    parts = list(sections(report, words))
    texts = {
        "report.json": report_json(report),
        "report.md": _markdown(parts, charts, words),
        "report.html": _html(parts, charts, words),
    }
    for name, text in texts.items():
        with atomic_text_file(folder / name) as stream:
            stream.write(text)


def report_json(report: EvaluationReport) -> str:
    """Return a report as JSON, with the names of its fields; undefined figures are null."""
    return orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _charts_of(part: Section, charts: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of the charts of a section that were drawn."""
    return (name for name in CHARTS_OF_SECTIONS.get(part.name, ()) if name in charts)


def _markdown(parts: Sequence[Section], charts: Mapping[str, str], words: EvaluationWords) -> str:
    lines = [f"# {words.title}", ""]
    for part in parts:
        lines += [f"## {part.title}", ""]
        if part.rows:
            lines += ["| " + " | ".join(part.head) + " |", "|" + "---|" * len(part.head)]
            lines += ["| " + " | ".join(_markdown_cell(c) for c in row) + " |" for row in part.rows] + [""]
        lines += [line for text in part.lines for line in (text, "")]
        lines += [line for name in _charts_of(part, charts) for line in (f"![{name}]({name}.svg)", "")]
    return "\n".join(lines)


def _markdown_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _html(parts: Sequence[Section], charts: Mapping[str, str], words: EvaluationWords) -> str:
    title = html.escape(words.title)
    body = "\n".join(_html_section(part, charts) for part in parts)
    return (
        f'<!doctype html>\n<html lang="{words.html_lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def _html_section(part: Section, charts: Mapping[str, str]) -> str:
    blocks = [f'<h2 id="{part.name}">{html.escape(part.title)}</h2>']
    if part.rows:
        head = "".join(f"<th>{html.escape(h)}</th>" for h in part.head)
        rows = "".join("<tr>" + "".join(_html_cell(c) for c in row) + "</tr>\n" for row in part.rows)
        table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"
        blocks.append(f'<div class="scroll">{table}</div>')
    blocks += [f"<p>{html.escape(line)}</p>" for line in part.lines]
    blocks += [f"<figure>{_svg_element(charts[name])}</figure>" for name in _charts_of(part, charts)]
    return "\n".join(blocks)


def _html_cell(text: str) -> str:
    kind = ' class="n"' if NUMBER.fullmatch(text) else ""
    return f"<td{kind}>{html.escape(text)}</td>"


def _svg_element(svg: str) -> str:
    """Return the svg element alone, without the XML heading, which does not belong into HTML."""
    return svg[svg.index("<svg") :]
