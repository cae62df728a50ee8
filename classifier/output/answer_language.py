"""The words of pages, workbooks, explanations, comparisons, charts and suggestions, in Chinese and English."""

from classifier.output.language import Word, Words


class ExplanationWords(Words):
    """The explanations of `classify explain`."""

    line = Word("第 {line} 行", "Line {line}")
    tagged = Word("已标注", "tagged")
    not_tagged = Word("未标注", "not tagged")
    logit = Word("对数几率", "logit")
    intercept = Word("截距", "intercept")
    for_it = Word("支持", "for")
    against = Word("反对", "against")
    terms = Word("词语", "words")
    sentence = Word("第 {number} 句", "sentence {number}")
    clause = Word("{area}的小句", "clause on {area}")
    area = Word("{area}", "{area}")
    previous = Word("前一句（第 {number} 句）", "sentence before ({number})")
    following = Word("后一句（第 {number} 句）", "sentence after ({number})")
    lead = Word("段首句", "first sentence")
    highest = Word("本句最突出的领域（{area}）", "areas that stand out here ({area})")
    note = Word(
        "各项之和加截距等于对数几率；词语的数值由含有它的词项均摊而来。",
        "All values and the intercept sum to the logit; a word has its share of the terms that it is part of.",
    )


class ComparisonWords(Words):
    """The comparison of two texts."""

    title = Word("{first} → {second}：各领域的变化", "{first} → {second}: what changed")
    area = Word("领域", "Area")
    head = Word("  前%   后%   变化 95% 区间", "first second change 95% interval")
    difference = Word("变化（百分点）", "Change (points)")
    interval = Word("95% 区间", "95% interval")
    note = Word(
        "份额已按模型的已知误差校正；* 表示区间不含 0。",
        "Shares are corrected for known errors; * : the interval excludes 0.",
    )
    sampled = Word(
        "区间包含“抽到的可能是另一些报告”的不确定性：{names}。",
        "The interval holds that other reports could have been drawn: {names}.",
    )
    of_many = Word("{name}（{n} 份）", "{name} ({n} reports)")
    between = Word("、", ", ")
    only_second = Word("仅后者", "second only")
    only_first = Word("仅前者", "first only")
    carried_most = Word("变化最大的 {n} 段，共 {all} 段", "The {n} paragraphs that carry most, of {all}")
    counts = Word(
        "段落：保留 {kept}，改写 {reworded}，新增 {new}，删去 {gone}",
        "Paragraphs: {kept} kept, {reworded} reworded, {new} new, {gone} gone",
    )
    counts_of_groups = Word(
        "段落：两者都有 {kept}，措辞不同 {reworded}，仅后者 {new}，仅前者 {gone}",
        "Paragraphs: {kept} in both, {reworded} reworded, {new} in the second only, {gone} in the first only",
    )
    too_many = Word("段落太多，未逐段对照。", "There are too many paragraphs to compare one by one.")
    kept = Word("保留", "kept")
    reworded = Word("改写", "reworded")
    new = Word("新增", "new")
    gone = Word("删去", "gone")
    line = Word("第 {line} 行", "line {line}")
    grown = Word("增多的词", "Words that grew:")
    shrunk = Word("减少的词", "Words that shrank:")


class ChartWords(Words):
    """The charts of shares."""

    share = Word("篇幅占比", "Share")
    none = Word("未涉及任何领域", "no area")
    lines_note = Word(
        "线：校正后的份额；色带：95% 区间；灰底：没有报告的年份；▲：超出图框的数值。各图纵轴刻度不同。",
        "Line: corrected share. Band: 95 % interval. Grey: years without a report. ▲: a figure above the frame. "
        "The scales differ.",
    )
    characters = Word("字数（从开头算起）", "Characters from the beginning")


class OutputWords(Words):
    """What an output says of itself."""

    program = Word("程序", "program")
    model = Word("模型", "model")
    data = Word("训练数据", "data")
    threshold = Word("标注阈值", "threshold")
    unit = Word("单位", "unit")
    areas = Word("领域", "areas")
    paragraph = Word("段落", "paragraph")
    item = Word("分项", "item")
    sentence = Word("句子", "sentence")
    characters = Word("字数", "characters")
    sentences = Word("句数", "sentences")
    paragraphs = Word("段数", "paragraphs")
    read = Word("读取情况", "input")


class KindWords(Words):
    """The kinds of lines, in workbooks."""

    title = Word("题目", "title")
    heading = Word("标题", "heading")
    paragraph = Word("段落", "paragraph")
    salutation = Word("称呼", "salutation")
    other = Word("非正文", "other")


class WideWords(Words):
    """The columns of workbooks and of wide CSV, and the sheets of workbooks."""

    document = Word("文档", "document")
    paragraph = Word("段", "paragraph")
    line = Word("行", "line")
    page = Word("页", "page")
    kind = Word("类别", "kind")
    heading = Word("标题路径", "heading path")
    text = Word("正文", "text")
    unit = Word("段内序号", "unit")
    score = Word("{area}（得分）", "{area} (score)")
    evidence = Word("最主要的依据句", "best evidence sentence")
    characters = Word("字数", "characters")
    none = Word("未涉及任何领域", "no area")
    paragraphs_sheet = Word("段落", "paragraphs")
    shares_sheet = Word("篇幅占比", "shares")
    about_sheet = Word("说明", "about")


class PageWords(Words):
    """The pages of `--format html`."""

    html_lang = Word("zh-CN", "en")
    title = Word("政策领域标注结果", "Reports tagged with policy areas")
    summary = Word("{n} 份报告，{paragraphs} 个段落", "{n} reports, {paragraphs} paragraphs")
    about_report = Word(
        "{name} · {paragraphs} 个段落 · {characters} 字", "{name} · {paragraphs} paragraphs · {characters} characters"
    )
    report = Word("报告", "Report")
    paragraphs = Word("段落", "Paragraphs")
    to_check = Word("待核对", "To check")
    shares = Word("各领域篇幅占比", "Share of each area")
    rest = Word("其他领域", "other areas")
    none = Word("未涉及任何领域", "no area")
    between = Word("，", ", ")
    filter = Word("按领域筛选", "Filter by area")
    outline = Word("目录", "Outline")
    back = Word("← 返回目录页", "← All reports")
    line = Word("第 {line} 行", "line {line}")
    page = Word("第{page}页", "p. {page}")
    check = Word("待核", "check")
    please_check = Word("请核对：{n} 段的标注把握不大", "Please check: {n} paragraphs with doubtful tags")
    please_check_note = Word(
        "得分低于 0.90 的标注最容易出错，请对照原文核对。",
        "Nearly all wrong tags have a score below 0.90; compare these with the text.",
    )
    only_doubtful = Word("只看待核对的段落", "Only paragraphs to check")
    least = Word("最低得分", "Lowest score")
    search = Word("查找", "Search")
    why = Word("为什么", "Why")
    keys = Word("按键：/ 查找，n 下一处待核，p 上一处", "Keys: / search, n next to check, p previous")
    note = Word(
        "占比按字数计算；一句话涉及几个领域时，字数由各领域平分。带底色的句子是标注依据，"
        "鼠标停留或用 Tab 键选中可查看起作用的词语及其数值。",
        "Shares are of characters; those of a sentence on several areas are divided equally. Coloured sentences are "
        "the evidence; point at one, or reach it with Tab, for the words that carried it and what each adds.",
    )


class SuggestionWords(Words):
    """The list of `classify suggest`; the words of reasons have the names of their codes."""

    near_threshold = Word("接近阈值", "near the threshold")
    rare_area = Word("少见领域", "rare area")
    new_words = Word("生词多", "many unknown words")
    unlike_others = Word("与其余段落不同", "unlike the others")
    label_doubtful = Word("标注存疑", "doubtful label")
    duplicate_differs = Word("相同句子标注不同", "same text labelled otherwise")
    readers_differ = Word("标注人不一致", "readers differ")
    named = Word("{reason}（{what}）", "{reason} ({what})")
    between = Word("、", ", ")
    reasons = Word("；", "; ")
    looked_at = Word(
        "共看 {reports} 份报告的 {paragraphs} 段，建议标注 {n} 段",
        "{n} of {paragraphs} paragraphs of {reports} reports",
    )
    left_out = Word("，已标注的 {n} 段除外", "; {n} that are labelled were left out")
    expected = Word(
        "预期：模型学过约 {paragraphs} 段；再标 {more} 段，宏平均 F1 约变化 {gain} 个百分点"
        "（95% 区间 {low} 至 {high}）。",
        "To expect: the model learned from about {paragraphs} paragraphs; {more} more change macro-F1 by about {gain} "
        "points (95% interval {low} to {high}).",
    )
    holds_zero = Word(
        "区间包含 0：对与随附标注同类的报告，这么多标注也可能看不出差别。",
        "The interval holds 0: on reports like the shipped ones, so many labels may as well bring nothing.",
    )
    above_zero = Word(
        "区间在 0 以上：预期会有可见的改进。", "The interval is above 0: an improvement that shows is to be expected."
    )
    below_zero = Word("区间在 0 以下。", "The interval is below 0.")
    curve = Word(
        "只依据随附标注的学习曲线；新领域、新年代或不同体裁的报告会有不同。",
        "By learning curves of the shipped labels alone; reports of another kind, time or area differ.",
    )
    own = Word(
        "您自己的标注带来了什么，未计入其中；classify models compare shipped {version} 在您的段落上实测。",
        "What your own labels have brought is not in it; 'classify models compare shipped {version}' measures that on "
        "your paragraphs.",
    )
    unknown_gain = Word(
        "预期：该模型未记录学过多少段，无法预测。",
        "To expect: not known, as this model does not say what it learned from.",
    )
    other_areas = Word(
        "预期：无法预测。学习曲线只有随附标注及其领域的，该模型缺少其中的领域；classify train 会说明新标注带来了什么。",
        "To expect: not known. The learning curves are of the shipped labels and their areas, and this model lacks "
        "some of them; 'classify train' tells what new labels brought.",
    )
    too_few = Word(
        "预期：无法预测。学习曲线从 {least} 段开始，该模型只学过 {paragraphs} 段；"
        "classify train 会说明新标注带来了什么。",
        "To expect: not known. The learning curves begin at {least} paragraphs, and this model learned from "
        "{paragraphs}; 'classify train' tells what new labels brought.",
    )
