"""Compare this program with a plain script, fastText and jieba, on the same text in the same run; prints a table.

python benchmarks/compare.py --times 10 takes two to four minutes; --quick takes one, and is coarser.
"""

import argparse
import json
import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import LABELS, copies, reports, size, text_folder
from benchmarks.measuring import CLASSIFY, MB, PROJECT, SHARED, Cost, alternate, cores, output
from benchmarks.wording import NOTES, table

REPORT = PROJECT / "seeds" / "reports" / "work-plan.txt"
REFERENCE = SHARED / "tools" / "plain"
GOLD = SHARED / "gold"
GOLD_PARAGRAPHS = ("reports.jsonl", "seeds.jsonl")
EVERY = 4  # one label file of so many trains the plain script: enough for a model of the usual size, in seconds


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: the figure of this program, those of the plain scripts, and the aim.

    more: whether more is better. target: the wanted ratio to the plain script, or the wanted bound of `own`.
    """

    key: str
    own: float
    others: tuple[float | None, ...]
    unit: str = "s"
    more: bool = False
    target: str = ""

    def ratios(self) -> tuple[float | None, ...]:
        """Return how many times better than each plain script this program is."""
        return tuple(o and (self.own / o if self.more else o / self.own) for o in self.others)


@dataclass(slots=True)
class Setting:
    """What is measured, and how often.

    folder: the text. place: for temporary files. plain: the command of each plain script that tags files.
    times: how often the long runs read the text. notes: printed below the table.
    """

    folder: Path
    place: Path
    plain: dict[str, list[str]]
    quick: bool
    times: int
    notes: list[str] = field(default_factory=list)

    @property
    def starts(self) -> int:
        """How often a start is measured."""
        return 3 if self.quick else 7

    @property
    def bulks(self) -> int:
        """How often a run over all text is measured."""
        return 1 if self.quick else 2


def main() -> None:
    """Measure, print the table, and write the figures where that is wanted."""
    options = arguments()
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory()))
        folder = text_folder(options.corpus, place)
        if not reports(folder):
            sys.exit(f"{folder}: no reports; give --corpus a folder with .txt files")
        tell("the plain scripts learn")
        setting = Setting(folder, place, plain_scripts(place), options.quick, options.times)
        rows = [*starts(setting), *bulk(setting), *parts(setting)]
        alike(setting, rows)
        measured = about(setting)
    names = list(setting.plain)
    print(table(rows, names, options.lang, measured))
    print()
    for note in [NOTES[options.lang].format(**measured), *setting.notes]:
        print(note)
    if options.json:
        found = {r.key: {"own": r.own, "plain": r.others, "ratios": r.ratios(), "target": r.target} for r in rows}
        options.json.write_text(json.dumps({"about": measured, "scripts": names, "rows": found}, indent=1) + "\n")


def arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="folder of reports; else ../shared/corpus, or one that is made")
    parser.add_argument("--times", type=int, default=5, help="how often the long runs read the corpus")
    parser.add_argument("--quick", action="store_true", help="measure less often")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    parser.add_argument("--lang", choices=["en", "zh"], default="en", help="language of the table")
    return parser.parse_args()


def tell(message: str) -> None:
    """Say on stderr what is being measured."""
    print(f"… {message}", file=sys.stderr, flush=True)


def plain_scripts(place: Path) -> dict[str, list[str]]:
    """Train each plain script there is, and return the command with which it tags files."""
    own = str(PROJECT / "benchmarks" / "plain.py")
    model = str(place / "plain.joblib")
    output([sys.executable, own, "train", model, *map(str, sorted(LABELS.glob("*.jsonl"))[::EVERY])])
    scripts = {"plain script": [sys.executable, own, "predict", model]}
    if REFERENCE.is_dir() and GOLD.is_dir():
        model = str(place / "reference.joblib")
        paragraphs = place / "paragraphs"  # it reads every file of a folder, and the one of sentences has no areas
        paragraphs.mkdir()
        for file in GOLD_PARAGRAPHS:
            shutil.copy(GOLD / file, paragraphs)
        output([sys.executable, str(REFERENCE / "train.py"), str(paragraphs), model])
        scripts["reference script"] = [sys.executable, str(REFERENCE / "predict.py"), model]
    return scripts


def starts(setting: Setting) -> list[Row]:
    """Measure what one report costs, and the help."""
    tell("one report")
    commands = {name: [*command, str(REPORT)] for name, command in setting.plain.items()}
    commands |= {"help": [*CLASSIFY, "--help"], "predict": [*CLASSIFY, "predict", str(REPORT)]}
    costs = alternate(commands, setting.starts)
    one = [costs[name] for name in setting.plain]
    help_, predict = costs["help"], costs["predict"]
    return [
        Row("help", help_.wall, tuple(c.wall for c in one), target="12 ×"),
        Row("one_wall", predict.wall, tuple(c.wall for c in one), target="6 ×"),
        Row("one_cpu", predict.cpu, tuple(c.cpu for c in one)),
        Row("one_peak", predict.peak, tuple(c.peak for c in one), "MiB", target="< 120 MiB"),
    ]


def bulk(setting: Setting) -> list[Row]:
    """Measure the throughput over all text, read once and read `times` times."""
    files = reports(setting.folder)
    whole = size(files)
    jobs = cores()
    tell("all reports, once")
    commands = {name: [*command, *map(str, files)] for name, command in setting.plain.items()}
    commands |= {
        "short 1": tagging(setting, setting.folder, "jsonl", 1),
        "short all": tagging(setting, setting.folder, "jsonl", jobs),
    }
    costs = alternate(commands, setting.bulks)
    plain = [costs[name] for name in setting.plain]
    start = alternate({name: [*command, str(REPORT)] for name, command in setting.plain.items()}, 2)
    # The long run would take the plain scripts minutes; their rate there comes close to that without the start.
    steady = [Cost(c.wall - start[n].wall, c.cpu - start[n].cpu, 0) for n, c in zip(setting.plain, plain, strict=True)]
    tell(f"all reports, {setting.times} times")
    long = copies(setting.folder, setting.place / "long", setting.times)
    runs = {f"{form} {n}": tagging(setting, long, form, n) for form in ("jsonl", "parquet") for n in sorted({1, jobs})}
    found = alternate(runs, setting.bulks)
    much = whole * setting.times
    rates = tuple(c.rate(whole) for c in steady)
    once = tuple(c.rate(whole) for c in plain)
    rows = [
        Row("once_1", costs["short 1"].rate(whole), once, "MB/s", more=True),
        Row("once_all", costs["short all"].rate(whole), once, "MB/s", more=True),
        Row("jsonl_1", found["jsonl 1"].rate(much), rates, "MB/s", more=True),
        Row("parquet_1", found["parquet 1"].rate(much), rates, "MB/s", more=True),
    ]
    if jobs > 1:
        rows += [
            Row("jsonl_all", found[f"jsonl {jobs}"].rate(much), rates, "MB/s", more=True, target="15 ×"),
            Row("parquet_all", found[f"parquet {jobs}"].rate(much), rates, "MB/s", more=True, target="15 ×"),
        ]
    cpu = tuple(whole / MB / c.cpu for c in steady)
    used = [("jsonl_cpu", 1), ("all_cpu", jobs)][: 2 if jobs > 1 else 1]
    return rows + [Row(key, much / MB / found[f"jsonl {n}"].cpu, cpu, "MB/s", more=True) for key, n in used]


def tagging(setting: Setting, folder: Path, form: str, jobs: int) -> list[str]:
    """Return the command that tags a folder into a file."""
    out = setting.place / f"out.{form}"
    return [*CLASSIFY, "predict", str(folder), "--format", form, "--jobs", str(jobs), "--out", str(out)]


def parts(setting: Setting) -> list[Row]:
    """Measure the tokenizers, and fastText."""
    tell("jieba, rjieba and fastText")
    found = json.loads(output([sys.executable, str(PROJECT / "benchmarks" / "tokenizers.py"), str(setting.folder)]))
    rates = found["rates"]
    if found["note"]:
        setting.notes.append(found["note"])
    none = (None,) * (len(setting.plain) - 1)
    rows = [Row("tokenizing", rates["rjieba"], (rates["jieba"], *none), "MB/s", more=True)]
    others = [name for name in ("fasttext_tokenizing", "fasttext") if name in rates]
    return [*rows, *(Row(name, rates[name], (None, *none), "MB/s", more=True) for name in others)]


def alike(setting: Setting, rows: list[Row]) -> None:
    """Compare what all reports together give, by several processes, with what each gives alone; note the outcome."""
    tell("each report alone against all together")
    result = setting.place / "all.jsonl"
    command = [*CLASSIFY, "predict", str(setting.folder), "--format", "jsonl", "--scores", "all", "--out", str(result)]
    output([*command, "--jobs", str(cores())])
    script = str(PROJECT / "benchmarks" / "alike.py")
    found: dict[str, Any] = json.loads(output([sys.executable, script, str(setting.folder), str(result)]))
    none = (None,) * len(setting.plain)
    rows.append(Row("alike", found["paragraphs"] - found["differ"], none, f"of {found['paragraphs']}", more=True))


def about(setting: Setting) -> dict[str, Any]:
    """Return what the figures were measured on."""
    files = reports(setting.folder)
    version = ".".join(map(str, sys.version_info[:3]))
    return {
        "reports": len(files),
        "size": size(files) / MB,
        "times": setting.times,
        "cores": cores(),
        "python": version,
    }


if __name__ == "__main__":
    main()
