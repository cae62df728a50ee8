"""Write accuracy.md, the table over all variants, and the tables of the notes, from the reports of the experiments."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from classifier import api
from classifier.evaluation.intervals import DRAWS

HERE = Path(__file__).parent
LEVEL = 0.05
START, END = "<!-- table -->", "<!-- end of table -->"  # around what is written into notes.md
SHIPPED = "the shipped settings"
CLOSE = 0.3  # points that plain models of earlier and present labels may differ by without a word
HEAD = "| variant | real, held out | core | difference | p | `reports` | `seeds` | verdict |"
RULE = "|---|---:|---:|---:|---:|---:|---:|---|"
NAMES = {
    "extract": "on written texts and the extract",
    "text": "on written and real text",
    "extract, other folds": "on the same with folds dealt another way",
    "text, other folds": "on text with folds dealt another way",
}
EARLIER = """
†: measured on earlier labels, whose real part was extracted by sentence, and compared with the plain model of that
time, which had runs of two words as terms too: {figures}. With the extract of its time, that model and
the present one differ by {says} {close} points: by {all:.2f} over all areas and {core:.2f} over the core ones.
"""
PAGE = """# Accuracy

Written by `python experiments/accuracy.py` from the reports of the experiments; nothing here is typed by hand.

Figures are macro-F1 in percent: over all thirteen areas, and over the four core ones, of the real paragraphs of the
held-out folds. Five folds, the same for all, keep reports whole; how classifiers and joins are kept from the reports
they are scored on stands in [lab.py](lab.py). `difference` is that to the plain model on the same labels, over all
areas, in points, with the 95 % interval of a paired bootstrap over whole reports; p is of swapping answers report by
report. The gold columns (all areas / core) confirm, and decide nothing.

The plain model is what every row is compared with: sentences alone, single words and runs of one to four characters
with edges, 1 + ln of counts times idf, rows of length 1, linear support vector machines with c = 0.5, and a join over
best and mean scores and the number of sentences with a ridge of 0.3. Marks such as (text) say which
labels a row is measured on, where they are not the shipped ones. The plain model has: {plain}.

**What is shipped adds clauses to it**, as the row says that is named so: {shipped}.
{earlier}
`keep`: better than the plain model with p < {level}; `drop`: worse with p < {level}; else `no difference`. A verdict
says what the figures say, not what was built in. Of {n} variants without any effect, {chance:.0f} would have p <
{level} by chance; a star marks verdicts that stay where one in twenty of all starred ones may be wrong (Benjamini and
Hochberg 1995). The smallest p that there can be is 1 in {draws}.

Better than the plain model: {better}.

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


def signed(row: dict[str, Any]) -> str:
    """Return the difference of a row with its interval, in points."""
    difference, low, high, _ = row["difference, all"]
    return f"{100 * difference:+.2f} [{100 * low:+.2f}, {100 * high:+.2f}]"


def small(p: float) -> str:
    """Return p, or that it is below what three digits can say."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def of_plain(rows: dict[str, dict[str, Any]]) -> str:
    """Return the figures of the plain model on each kind of labels."""
    return "; ".join(
        f"{NAMES[on]}, {percent(row['real'])}, `reports` {percent(row['reports'])}, `seeds` {percent(row['seeds'])}"
        for on, row in sorted(rows.items())
    )


def about_earlier(then: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> str:
    """Return what is to be said of rows of earlier labels, nothing where there are none."""
    if not then:
        return ""
    apart = [100 * abs(a - b) for a, b in zip(then["extract"]["real"], now["extract"]["real"], strict=True)]
    says = "no more than" if max(apart) <= CLOSE else "more than"
    return EARLIER.format(figures=of_plain(then), says=says, close=CLOSE, all=apart[0], core=apart[1])


def percent(values: Sequence[float]) -> str:
    """Return two shares as percent."""
    return " / ".join(f"{100 * v:.1f}" for v in values)


def beside(key: str, value: Any) -> bool:
    """Return whether a value of a row is a difference to another than the plain model, not itself."""
    return key.startswith("to ") and any(value[:3])


def line(row: dict[str, Any]) -> str:
    """Return a row of a table."""
    cells = [
        row["name"] + ("" if row["on"] == "extract" else f" ({row['on']})") + (" †" if row["earlier"] else ""),
        *(f"{100 * v:.1f}" for v in row["real"]),
        signed(row),
        small(row["difference, all"][3]),
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
    note = ["", "†: on earlier labels, see [accuracy](../accuracy.md)."] if any(r["earlier"] for r in rows) else []
    table = "\n".join([HEAD, RULE, *(line(r) for r in rows), *note])
    file.write_text(f"{before}{START}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> None:
    """Read all reports and write the page."""
    digest = api.training_set([HERE.parent / "labels"]).digest()
    plain: dict[bool, dict[str, dict[str, Any]]] = {False: {}, True: {}}  # by whether the labels are earlier ones
    rows: list[dict[str, Any]] = []
    for file in sorted(HERE.glob("*/report.json")):
        report = json.loads(file.read_text(encoding="utf-8"))
        for name, row in report["results"].get("rows", {}).items():
            row["earlier"] = row.get("data", report["data"]) != digest
            if "difference, all" in row:
                rows.append({"experiment": file.parent.name, "name": name, **row})
            else:
                plain[row["earlier"]][name.partition(", ")[2]] = row
    for row, p in zip(rows, corrected([r["difference, all"][3] for r in rows]), strict=True):
        row["corrected"] = p
    better = [f"{r['name']} ({r['experiment'][:3]})" for r in rows if verdict(r).startswith("keep")]
    shipped = next(r for r in rows if r["name"] == SHIPPED)
    page = PAGE.format(
        level=LEVEL,
        n=len(rows),
        chance=LEVEL * len(rows),
        draws=DRAWS + 1,
        plain=of_plain(plain[False]),
        shipped=f"{link(shipped).strip('| ')}, {percent(shipped['real'])}, {signed(shipped)}, "
        f"p {small(shipped['difference, all'][3])}, `reports` {percent(shipped['reports'])}, "
        f"`seeds` {percent(shipped['seeds'])}",
        earlier=about_earlier(plain[True], plain[False]),
        better=", ".join(better) or "none",
        table="\n".join(["| experiment " + HEAD, "|---" + RULE, *(link(r) + line(r) for r in rows)]),
    )
    (HERE / "accuracy.md").write_text(page, encoding="utf-8")
    for experiment in dict.fromkeys(r["experiment"] for r in rows):
        into_notes(experiment, [r for r in rows if r["experiment"] == experiment])


if __name__ == "__main__":
    main()
