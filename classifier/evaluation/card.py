"""card.md: what a model is, for people; the one file of a bundle that may name versions."""

from importlib.metadata import version

import numpy as np

from classifier.evaluation.metrics import area_figures, macro
from classifier.model.counted import Counted
from classifier.model.model import CUT
from classifier.model.training import Trained

PACKAGES = ("policy-area-classifier", "numpy", "scipy", "scikit-learn", "jieba", "rjieba")


def card(trained: Trained, counted: Counted) -> str:
    """Return the card of a model in Markdown: data, settings, versions, figures. The same inputs give the same text."""
    model = trained.model
    reports = len(set(counted.reports))
    figures = area_figures(counted.targets, trained.out_of_fold >= CUT)
    core = np.array([a.core for a in model.areas])
    rows = [
        f"| {a.zh} {a.en} | `{a.id}` | {n} | {_figures(p, r, f)} |"
        for a, n, p, r, f in zip(
            model.areas, figures.support, figures.precision, figures.recall, figures.f1, strict=True
        )
    ]
    averages = {"核心领域 Core": macro(figures, core), "宏平均 Macro": macro(figures)}
    rows += [f"| {name} | | | {_figures(a.precision, a.recall, a.f1)} |" for name, a in averages.items()]
    settings = ", ".join(f"{k} = {v}" for k, v in model.settings.as_dict().items())
    table = "\n".join(rows)
    return f"""# 政策领域分类模型 · Policy area model

给政府工作报告、经济工作讲话、年度工作安排逐段标注政策领域的线性模型。
A linear model that tags paragraphs of Chinese government reports with policy areas.

- 训练数据 Training data: {len(counted.reports)} paragraphs, {counted.counts.rows} sentences, {reports} reports
- 数据指纹 Data hash: `{model.data_hash}`
- 词项 Terms: {len(model.vocabulary)}; 用户词 user words: {len(model.words)}
- 设置 Settings: {settings}
- 版本 Versions: {", ".join(_versions())}

下表为训练数据上按报告分组的折外结果；词项和逻辑函数见过全部数据，故略偏高。严格的数字用 `classify evaluate --cv 5`。
The table is out of fold on the training data, grouped by report. Terms and join have seen all of it, so it reads
a little high; `classify evaluate --cv 5` is strict.

| 领域 Area | id | 段落 Paragraphs | 精确率 P | 召回率 R | F1 |
|---|---|---:|---:|---:|---:|
{table}
"""


def _figures(*values: float) -> str:
    return " | ".join("—" if np.isnan(v) else f"{v:.3f}" for v in values)


def _versions() -> list[str]:
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except ModuleNotFoundError:
            found.append(f"{package} —")
    return found
