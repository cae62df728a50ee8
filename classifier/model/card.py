"""card.md: what a model is, for people; the one file of a bundle that may name versions."""

from importlib.metadata import version

from classifier.model.counted import Counted
from classifier.model.model import Model

PACKAGES = ("policy-area-classifier", "numpy", "scipy", "scikit-learn", "jieba", "rjieba")


def card(model: Model, counted: Counted) -> str:
    """Return the card of a model in Markdown: data, settings, versions. The same inputs give the same text."""
    paragraphs, sentences = len(counted.reports), counted.counts.rows
    reports = len(set(counted.reports))
    support = counted.targets.sum(axis=0)
    lines = [
        "# 政策领域分类模型 · Policy area model",
        "",
        "给政府工作报告、经济工作讲话、年度工作安排逐段标注政策领域的线性模型。",
        "A linear model that tags paragraphs of Chinese government reports with policy areas.",
        "",
        f"- 训练数据 Training data: {paragraphs} paragraphs, {sentences} sentences, {reports} reports",
        f"- 数据指纹 Data hash: `{model.data_hash}`",
        f"- 特征 Terms: {len(model.terms)}; 用户词 user words: {len(model.words)}",
        f"- 设置 Settings: {', '.join(f'{k} = {v}' for k, v in model.settings.as_dict().items())}",
        f"- 版本 Versions: {', '.join(_versions())}",
        "",
        "| 领域 Area | id | 段落 Paragraphs |",
        "|---|---|---:|",
        *(f"| {a.zh} {a.en} | `{a.id}` | {n} |" for a, n in zip(model.areas, support, strict=True)),
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
