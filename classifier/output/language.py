"""Every word that people read in outputs, in Chinese and English; messages are in the catalogue (`messages.py`).

A group of words is made for a language, and its attributes are then the words of that language.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sentence in both languages; read from a group, the text in the group's language."""

    zh: str
    en: str

    def __get__(self, group: "Words", owner: "type[Words]") -> str:
        """Return the text in the language of the group."""
        return self.zh if group.lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Words:
    """A group of words in one language, `zh` or `en`."""

    lang: str

    colon = Word("：", ": ")

    def __getitem__(self, name: str) -> str:
        """Return the word of a name that is only known when the program runs."""
        return str(getattr(self, name))


class TableWords(Words):
    """The table of `classify predict`."""

    line = Word("行", "Line")
    areas = Word("领域", "Areas")
    text = Word("正文", "Text")
    share = Word("各领域篇幅（字数占比）", "Share of characters of each area")
    none = Word("未涉及任何领域", "no area")
    rest = Word("其他领域", "other areas")
    note = Word(
        "一句话涉及几个领域时，字数由各领域平分。",
        "The characters of a sentence on several areas are divided equally among them.",
    )
    title = Word("（题目）", "(title)")
    salutation = Word("（称呼）", "(salutation)")
    other = Word("（非正文）", "(not text)")


LEVELS = frozenset({"national", "province", "city", "county", "township"})  # of reports, which have words


class ShareWords(Words):
    """The tables and sheets of `classify shares`."""

    title = Word("{figure}（按{measure}，%）", "{figure} ({measure}, %)")
    share = Word("各领域份额", "Share of each area")
    coverage = Word("各领域覆盖率", "Coverage of each area")
    rows = Word("明细", "Rows")
    group = Word("分组", "Group")
    about = Word("说明", "About")
    characters = Word("字数", "characters")
    sentences = Word("句数", "sentences")
    paragraphs = Word("段数", "paragraphs")
    corrected = Word("校正后", "Corrected")
    interval = Word("95% 区间", "95% interval")
    raw = Word("未校正", "Raw")
    none = Word("未涉及任何领域", "no area")
    unknown = Word("（不详）", "(unknown)")
    documents = Word("{n} 份", "n = {n}")
    national = Word("国家", "national")
    province = Word("省级", "province")
    city = Word("地级", "city")
    county = Word("县级", "county")
    township = Word("乡级", "township")
    divided = Word(
        "份额：一句话涉及几个领域时由各领域平分，合计 100%。",
        "Share: a sentence on several areas is divided among them; all sum to 100.",
    )
    covered = Word(
        "覆盖率：涉及该领域的句子所占比例，各领域可重叠，合计可超过 100%。",
        "Coverage: all text that speaks of an area; areas may overlap.",
    )
    not_nearer = Word(
        "单份报告或按段数统计时，校正后的数并不更接近真值，但区间有效。",
        "Corrected figures of one report, or of paragraphs, are no nearer than raw ones.",
    )
    sampled = Word(
        "区间含抽样误差和校正误差（5 份及以上报告的组）。",
        "Intervals of 5 reports or more hold that others could have been drawn.",
    )
    of_these = Word(
        "其余区间只含校正误差，只就这些报告而言。",
        "Other intervals are of the correction alone, for these reports.",
    )


class AreaListWords(Words):
    """The list of `classify areas`."""

    core = Word("核心领域", "core area")


class SummaryWords(Words):
    """The counts of `classify labels summary`."""

    written = Word("文字", "texts")
    extract = Word("摘录", "extracts")
    reports = Word("报告", "reports")
    paragraphs = Word("段落", "paragraphs")
    sentences = Word("句子", "sentences")
    part = Word("部分", "part")
    level = Word("层级", "level")
    year = Word("年份", "years")
    shape = Word("文种", "shape")
    area = Word("领域", "area")
    none = Word("无", "none")


class LabelLogWords(Words):
    """The list of `classify labels log`."""

    number = Word("编号", "no.")
    time = Word("时间（UTC）", "time (UTC)")
    by = Word("标注人", "by")
    source = Word("来源", "from")
    what = Word("内容", "what")
    undo = Word("撤销", "undoes")
    none = Word("无领域", "no area")
    between = Word("、", ", ")


class AuditWords(Words):
    """The list of `classify audit`."""

    yes = Word("标注有", "labelled")
    no = Word("标注无", "not labelled")
    doubt = Word("{area}：{label}，模型给 {score}", "{area}: {label}, the model gives {score}")
    against = Word("（反对：{words}）", " (against: {words})")
    speaks_for = Word("（依据：{words}）", " (for: {words})")
    between = Word("、", ", ")
    none = Word("无领域", "no area")
    doubtful = Word("存疑标注", "Doubtful labels")
    contradictions = Word("相同文字标注不同（{n} 处）", "Same text labelled otherwise ({n})")
    readers = Word("保存者意见不同（{n} 处）", "Users of the workspace differ ({n})")
    reader = Word("{area}：{yes} 认为有，{no} 认为无", "{area}: yes by {yes}, no by {no}")
    disputes = Word("标注人不一致（{n} 句）", "Sentences on which readers differ ({n})")
    summary = Word(
        "{labels} 个标注（段落 × 领域）中 {doubtful} 个存疑，在 {paragraphs} 段中；此处列出 {shown} 段。",
        "{doubtful} of {labels} labels (paragraphs x areas) are doubtful, in {paragraphs} paragraphs; "
        "{shown} are shown.",
    )
    without_text = Word(
        "另有 {n} 段只有词频、没有正文，无法复核，未列入。",
        "{n} paragraphs without text were left out, as nobody can look at them.",
    )


class VersionWords(Words):
    """The list of `classify models list`."""

    version = Word("版本", "version")
    model = Word("模型", "model")
    areas = Word("领域数", "areas")
    own_labels = Word("自有标注段落", "own paragraphs")
    made = Word("训练时间", "trained")


class VersionComparisonWords(Words):
    """Two versions of a model side by side."""

    title = Word("模型版本比较：{old} 与 {new}", "Versions {old} and {new} of the model")
    own = Word(
        "自有标注：{paragraphs} 段，{reports} 份文件；区间按{unit}重抽样",
        "Your own labels (paragraphs: {paragraphs}, documents: {reports}); intervals draw {unit}",
    )
    shipped = Word(
        "随附标注：{paragraphs} 段，{reports} 份报告；区间按{unit}重抽样",
        "Shipped labels (paragraphs: {paragraphs}, reports: {reports}); intervals draw {unit}",
    )
    by_report = Word("报告", "reports")
    by_paragraph = Word("段落", "paragraphs")
    difference = Word("新减旧", "new - old")
    interval = Word("95% 区间", "95 % interval")
    p = Word("p 值", "p")
    core = Word("核心领域平均", "Core areas")
    all = Word("全部领域平均", "All areas")
    changed = Word("领域有变化的段落：{n}", "Paragraphs whose areas change: {n}")
    text = Word("段落", "Paragraph")
    no_text = Word("（摘录中无文字：{id}）", "(no text in the extract: {id})")
    gained = Word("新增", "Gained")
    lost = Word("减少", "Lost")
    truth = Word("标注", "Labelled")
    note = Word(
        "F1 由没有见过该报告的模型得出；粗体：区间不含 0。",
        "F1 of models that had not seen the report; bold: the interval leaves 0 out.",
    )


class AgreementWords(Words):
    """The table of `classify agreement`."""

    area = Word("领域", "Area")
    kappa = Word("Kappa", "Kappa")
    f1 = Word("F1", "F1")
    units = Word("单元数", "Units")
    overall = Word("总体", "Overall")
    alpha = Word("Krippendorff alpha（MASI 距离）", "Krippendorff's alpha (MASI)")
    exact = Word("完全一致", "Exactly alike")
    disagreements = Word("分歧", "Disagreements")


class AboutWords(Words):
    """What an evaluation says of itself."""

    file = Word("文件", "file")
    model = Word("模型", "model")
    settings = Word("设置", "settings")
    labels = Word("标注", "labels")
    folds = Word("折数", "folds")
    paragraphs = Word("段落数", "paragraphs")
    reports = Word("报告数", "reports")
    threshold = Word("阈值", "threshold")


class EvaluationWords(Words):
    """The tables, pages and charts of `classify evaluate`."""

    html_lang = Word("zh-CN", "en")
    title = Word("政策领域分类评估报告", "Evaluation of policy area tagging")
    about = Word("评估对象", "What was evaluated")
    note = Word("区间由按整份报告重抽样的自助法得出。", "Intervals are of a bootstrap over whole reports.")
    trained_on_none = Word(
        "任何数字都没有在它所报告的数据上调过，金标准只用于测量。",
        "Nothing was tuned on what it is reported on, and the gold serves for measuring alone.",
    )
    trained_on = Word(
        "其中 {n} 段（或与之几乎相同的段落）在训练数据中，数字因此偏高。",
        "{n} of the paragraphs, or nearly the same ones, were trained on, so the figures are too good.",
    )
    trained_on_unknown = Word(
        "模型的训练数据不在手边，是否用过这些段落不得而知。",
        "What the model was trained on is not at hand, so whether it has seen these paragraphs is not known.",
    )
    areas = Word("各领域", "Areas")
    averages = Word("平均", "Averages")
    area = Word("领域", "Area")
    precision = Word("精确率", "Precision")
    recall = Word("召回率", "Recall")
    f1 = Word("F1", "F1")
    interval = Word("95% 区间", "95% interval")
    undefined = Word("无定义（{why}）", "undefined ({why})")
    few_reports = Word("报告不足 {least} 份", "fewer than {least} reports")
    few_cases = Word("例子太少", "too few cases")
    average_precision = Word("平均精度", "Average precision")
    support = Word("段落数", "Support")
    brier = Word("Brier", "Brier")
    calibration_error = Word("校准误差", "Calibration error")
    macro = Word("宏平均", "Macro")
    core = Word("核心领域宏平均", "Core macro")
    micro = Word("微平均", "Micro")
    paragraphs = Word("按段落的指标", "Figures of paragraphs")
    samples_f1 = Word("段落 F1", "Samples F1")
    jaccard = Word("Jaccard", "Jaccard")
    hamming_loss = Word("Hamming 损失", "Hamming loss")
    exact_match = Word("完全一致", "Exact match")
    lrap = Word("排序平均精度", "Label ranking average precision")
    empty_predicted = Word("未标领域的段落", "Paragraphs without predicted area")
    empty_true = Word("本无领域的段落", "Paragraphs without true area")
    baselines = Word("基线", "Baselines")
    this = Word("本模型", "This model")
    majority = Word("多数类", "Majority")
    keywords = Word("关键词规则", "Keyword rules")
    plain = Word("TF-IDF 加逻辑回归（整段）", "TF-IDF and logistic regression (whole paragraphs)")
    compared = Word("比较", "Comparison")
    difference = Word("差值（本模型减对照）", "Difference, this less the other")
    p = Word("p 值", "p")
    folds = Word("各折", "Folds")
    fold = Word("折", "Fold")
    duplicates = Word("跨折近似段落", "Near-duplicate paragraphs across folds")
    learning_curve = Word("学习曲线", "Learning curve")
    gain = Word("再加 500 句的预计增幅（段落 / 句子）", "Projected gain of 500 more sentences (paragraphs / sentences)")
    annotator_agreement = Word("两次人工标注的一致程度（同一尺度）", "Agreement of two readings, on the same scale")
    calibration = Word("校准", "Calibration")
    predicted_probability = Word("预测概率", "Predicted probability")
    true_share = Word("实际比例", "Share that came true")
    confusion = Word("领域混淆：漏标时误标成什么", "Confusion: what is tagged instead of a missed area")
    beside = Word("标对时多标了什么", "What is tagged wrongly beside a found area")
    slices = Word("分组（微平均 F1）", "Slices (micro F1)")
    level = Word("层级", "Level")
    years = Word("年份", "Years")
    sentences = Word("句数", "Sentences")
    of_sentences = Word("按句子", "by sentences")
    of_paragraphs = Word("按段落", "by paragraphs")
    disputed = Word("读者意见不一、两不计入的标签", "labels in dispute, which count neither way")
    decisions = Word("判断数", "Decisions")
    # Heads of columns side by side, each in two lines: sentences, then paragraphs.
    sentence_columns = Word("句子_精确率 句子_召回率 句子_F1 句子_数量", "Sent._P Sent._R Sent._F1 Sent._n")
    paragraph_columns = Word("段落_精确率 段落_召回率 段落_F1 段落_数量", "Par._P Par._R Par._F1 Par._n")
    error_cases = Word("错例", "Error cases")
    missed = Word("漏标", "missed")
    false_alarm = Word("误标", "false alarm")
    score = Word("得分", "Score")
    terms = Word("推动词项", "Terms that pushed it")
    no_text = Word("（无文字）", "(no text)")
    area_chart = Word("各领域 F1 与 95% 区间", "F1 of each area with 95% intervals")
    reliability_chart = Word("可靠性图", "Reliability")
