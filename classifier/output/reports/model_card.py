"""card.md: what a model is, for people; the one file of a bundle that may name versions."""

from importlib.metadata import version

import numpy as np

from classifier.arrays import Floats
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.intervals import Interval, counts_by_report, draws, f1_draws, interval, macro_draws
from classifier.evaluation.metrics import area_figures, macro
from classifier.evaluation.reliability import expected_error, measure_reliability
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.model.model import Model
from classifier.output.reports.numbers import UNDEFINED, figure

PACKAGES = ("policy-area-classifier", "numpy", "scipy", "scikit-learn", "jieba", "rjieba")


def model_card(model: Model, labelled_counts: LabelledCounts, out_of_fold: Floats | None = None) -> str:
    """Return the card of a model in Markdown: the same inputs give the same text.

    labelled_counts: what it learned from. out_of_fold: probabilities of classifiers that have not seen the report,
    shape (paragraphs, areas); None where the card is written before they are known. Its sections are those of Mitchell
    et al., Model cards for model reporting (FAT* 2019).
    """
    paragraphs, sentences = len(labelled_counts.reports), len(labelled_counts.sentence_to_paragraph)
    reports = len(set(labelled_counts.reports))
    settings = ", ".join(f"{k} = {v}" for k, v in model.settings.as_dict().items())
    return f"""# 政策领域分类模型 · Policy area model

## 模型 Model details

给政府工作报告、经济工作讲话、年度工作安排逐段标注政策领域的线性模型：每个领域两个线性支持向量机，一个看句子，一个看分句，
一个逻辑函数由段落中的最高分给出段落的概率，另一个由句子自身、前后句、段首句和全段的得分给出句子的概率。
概率达到 {model.settings.threshold:g} 的段落即标注，达到它的句子即为依据。
A linear model that tags paragraphs of Chinese government reports with policy areas: two linear support vector machines
for each area, one for sentences and one for clauses; a logistic that makes the probability of a paragraph of its best
scores; and one that makes that of a sentence of its own scores and those of the sentences beside it, of the first one
and of the paragraph. From {model.settings.threshold:g} on, a paragraph is tagged and a sentence of it is evidence.

- 词项 Terms: {len(model.vocabulary)}; 用户词 user words: {len(model.user_words)}
- 设置 Settings: {settings}
- 版本 Versions: {", ".join(_versions())}

## 用途 Intended use

按段统计报告各领域所占篇幅，检索某领域的段落并指出依据的句子。不适用于其他文体、其他语言，也不宜在无人复核时据单个段落作决定。
Shares of policy areas over reports, and finding the paragraphs of an area with the sentences that speak of it. Not for
other kinds of text or other languages, and not for decisions about a single paragraph that nobody reads.

## 因素 Factors

级别、年份、段落长短：`classify evaluate --cv 5 --out 目录` 分别给出。
Level, year and length of paragraph: `classify evaluate --cv 5 --out DIR` shows each.

## 训练数据 Training data

- {paragraphs} paragraphs, {sentences} sentences, {reports} reports
- 数据指纹 Data hash: `{model.data_hash}`
- 随附模型的数据说明见 `labels/README.md`：部分文本由语言模型撰写并标注。
  The data of the shipped model are described in `labels/README.md`: part of the text was written, and labelled, with a
  language model.

## 指标与结果 Metrics and quantitative analyses

{_figures(model, labelled_counts, out_of_fold)}

## 伦理与局限 Ethical considerations, caveats and recommendations

只读公开文体的文字，不含个人信息；提及多少不等于做了多少，更不等于做得好坏。虚构的训练文本可能偏离某地某年的写法：
用于研究前，请自行标注一百段，用 `classify evaluate --on` 检验。
It reads the prose of public documents and holds nothing about persons. How much is said of an area is not how much is
done about it, or how well. Part of what it learned from is invented and may not write as one place or year does: label
a hundred paragraphs of your own and run `classify evaluate --on` before you rest a paper on it.
"""


def _figures(model: Model, labelled_counts: LabelledCounts, out_of_fold: Floats | None) -> str:
    if out_of_fold is None:
        return """此模型由随附模型加少量标注更新而成：分类器重新拟合，其余不变。
`classify models compare` 给出两者在未见过的段落上的差别。
Updated from the shipped model with a few labels more: its classifiers were fitted anew, all else stayed.
`classify models compare` tells how both differ on paragraphs that they had not seen."""
    return f"""\
下表为训练数据上按报告分组的折外结果，括号内是按整份报告重抽样的 95% 区间；词项和逻辑函数见过全部数据，故略偏高。
严格的数字用 `classify evaluate --cv 5`，在另行标注的段落上用 `classify evaluate --on FILE`。
The table is out of fold on the training data, grouped by report, with 95 % intervals of a bootstrap over whole reports.
Terms and calibration have seen all of it, so it reads a little high; `classify evaluate --cv 5` is strict, and
`classify evaluate --on FILE` measures on other labelled paragraphs. ECE says how far probabilities are from shares.

| 领域 Area | id | 段落 Paragraphs | 精确率 P | 召回率 R | F1 | ECE |
|---|---|---:|---:|---:|---|---:|
{_table(model, labelled_counts, out_of_fold)}"""


def _table(model: Model, labelled_counts: LabelledCounts, out_of_fold: Floats) -> str:
    """Return the rows of the table of figures."""
    areas = model.areas
    ids = tuple(a.id for a in areas)
    predictions = EvaluatedPredictions(
        ids,
        labelled_counts.targets,
        out_of_fold,
        labelled_counts.reports,
        disputed=~labelled_counts.known,
        threshold=model.settings.threshold,
    )
    truth, scores = predictions.truth, predictions.scores
    figures = area_figures(truth, predictions.predicted)
    drawn = draws(len(set(labelled_counts.reports)), model.settings.seed)
    f1 = f1_draws(counts_by_report(predictions), drawn)
    counted = zip(truth.T, scores.T, labelled_counts.known.T, strict=True)
    errors = [expected_error(measure_reliability(t[known], s[known])) for t, s, known in counted]
    rows = [
        f"| {a.zh} {a.en} | `{a.id}` | {n} | {figure(p)} | {figure(r)} "
        f"| {_with_interval(f, interval(f1[:, i], drawn.shape[1]))} | {figure(errors[i])} |"
        for i, (a, n, p, r, f) in enumerate(
            zip(areas, figures.support, figures.precision, figures.recall, figures.f1, strict=True)
        )
    ]
    core = np.array([a.core for a in areas])
    for name, chosen in (("核心领域 Core", core), ("宏平均 Macro", np.ones(len(areas), dtype=np.bool_))):
        mean = macro(figures, chosen)
        text = _with_interval(mean.f1, interval(macro_draws(f1, chosen), drawn.shape[1]))
        rows.append(f"| {name} | | | {figure(mean.precision)} | {figure(mean.recall)} | {text} | |")
    return "\n".join(rows)


def _with_interval(value: float, between: Interval) -> str:
    """Return a figure, and its interval in brackets where it has one."""
    text = figure(value)
    return text if np.isnan(between.low) else f"{text} ({figure(between.low)}–{figure(between.high)})"


def _versions() -> list[str]:
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except ModuleNotFoundError:
            found.append(f"{package} {UNDEFINED}")
    return found
