"""The words of the label page, in Chinese and English."""

from classifier.output.language import Word, Words


class ReviewWords(Words):
    """The label page of `classify review`."""

    html_lang = Word("zh-CN", "en")
    title = Word("核对标注", "Review of tags")
    no_entry = Word(
        "这个地址不再有效。请打开终端里 classify review 最近显示的地址，每个地址只能用一次。",
        "This address is no longer good. Open the one that classify review printed last; each is good once.",
    )
    needs_script = Word("本页需要 JavaScript。", "This page needs JavaScript.")
    loading = Word("读取中…", "Loading …")
    report = Word("报告", "Report")
    progress = Word("已核对 {done} / {all}，未定 {open}", "{done} of {all} decided, {open} uncertain left")
    saved = Word("已保存", "Saved")
    saving = Word("保存中…", "Saving …")
    not_saved = Word("未保存：{why}，正在重试", "Not saved: {why}; trying again")
    refused = Word("未保存：{why}", "Not saved: {why}")
    no_server = Word("连不上程序，请看终端", "the program does not answer; look at the terminal")
    undone = Word("已撤销", "Undone")
    undone_before = Word(
        "最近一次保存已在别处撤销；如有更早的保存，再按 u 撤销",
        "Undone already, elsewhere; u undoes the one before it, if there is one",
    )
    search = Word("查找", "Search")
    found = Word("{at} / {all} 处", "{at} of {all}")
    nothing_found = Word("没有找到", "nothing found")
    no_more = Word("本篇没有更多待定的段落", "nothing uncertain is left in this report")
    whole = Word("整段", "Whole paragraph")
    sentence = Word("第 {number} 句", "Sentence {number}")
    between = Word("、", ", ")
    line = Word("第 {line} 行", "line {line}")
    page = Word("第 {page} 页", "p. {page}")
    by_model = Word("模型", "model")
    decided = Word("{by} 于 {time} 核对", "decided by {by}, {time}")
    in_part = Word("部分由 {by} 于 {time} 核对", "in part decided by {by}, {time}")
    undecided = Word("尚未核对，所示为模型的标注", "not decided yet; shown is what the model says")
    labelled = Word("已有标注：{areas}", "labelled: {areas}")
    no_area = Word("不涉及任何领域", "no area")
    uncertain = Word("待定", "uncertain")
    not_content = Word("此行不标注领域", "this line gets no areas")
    question = Word("这一段涉及“{area}”吗？", "Does this paragraph speak of “{area}”?")
    yes = Word("是", "yes")
    no = Word("否", "no")
    areas = Word("领域", "Areas")
    keys = Word("按键", "Keys")
    key_accept = Word("认可，到下一段", "accept, go on")
    key_area = Word("加上或去掉领域", "add or remove an area")
    key_keep = Word("保留已有标注", "keep the labels")
    key_none = Word("不涉及任何领域", "no area")
    key_next = Word("下一段 / 上一段", "next / previous")
    key_sentence = Word("逐句", "by sentence")
    key_whole = Word("回到整段", "whole paragraph")
    key_uncertain = Word("下一处 / 上一处待定", "next / previous uncertain")
    key_undo = Word("撤销", "undo")
    key_search = Word("查找", "search")
    key_report = Word("上一篇 / 下一篇", "previous / next report")
    key_answer = Word("是 / 否", "yes / no")
    another = Word("另一台浏览器改动了本段", "changed in another browser")

    def all(self) -> dict[str, str]:
        """Return every word by its name, for the scripts of the page."""
        return {name: self[name] for name, word in vars(type(self)).items() if isinstance(word, Word)}
