"""card.md: what a model is, for people; the one file of a bundle that may name versions."""

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

from classifier.model.model import Model
from classifier.records import Example

PACKAGES = ("policy-area-classifier", "numpy", "scipy", "scikit-learn", "jieba", "rjieba")


def card(model: Model, examples: Sequence[Example]) -> str:
    """Return the card of a model in Markdown: data, settings, versions. The same inputs give the same text."""
    reports = {e.report for e in examples}
    sentences = sum(len(e.sentences) for e in examples)
    counts = Counter(area for e in examples for area in e.areas)
    lines = [
        "# 政策领域分类模型 · Policy area model",
        "",
        "给政府工作报告、经济工作讲话、年度工作安排逐段标注政策领域的线性模型。",
        "A linear model that tags paragraphs of Chinese government reports with policy areas.",
        "",
        f"- 训练数据 Training data: {len(examples)} paragraphs, {sentences} sentences, {len(reports)} reports",
        f"- 数据指纹 Data hash: `{model.data_hash}`",
        f"- 特征 Terms: {len(model.terms)}; 用户词 user words: {len(model.words)}",
        f"- 设置 Settings: {', '.join(f'{k} = {v}' for k, v in model.settings.as_dict().items())}",
        f"- 版本 Versions: {', '.join(_versions())}",
        "",
        "| 领域 Area | id | 段落 Paragraphs |",
        "|---|---|---:|",
        *(f"| {a.zh} {a.en} | `{a.id}` | {counts[a.id]} |" for a in model.areas),
        "",
        "精度用 `classify evaluate` 测量。Measure accuracy with `classify evaluate`.",
        "",
    ]
    return "\n".join(lines)


def _versions() -> list[str]:
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except ModuleNotFoundError:
            found.append(f"{package} —")
    return found
