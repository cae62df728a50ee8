"""How well wrapped reports become paragraphs again, and what reading changes in reports that are not wrapped.

From the top of a checkout: python experiments/019-wrapped-lines/run.py [--show]. Writes report.json beside it.
"""

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[1]
sys.path.insert(0, str(PROJECT))

from classifier import from_text, read  # noqa: E402
from experiments.bench import commit  # noqa: E402

NEVER_FIRST = "，。、；：？！）》”’％,.;:?!)%…"
OPENING = "（《“‘(["
RIGHT = 0.995  # F1 of a report from which all is right, or one line of some hundreds is not
Wrap = Callable[[str, int, int], list[str]]


def main() -> None:
    """Wrap and read each report, write report.json and print a table; --show prints the lines that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--show", action="store_true", help="print each report that is not right, and changed lines")
    options = parser.parse_args()
    settings = tomllib.loads((FOLDER / "settings.toml").read_text(encoding="utf-8"))
    files = sorted((PROJECT / settings["corpus"]).rglob("*.txt"))
    if not files:
        sys.exit(f"{settings['corpus']}: no reports there, and they are not part of the project")
    results = {
        "reports": len(files),
        "wrapped": wrapped(files, settings["width"], settings["indent"], options.show),
        "as they are": unwrapped(files, options.show),
    }
    report = {
        "commit": commit(),
        "version": version("policy-area-classifier"),
        "settings": settings,
        "results": results,
    }
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "report.json").write_text(text, encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False, indent=1))


def wrapped(files: list[Path], width: int, indent: int, show: bool) -> dict[str, dict[str, float]]:
    """Return for each way of wrapping the mean F1 of exact paragraphs, the worst, and how many reports are right."""
    ways: dict[str, tuple[Wrap, str, int]] = {
        "by characters, indented": (by_characters, "\u3000" * indent, indent),
        "by characters, indents lost": (by_characters, "", indent),
        "by characters, no indents": (by_characters, "", 0),
        "by width, indented": (by_width, "\u3000" * indent, indent),
        "by width, indents lost": (by_width, "", indent),
        "by width, no indents": (by_width, "", 0),
    }
    found = {}
    for name, (wrap, blanks, shorter) in ways.items():
        scores = []
        for file in files:
            expected = [p.text for d in read(file) for p in d.paragraphs]
            lines = [blanks * (n == 0) + line for text in expected for n, line in enumerate(wrap(text, width, shorter))]
            got = [p.text for p in from_text("\n".join(lines)).paragraphs]
            scores.append(f1(expected, got))
            if show and scores[-1] < RIGHT:
                print(f"{name}: {file.name}: {scores[-1]:.3f}")
                for text in list((Counter(got) - Counter(expected)).elements())[:5]:
                    print(f"    {text[:60]} … {text[-30:]}")
        found[name] = {
            "mean F1": round(sum(scores) / len(scores), 4),
            "worst": round(min(scores), 4),
            "right": sum(score >= RIGHT for score in scores),
        }
    return found


def unwrapped(files: list[Path], show: bool) -> dict[str, Any]:
    """Return how many lines of reports as they are come out changed, and what the receipts count."""
    changed, counts = 0, Counter[str]()
    for file in files:
        lines = Counter(line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
        for document in read(file):
            counts.update(document.counts)
            new = Counter(p.text for p in document.paragraphs) - lines
            changed += new.total()
            for text in new if show else ():
                print(f"{file.name}: {text[:60]} … {text[-30:]}")
    return {"paragraphs that are no line of the file": changed, "counts": dict(counts)}


def f1(expected: list[str], got: list[str]) -> float:
    """Return the harmonic mean of precision and recall of exact paragraphs."""
    both = (Counter(expected) & Counter(got)).total()
    return 2 * both / (len(expected) + len(got))


def by_characters(text: str, width: int, shorter: int) -> list[str]:
    """Break a text into lines of so many characters, the first of which is shorter."""
    return [text[: width - shorter], *(text[i : i + width] for i in range(width - shorter, len(text), width))]


def by_width(text: str, width: int, shorter: int) -> list[str]:
    """Break a text as word processors do: Latin characters count half, and closing marks begin no line."""
    lines, room = [""], width - shorter
    for unit in units(text):
        if lines[-1] and measured(lines[-1] + unit) > room:
            lines.append("")
            room = width
        lines[-1] += unit
    return lines


def units(text: str) -> Iterator[str]:
    """Yield what stays together in a line: words, figures, and characters with the marks around them."""
    yield from re.findall(rf"[{re.escape(OPENING)}]*(?:[A-Za-z0-9.%]+|.)[{re.escape(NEVER_FIRST)}]*", text)


def measured(text: str) -> float:
    """Return the width of a text in Chinese characters."""
    return sum(0.5 if c.isascii() else 1 for c in text)


if __name__ == "__main__":
    main()
