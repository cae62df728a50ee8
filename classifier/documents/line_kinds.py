"""Tell what kind of line it is, by patterns of front matter, publication lines, salutations and headings."""

from classifier.documents import numbering
from classifier.documents.numbering import Level
from classifier.patterns import lazy_pattern

_ADDRESSEES = r"(?:各位[^,。;:!]{1,12}|同志们|朋友们|代表们|委员们|女士们|先生们|全体[^,。;:!]{2,6})"
_SALUTATION = lazy_pattern(
    rf"(?:尊敬的|敬爱的|亲爱的|主席团)?{_ADDRESSEES}(?:[、,:\s]*(?:尊敬的)?{_ADDRESSEES})*[:!。,]?"
)

_FIRST_OF_SALUTATION = frozenset("尊敬亲主各同朋代委女先全")

_YEAR = r"[\d〇○零OoＯ一二三四五六七八九十]{4}年"
DATE = (
    rf"(?:{_YEAR}(?:[\d元一二三四五六七八九十]{{1,3}}月(?:[\d一二三四五六七八九十]{{1,3}}日)?)"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
)
_STAMP = (
    "(?:刊发|发布|发表|更新|印发|成文|编印|录入|公开)(?:日期|时间|机构|人)|(?:阅读|浏览|点击|访问)(?:次数|量|数)"
    "|(?:责任)?编辑|责编|[初复终]审|审核|校对|作者|记者|摄影|供图|(?:信息|文章|稿件|新闻|内容|资料|数据)?来源"
    "|标题|文号|(?:信息)?名称|关键词|内容概述|(?:生成|成文|发文|公开)日期|字体|字号|索引号|发文字号|稿源|供稿|[主承]办(?:单位)?|技术支持|(?:政府)?网站标识码|(?:联系|监督)电话"
    "|(?:发文|成文|发布)机[关构]|(?:主题|体裁|组配)分类|公文种类|效力状态|有效性|(?:生效|废止|失效)日期|公开(?:方式|属性)"
)
_BUTTON = (
    "(?:打印|收藏|关闭)(?:本页|此页|本稿|页面|窗口)?|返回(?:顶部|首页|列表)?|分享(?:到|至)?|复制链接|下载|纠错|朗读|微信|微博"
    "|首页|字体|字号|特大|大|中|小|默认|无障碍(?:浏览|阅读)?|[AT][+-]?"
)
# Each is one pattern, not several, as most lines match none, and one search tells so.
_PUBLICATION = lazy_pattern(
    rf"[-—( ]*{DATE}(?: ?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[) ]*"
    rf"|[-—( ]*{DATE}[, ]?[^。;:]{{2,45}}(?:会议|大会|全会)上?[) ]*"
    rf"|[-—( ]*(?:{DATE})?在[^。;:,]{{4,40}}(?:会议|大会|全会)上(?:\({DATE}\))?[) ]*"
    rf"|(?:[^。;:]{{0,40}} )?[\[【(]?(?:{_STAMP}) ?:[^。]{{0,60}}"
    r"|[^。;]{0,12}第[\d一二三四五六七八九十]{1,3}版[: ][^。;]{0,60}|[^。;]{0,30}总第 ?\d+ ?期[^。;]{0,30}"
    r"|(?:政策|文件|图片?)解读:.{0,80}|\(?(?:计量)?单位:[^。;:,]{1,16}\)?"
    r"|(?:首页|您?(?:当前|现在|所在)?的?位置|打印(?:本页)?|关闭(?:窗口)?|分享[到至]|返回顶部|[上下]一[篇条页])"
    r"(?:[ :>|].{0,80})?"
    r"|扫一扫[^。;]{0,30}|相关(?:链接|阅读|文章|新闻|附件|文档|解读|稿件)(?:[ :>].{0,60})?|附件下载.{0,60}"
    rf"|(?:[\[【(|/ :\])】]*(?:{_BUTTON}))++[\])】 ]*+|[^。;:>]{{1,20}}(?: ?[>»›] ?[^。;:>]{{1,20}}){{1,6}}"
    r"|版权所有.{0,60}|(?:[^。;]{0,40}[ :])?.{1,2}ICP备 ?\d+号.{0,40}|[^。;]{2,60}\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)"
    r"|\(?(?:资料|供)图\)?|图为[^。;]{2,60}。?|[图表] ?\d{1,2}(?:-\d{1,2})?[: ][^。;]{2,40}"
    r"|\(?[^。;:,]{0,16} [^。;:, ]{2,10} ?摄\)?|图片说明:.{0,60}|\((?:文|图)(?:/[文图])?[ :][^。;]{2,20}\)"
    r"|建议使用.{2,30}浏览器.{0,20}|[^。;:, ]{2,20}(?:政府网|政务网|门户网|政府网站|门户网站)"
)
_RESPONSIBLE = "(?:责任|牵头|配合|协办|主办|承办)(?:单位|部门|领导)?(?:[和及、](?:责任|牵头|配合)(?:单位|部门)?)?"
_OTHER = lazy_pattern(
    r"[-—·. ]{0,6}第? ?\d{1,4} ?页?[-—·. /,]{0,6}(?:共? ?\d{1,4} ?页?)?[-—·. ]{0,6}"
    r"|\((?:[^()]{0,10}(?:掌声|鼓掌)[^()]{0,10}|完|全文完|讲话全文|摘要|草案|送审稿|征求意见稿)\)|(?:全文)?完"
    r"|谢谢(?:大家|各位[^,。;]{0,8})?[!。]?"
    r"|附(?:件|表|录|注)[\d一二三四五六七八九十]{0,2}[:.]?[^。;,]{0,30}|目录|目次"
    # The page number is looked for first.
    r"|(?=.*+(?<=[\d)-]))[^…·•_]{2,40}?(?:…{2}|(?:[….·•_-] ?){3})[….·•_ -]*[(]?\d{1,3}[)-]?"
    rf"|\(?{_RESPONSIBLE}:[^()。]{{2,150}}\)?[。;]?"
)
_FOOTNOTE_LINE = lazy_pattern(r"(?:\[\d{1,3}\]|【\d{1,3}】|〔\d{1,3}〕)|注\d{0,2}:")
_FIRST_OF_OTHER_SENTENCES = frozenset(
    "图谢(责牵配协主承首当您打关分返上下扫相附[【"
)  # as few sentences begin with them
LONGEST_OTHER = 160
_GLOSSARY = lazy_pattern(
    r"[^。;,]{0,20}(?:名词(?:解释|注释|术语|说明)|注释|(?:用语|词语)解释|缩略语)[^。;,]{0,8}[:\s]*"
)
_OFFICES = "总理|省长|市长|县长|区长|州长|盟长|旗长|主席|书记|主任|乡长|镇长"
_SPEAKER = lazy_pattern(rf"[^。;,:]{{0,22}}(?:{_OFFICES})[\s·:]*[\u4e00-\u9fff·\s]{{2,6}}")
_DOCUMENT_KINDS = (
    "报告|讲话|讲话稿|发言|致辞|要点|安排|计划|方案|规划|部署|总结|意见|纲要|任务|打算|通知|清单|汇报|提纲"
)
_TITLE = lazy_pattern(rf"[^。;:!]{{0,50}}(?:{_DOCUMENT_KINDS})(?:\([^()]*\))?(?:[—\-\s(]+[^。;]*)?")

_TASK = "(?:主要(?:做|抓)了|(?:重点|着力|切实|着重|集中|具体|突出|全力|扎实)(?:抓好|做好|把握|推进|实施|抓))"
_LEAD_IN = lazy_pattern(rf"[^。;]{{2,58}}:|[^。;:]{{0,30}}{_TASK}[^。;:]{{0,20}}(?:工作|方面|任务|几点|件事)[。:]")
_PUNCTUATION = ("。", ";", "!", "?", ":", ",", "、", "…")
_ENDS_IN_NOTE = lazy_pattern(rf"[。;!?]\([^()]*\)$|\({_RESPONSIBLE}:[^()]*\)$")
_CONTENTS = lazy_pattern("目录|目次")
_PAGE = lazy_pattern(r"[ .…·]+[(-]?\d{1,3}[)-]?$")
_CLOSING = '”’」』)》"'
_LETTER = lazy_pattern(r"[^\W\d_]")
_HAN_CHARACTER = lazy_pattern(r"[\u3400-\u9fff]")
# A sentence that ends before other text. What is in brackets at the end, such as (责任单位:县教育局。), is none.
_RUN_IN_TEXT = lazy_pattern(r"[。!?](?![”’」』)》]|\([^()]*\)[。]?$)[^。!?]*[^\W_]")

_BARE_SECTION = lazy_pattern(rf"(?:结束语|结语|序言|前言|引言|{numbering.NUMERAL})")

_LONGEST_TITLE = 60
LONGEST_HEADING = 60
_LONGEST_UNNUMBERED = 40
_SHORTEST_UNNUMBERED = 4


def has_chinese(line: str) -> bool:
    """Whether a line has a Chinese character."""
    return _HAN_CHARACTER.search(line) is not None


def has_letters(line: str) -> bool:
    """Whether a line has a letter of any script."""
    return _LETTER.search(line) is not None


def ends_in_punctuation(line: str) -> bool:
    """Whether a line ends in punctuation, perhaps followed by closing quotes or brackets."""
    return line.endswith(_PUNCTUATION) or line.rstrip(_CLOSING).endswith(_PUNCTUATION)


def is_whole(line: str) -> bool:
    """Whether a paragraph does not go on in the next line, as it ends in punctuation or in a note behind it."""
    return ends_in_punctuation(line) or (line.endswith(")") and _ENDS_IN_NOTE.search(line) is not None)


def opens_contents(line: str) -> bool:
    """Whether a line stands above the table of contents."""
    return _CONTENTS.fullmatch(line) is not None


def without_page(line: str) -> str:
    """Return a line of a table of contents without its dots and page number.

    >>> without_page("一、去年工作 … 3"), without_page("2024年")
    ('一、去年工作', '2024年')
    """
    return _PAGE.sub("", line)


def is_salutation(line: str) -> bool:
    """Whether a line is nothing but an address such as 各位代表:."""
    return len(line) <= 60 and line[:1] in _FIRST_OF_SALUTATION and _SALUTATION.fullmatch(line) is not None


def is_other(line: str) -> bool:
    """Whether a line is no text of the report: newspaper headers, dates, page numbers, footnotes, (掌声)."""
    if not _HAN_CHARACTER.search(line) or (line[0] in "[【〔注" and _FOOTNOTE_LINE.match(line)):
        return True
    if line[-1] in "。;" and line[0] not in _FIRST_OF_OTHER_SENTENCES:
        return False
    return len(line) <= LONGEST_OTHER and (is_publication(line) or _OTHER.fullmatch(line) is not None)


def is_publication(line: str) -> bool:
    """Whether a line is the date and place of a speech, or what a newspaper or web page says about a text."""
    if len(line) > LONGEST_OTHER or numbering.numbering_of(line):
        return False
    return _PUBLICATION.fullmatch(line) is not None


def is_glossary(line: str) -> bool:
    """Whether a line opens the glossary at the end of a report."""
    return len(line) <= 30 and _GLOSSARY.fullmatch(line) is not None


def is_speaker(line: str) -> bool:
    """Whether a line before the text is the office and name of the speaker, or a bare name."""
    return _SPEAKER.fullmatch(line) is not None or (len(line) <= _SHORTEST_UNNUMBERED and not ends_in_punctuation(line))


def is_title(line: str) -> bool:
    """Whether a line has the form of a document's title."""
    return len(line) <= _LONGEST_TITLE and _TITLE.fullmatch(line) is not None


def could_be_title(line: str) -> bool:
    """Whether a line is short, without numbering and without punctuation at its end."""
    return len(line) <= _LONGEST_TITLE and numbering.numbering_of(line) is None and not ends_in_punctuation(line)


def heading_level(line: str, following: str) -> Level | None:
    """Return the level of a line that is nothing but a heading, else None.

    following: the next line with text. A short sentence such as 1.优化营商环境。 is a heading unless the next line
    has numbering of the same level, as items of a list have.
    """
    if len(line) > LONGEST_HEADING or line.endswith((";", ",")):
        return None
    if _BARE_SECTION.fullmatch(line):
        return Level.SECTION
    own = numbering.numbering_of(line)
    if own is None:
        return _level_without_numbering(line)
    inner = line[:-1]
    if own.level <= Level.SUBSECTION:
        return None if _RUN_IN_TEXT.search(line) else own.level
    if len(line) > _LONGEST_UNNUMBERED or any(c in inner for c in "。;:"):
        return None
    next_numbering = numbering.numbering_of(following)
    open_end = not ends_in_punctuation(line) and own.level != Level.ITEM
    alone = bool(following) and (next_numbering is None or next_numbering.level != own.level)
    return own.level if open_end or alone else None


def _level_without_numbering(line: str) -> Level | None:
    if ("。" in line and _RUN_IN_TEXT.search(line)) or (line.endswith(")") and _ENDS_IN_NOTE.search(line)):
        return None
    if _LEAD_IN.fullmatch(line):
        return Level.UNNUMBERED
    short = len(line) <= _LONGEST_UNNUMBERED and len(_HAN_CHARACTER.findall(line)) >= _SHORTEST_UNNUMBERED
    return Level.UNNUMBERED if short and not ends_in_punctuation(line) else None
