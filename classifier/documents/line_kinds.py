"""What kind of line it is: patterns of front matter, publication lines, salutations and headings."""

import re

from classifier.documents import numbering
from classifier.documents.numbering import Level

_ADDRESSEES = r"(?:各位[^,。;:!]{1,12}|同志们|朋友们|代表们|委员们|女士们|先生们|全体[^,。;:!]{2,6})"
SALUTATION = re.compile(rf"(?:尊敬的|敬爱的|亲爱的|主席团)?{_ADDRESSEES}(?:[、,:\s]*(?:尊敬的)?{_ADDRESSEES})*[:!。,]?")

_YEAR = r"[\d〇○零OoＯ一二三四五六七八九十]{4}年"
_DATE = (
    rf"(?:{_YEAR}(?:[\d元一二三四五六七八九十]{{1,3}}月(?:[\d一二三四五六七八九十]{{1,3}}日)?)"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
)
_STAMP = (
    "(?:刊发|发布|发表|更新|印发|成文|编印|录入|公开)(?:日期|时间|人)|(?:阅读|浏览|点击|访问)(?:次数|量|数)"
    "|责任编辑|作者|来源|字体|字号|索引号|发文字号|稿源|供稿"
)
# Each of these is one pattern, as most lines are none of what it knows and learn that in one step.
PUBLICATION = re.compile(
    rf"[-—( ]*{_DATE}(?: ?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[) ]*"
    rf"|[-—( ]*{_DATE}[, ]?[^。;:]{{2,45}}(?:会议|大会|全会)上?[) ]*"
    rf"|[-—( ]*(?:{_DATE})?在[^。;:,]{{4,40}}(?:会议|大会|全会)上(?:\({_DATE}\))?[) ]*"
    rf"|(?:[^。;:]{{0,40}} )?(?:{_STAMP}) ?:[^。]{{0,60}}"
    r"|[^。;]{0,12}第[\d一二三四五六七八九十]{1,3}版[: ][^。;]{0,60}|[^。;]{0,30}总第 ?\d+ ?期[^。;]{0,30}"
    r"|(?:首页|(?:当前|您的)位置|打印(?:本页)?|关闭(?:窗口)?|分享到|返回顶部|[上下]一篇|扫一扫)(?:[ :>|].{0,40})?"
)
OTHER = re.compile(
    r"[-—·. ]{0,6}第? ?\d{1,4} ?页?[-—·. /,]{0,6}(?:共? ?\d{1,4} ?页?)?[-—·. ]{0,6}"
    r"|\((?:[^()]{0,10}(?:掌声|鼓掌)[^()]{0,10}|完|全文完|讲话全文|摘要|草案|送审稿|征求意见稿)\)|(?:全文)?完"
    r"|谢谢(?:大家|各位[^,。;]{0,8})?[!。]?"
    r"|附(?:件|表|录|注)[\d一二三四五六七八九十]{0,2}[:.]?[^。;,]{0,30}|目录|目次"
    r"|(?=.*+(?<=\d)).{2,40}(?:…{2,6}|\.{4,80}|·{3,80}) ?\d{1,3}"  # the page number is looked for first
)
FOOTNOTE_LINE = re.compile(r"(?:\[\d{1,3}\]|【\d{1,3}】|〔\d{1,3}〕)|注\d{0,2}:")
LONGEST_OTHER = 160
GLOSSARY = re.compile(r"[^。;,]{0,20}(?:名词(?:解释|注释|术语|说明)|注释|(?:用语|词语)解释|缩略语)[^。;,]{0,8}[:\s]*")
_OFFICES = "总理|省长|市长|县长|区长|州长|盟长|旗长|主席|书记|主任|乡长|镇长"
SPEAKER = re.compile(rf"[^。;,:]{{0,22}}(?:{_OFFICES})[\s·:]*[\u4e00-\u9fff·\s]{{2,6}}")
_SORTS = "报告|讲话|讲话稿|发言|致辞|要点|安排|计划|方案|规划|部署|总结|意见|纲要|任务|打算|通知|清单|汇报|提纲"
TITLE = re.compile(rf"[^。;:!]{{0,50}}(?:{_SORTS})(?:\([^()]*\))?(?:[—\-\s(]+[^。;]*)?")

_TASK = "(?:主要(?:做|抓)了|(?:重点|着力|切实|着重|集中|具体|突出|全力|扎实)(?:抓好|做好|把握|推进|实施|抓))"
LEAD_IN = re.compile(rf"[^。;]{{2,58}}:|[^。;:]{{0,30}}{_TASK}[^。;:]{{0,20}}(?:工作|方面|任务|几点|件事)[。:]")
PAUSES = ("。", ";", "!", "?", ":", ",", "、")
CLOSING = '”’」』)》"'
HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")

PART = re.compile(rf"(?:结束语|结语|序言|前言|引言|{numbering.NUMERAL})")

LONGEST_TITLE = 60
LONGEST_HEADING = 60
LONGEST_UNMARKED = 40
SHORTEST_UNMARKED = 4


def ends_in_punctuation(line: str) -> bool:
    """Whether a line ends in a mark of punctuation, within quotes or brackets or outside."""
    return line.rstrip(CLOSING).endswith(PAUSES)


def is_salutation(line: str) -> bool:
    """各位代表: and the like, with nothing after it."""
    return len(line) <= 60 and SALUTATION.fullmatch(line) is not None


def is_other(line: str) -> bool:
    """Newspaper headers, dates, page numbers, footnotes, stage directions: no words of the report itself."""
    if not HAN_CHARACTER.search(line) or FOOTNOTE_LINE.match(line):
        return True
    return len(line) <= LONGEST_OTHER and (is_publication(line) or OTHER.fullmatch(line) is not None)


def is_publication(line: str) -> bool:
    """The date and place of a speech, or what a newspaper or web page says of a text."""
    if len(line) > LONGEST_OTHER or numbering.numbering_of(line):
        return False
    return PUBLICATION.fullmatch(line) is not None


def is_glossary(line: str) -> bool:
    """The line that opens the glossary at the end of a report."""
    return len(line) <= 30 and GLOSSARY.fullmatch(line) is not None


def is_speaker(line: str) -> bool:
    """Office and name of the speaker, or a bare name, before the text begins."""
    return SPEAKER.fullmatch(line) is not None or (len(line) <= SHORTEST_UNMARKED and not ends_in_punctuation(line))


def is_title(line: str) -> bool:
    """A line that names the document."""
    return len(line) <= LONGEST_TITLE and TITLE.fullmatch(line) is not None


def could_be_title(line: str) -> bool:
    """A short line with no mark and no end: a title where what follows says so."""
    return len(line) <= LONGEST_TITLE and numbering.numbering_of(line) is None and not ends_in_punctuation(line)


def heading_level(line: str, following: str) -> Level | None:
    """Return the level of a line that is nothing but a heading, else None.

    `following` is the next line with text: a short sentence such as 1.优化营商环境。 heads what follows,
    unless its neighbour is another item of the same list.
    """
    if len(line) > LONGEST_HEADING or line.endswith((";", ",")):
        return None
    if PART.fullmatch(line):
        return Level.SECTION
    mark = numbering.numbering_of(line)
    if mark is None:
        return _unmarked_level(line)
    inner = line[:-1]
    if mark.level <= Level.SUBSECTION:
        return mark.level if inner.count("。") <= 1 else None
    if len(line) > LONGEST_UNMARKED or any(c in inner for c in "。;:"):
        return None
    next_mark = numbering.numbering_of(following)
    open_end = not ends_in_punctuation(line) and mark.level != Level.ITEM
    alone = bool(following) and (next_mark is None or next_mark.level != mark.level)
    return mark.level if open_end or alone else None


def _unmarked_level(line: str) -> Level | None:
    if LEAD_IN.fullmatch(line):
        return Level.UNMARKED
    short = len(line) <= LONGEST_UNMARKED and len(HAN_CHARACTER.findall(line)) >= SHORTEST_UNMARKED
    return Level.UNMARKED if short and not ends_in_punctuation(line) else None
