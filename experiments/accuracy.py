"""Write accuracy.md, the table over all variants, and the tables of the notes, from the reports of the experiments."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from classifier.evaluation.intervals import DRAWS

HERE = Path(__file__).parent
LEVEL = 0.05
START, END = "<!-- table -->", "<!-- end of table -->"  # around what is written into notes.md
HEAD = "| variant | real, held out | core | difference | p | `reports` | `seeds` | verdict |"
RULE = "|---|---:|---:|---:|---:|---:|---:|---|"
NAMES = {
    "extract": "on the shipped labels",
    "text": "on written and real text, for rows marked (text)",
    "text, other folds": "on the same with folds dealt another way, for rows marked so",
}
PAGE = """# Accuracy

Written by `python experiments/accuracy.py` from the reports of the experiments; nothing here is typed by hand.

Figures are macro-F1 in percent: over all thirteen areas, and over the four core ones, of the real paragraphs of the
held-out folds. Five folds, the same for all, keep reports whole; how classifiers and joins are kept from the reports
they are scored on stands in [lab.py](lab.py). `difference` is that to the default on the same labels, over all areas,
in points, with the 95 % interval of a paired bootstrap over whole reports; p is of swapping answers report by report.
The gold columns (all areas / core) confirm, and decide nothing.

`keep`: better than the default with p < {level}; `drop`: worse with p < {level}; else `no difference`. A verdict says
what the figures say, not what was built in. Of {n} variants without any effect, {chance:.0f} would have p < {level} by
chance; a star marks verdicts that stay where one in twenty of all starred ones may be wrong (Benjamini and Hochberg
1995). The smallest p that there can be is 1 in {draws}.

The default: {defaults}.

Better than the default: {better}.

{table}
"""


def corrected(p: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number (Benjamini and Hochberg 1995).

    >>> corrected([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    found, least = [0.0] * len(p), 1.0
    for rank, i in reversed(list(enumerate(sorted(range(len(p)), key=lambda i: p[i]), start=1))):
        least = min(least, p[i] * len(p) / rank)
        found[i] = round(least, 12)
    return found


def verdict(row: dict[str, Any]) -> str:
    """Return what p and the sign of the difference say."""
    difference, _, _, p = row["difference, all"]
    if p >= LEVEL:
        return "no difference"
    return ("keep" if difference > 0 else "drop") + ("*" if row["corrected"] < LEVEL else "")


def percent(values: Sequence[float]) -> str:
    """Return two shares as percent."""
    return " / ".join(f"{100 * v:.1f}" for v in values)


def beside(key: str, value: Any) -> bool:
    """Return whether a value of a row is a difference to something else than the default, and not to itself."""
    return key.startswith("to ") and any(value[:3])


def line(row: dict[str, Any]) -> str:
    """Return a row of a table."""
    difference, low, high, p = row["difference, all"]
    cells = [
        row["name"] + ("" if row["on"] == "extract" else f" ({row['on']})"),
        *(f"{100 * v:.1f}" for v in row["real"]),
        f"{100 * difference:+.2f} [{100 * low:+.2f}, {100 * high:+.2f}]",
        "< 0.001" if p < 0.001 else f"{p:.3f}",
        percent(row["reports"]),
        percent(row["seeds"]),
        verdict(row) + "".join(f"; {k} {100 * row[k][0]:+.2f}, p {row[k][3]:.3f}" for k in row if beside(k, row[k])),
    ]
    return "| " + " | ".join(cells) + " |"


def link(row: dict[str, Any]) -> str:
    """Return a cell with the experiment of a row."""
    return f"| [{row['experiment'][:3]}]({row['experiment']}/notes.md) "


def into_notes(experiment: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write the rows of an experiment between the marks of its notes."""
    file = HERE / experiment / "notes.md"
    before, rest = file.read_text(encoding="utf-8").split(START)
    table = "\n".join([HEAD, RULE, *(line(r) for r in rows)])
    file.write_text(f"{before}{START}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> None:
    """Read all reports and write the page."""
    defaults: dict[str, dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    for file in sorted(HERE.glob("*/report.json")):
        results = json.loads(file.read_text(encoding="utf-8"))["results"]
        for name, row in results.get("rows", {}).items():
            if "difference, all" in row:
                rows.append({"experiment": file.parent.name, "name": name, **row})
            else:
                defaults[name.removeprefix("default, ")] = row
    for row, p in zip(rows, corrected([r["difference, all"][3] for r in rows]), strict=True):
        row["corrected"] = p
    better = [f"{r['name']} ({r['experiment'][:3]})" for r in rows if verdict(r).startswith("keep")]
    of_default = (
        f"{NAMES[on]}, {percent(row['real'])}, `reports` {percent(row['reports'])}, `seeds` {percent(row['seeds'])}"
        for on, row in sorted(defaults.items())
    )
    page = PAGE.format(
        level=LEVEL,
        n=len(rows),
        chance=LEVEL * len(rows),
        draws=DRAWS + 1,
        defaults="; ".join(of_default),
        better=", ".join(better) or "none",
        table="\n".join(["| experiment " + HEAD, "|---" + RULE, *(link(r) + line(r) for r in rows)]),
    )
    (HERE / "accuracy.md").write_text(page, encoding="utf-8")
    for experiment in dict.fromkeys(r["experiment"] for r in rows):
        into_notes(experiment, [r for r in rows if r["experiment"] == experiment])


if __name__ == "__main__":
    main()
