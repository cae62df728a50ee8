"""The table of compare.py in Markdown, in both languages."""

from collections.abc import Sequence
from typing import Protocol


class Line(Protocol):
    """What a line of the table needs."""

    @property
    def key(self) -> str:
        """Which figure it is."""

    @property
    def own(self) -> float:
        """The figure of this program."""

    @property
    def others(self) -> tuple[float | None, ...]:
        """Those of the plain scripts."""

    @property
    def unit(self) -> str:
        """Of all figures."""

    @property
    def target(self) -> str:
        """What is aimed at."""

    def ratios(self) -> tuple[float | None, ...]:
        """How many times better this program is."""


HEAD = {
    "en": {"own": "this program", "ratio": "ratio", "target": "aim"},
    "zh": {
        "own": "本程序",
        "ratio": "倍数",
        "target": "目标",
        "plain script": "普通脚本",
        "reference script": "对照脚本",
    },
}
NAMES = {
    "en": {
        "help": "`classify --help` (against the script's start)",
        "one_wall": "one report, from start to end",
        "one_cpu": "one report, processor time",
        "one_peak": "one report, memory",
        "once_1": "{size:.1f} MB of reports with the start, one process",
        "once_all": "the same, {cores} processes",
        "jsonl_1": "{long:.0f} MB to JSONL, one process",
        "parquet_1": "{long:.0f} MB to Parquet, one process",
        "jsonl_all": "{long:.0f} MB to JSONL, {cores} processes",
        "parquet_all": "{long:.0f} MB to Parquet, {cores} processes",
        "jsonl_cpu": "{long:.0f} MB to JSONL, a second of processor time",
        "all_cpu": "the same, {cores} processes",
        "tokenizing": "tokenizing alone: rjieba against jieba",
        "fasttext_tokenizing": "for comparison: fastText, tokenizing included",
        "fasttext": "for comparison: fastText on tokenized text",
        "alike": "paragraphs with the same result alone and in bulk",
    },
    "zh": {
        "help": "`classify --help`（与脚本启动相比）",
        "one_wall": "一份报告，从启动到结束",
        "one_cpu": "一份报告，处理器时间",
        "one_peak": "一份报告，内存",
        "once_1": "{size:.1f} MB 报告，含启动，单进程",
        "once_all": "同上，{cores} 个进程",
        "jsonl_1": "{long:.0f} MB，输出 JSONL，单进程",
        "parquet_1": "{long:.0f} MB，输出 Parquet，单进程",
        "jsonl_all": "{long:.0f} MB，输出 JSONL，{cores} 个进程",
        "parquet_all": "{long:.0f} MB，输出 Parquet，{cores} 个进程",
        "jsonl_cpu": "{long:.0f} MB，输出 JSONL，每秒处理器时间",
        "all_cpu": "同上，{cores} 个进程",
        "tokenizing": "仅分词：rjieba 与 jieba 相比",
        "fasttext_tokenizing": "参照：fastText，含分词",
        "fasttext": "参照：fastText，分词已完成",
        "alike": "单篇与批量结果相同的段落",
    },
}
NOTES = {
    "en": "{reports} reports, {size:.1f} MB of UTF-8; the long runs read them {times} times, those of the plain script "
    "once, without its start. Best of several runs in turn; {cores} processors, Python {python}.",
    "zh": "{reports} 份报告，{size:.1f} MB（UTF-8）；长时间运行读入 {times} 遍，普通脚本读一遍且不计启动时间。"
    "各命令轮流运行，取最好成绩；{cores} 个处理器，Python {python}。",
}


def table(rows: Sequence[Line], scripts: Sequence[str], lang: str, about: dict[str, float]) -> str:
    """Return the rows as a Markdown table, with two columns for each plain script."""
    words = HEAD[lang]
    head = ["", words["own"]]
    for script in scripts:
        head += [words.get(script, script), words["ratio"]]
    lines = [[*head, words["target"]], ["---", *["---:"] * (len(head) - 1), "---"]]
    names = NAMES[lang]
    long = about["size"] * about["times"]
    for row in rows:
        cells = [names[row.key].format(long=long, **about), figure(row.own, row.unit)]
        for other, ratio in zip(row.others, row.ratios(), strict=True):
            cells += ["", ""] if other is None or ratio is None else [figure(other, row.unit), f"{ratio:.1f} ×"]
        lines.append([*cells, row.target])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def figure(value: float, unit: str) -> str:
    """Return a figure with as many digits as mean something."""
    digits = 0 if value >= 100 or unit.startswith("of") else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}"
