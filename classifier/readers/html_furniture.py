"""What web pages put around an article, by its words and by the names of its elements."""

import re

_KEY = (
    "信息来源|文章来源|来源|稿源|稿件来源|供稿(?:单位)?|撰稿|信息提供|作者|发布(?:时间|日期|机构|单位|人)|更新(?:时间|日期)|发文(?:字号|时间|日期|机关)"
    "|成文日期|生成日期|公开日期|录入(?:时间|人)?|索引号|信息索引|主题分类|主题词|文号|公文种类|有效性|信息分类"
    "|(?:浏览|阅读|点击|访问)(?:次数|量|数|人次)?|字号|字体(?:大小|显示)?|文字大小|责任编辑|责编|编辑|审核|校对|编审|初审|复审|终审"
    "|信息员|摄影|标签|关键词|Tags?|保护视力色|视力保护色"
)
_DATE = r"(?:\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}日?)"
_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_BUTTON = (
    "打印(?:本页|此页|文章|页面)?|关闭(?:本页|窗口|此页|页面)?|收藏(?:本页|本站)?|加入收藏|返回(?:顶部|列表|首页)?|分享(?:到|至)?"
    "|大|中|小|特大|微信(?:好友)?|朋友圈|新浪微博|腾讯微博|微博|QQ空间|QQ|人人网|默认|字体|字号|放大|缩小|纠错|我要纠错|我要评论|评论|点赞|赞|在看"
    r"|推荐|顶部|回到顶部|TOP|繁體(?:版)?|无障碍(?:阅读)?|语音播报|播报|听全文|首页|上一页|下一页|上页|下页|末页|尾页|第?\d{1,3}页?|共\d{1,3}页"
    r"|下载|附件下载|下载本文|复制链接|更多|\.{2,3}|[+-]|A[+-]?|T[+|T]?"
)
_SIGNS = r"[\s|｜/、，,·•:：【】\[\]()（）〔〕<>《》«»›]"
_FURNITURE = re.compile(
    rf"[【\[(（]?\s*(?:{_KEY})\s*[：:].{{0,80}}"
    rf"|(?:{_DATE}|时间[：:]\s*{_DATE})(?:\s+{_CLOCK})?\s+(?:[^\s。]{{0,20}}\s*)?(?:{_KEY})\s*[：:]?.{{0,80}}"
    rf"|(?:时间|日期)[：:]\s*{_DATE}(?:\s+{_CLOCK})?"
    rf"|{_DATE}\s+{_CLOCK}"
    rf"|{_SIGNS}*+(?:(?:{_BUTTON}){_SIGNS}*+)++"
    r"|(?:上|下)一(?:篇|条|页|则)\s*[：:>].{0,80}|没有了[！!。]?"
    r"|相关(?:链接|阅读|文件|新闻|文章|解读|附件|信息|内容|推荐|稿件|报道|政策)\s*[：:]?|(?:猜你喜欢|热门推荐|延伸阅读|推荐阅读|友情链接)\s*[：:]?"
    r"|.{0,12}扫一扫.{0,30}|扫码.{0,20}|长按.{0,20}二维码.{0,20}|.{0,10}二维码.{0,10}|分享到.{0,30}|分享至.{0,30}"
    r"|.{0,4}(?:您|你)?(?:现在|当前)?(?:所在)?的?位置\s*[：:>].{0,80}|首页\s*[>»›/-].{0,80}"
    r"|(?:版权所有|Copyright|©).{0,100}|.{0,60}(?:ICP备|公网安备|网站标识码|网安备).{0,60}"
    r"|(?:主办|承办|协办|主管|维护)(?:单位)?\s*[：:].{0,60}|技术支持\s*[：:].{0,40}|(?:建议使用|最佳浏览).{0,60}"
    r"|.{0,20}未经.{0,10}(?:授权|许可|允许).{0,40}|(?:免责声明|版权声明)[：:].{0,150}"
    r"|点击(?:上方|下方|左下角|右上角)?.{0,8}(?:蓝字|关注|阅读原文).{0,20}|(?:轻触|点击)?阅读原文|预览时标签不可点|继续滑动看下一个|向上滑动看下一个"
    r"|关注该公众号|微信号[：:]?.{0,30}|(?:为|本文)?(?:朗读|收听|语音).{0,10}|当前(?:浏览|访问).{0,20}|我要(?:分享|打印|收藏)"
    r"|点击播报.{0,30}|《[^《》]{2,12}(?:报|刊)》\s*[(（].{0,30}版\s*[)）]"
    r"|来源\s.{0,20}|文件(?:下载|格式)[：:]?.{0,40}",
    re.IGNORECASE,
)
_LONGEST = 180  # characters of a line that may be furniture
# Names of elements that hold no text of an article, whatever they hold.
_NAME = re.compile(
    r"(?:bd|jia|social|news|page|article|wx)?[-_]?share(?:[-_].*|box|buttonbox|bar|s)?|bdsharebuttonbox.*|jiathis.*|.*bread-?_?crumbs?.*"
    r"|crumbs?|dqwz|wzdh|weizhi|.*position|location|navigation|nav(?:bar|box)?|top-?nav|pagination|pager|pages?nav|.*page-?turn.*"
    r"|.*related.*|xg(?:xx|wz|lj|yd|wj|jd|fj)[-_\w]*|qr-?code.*|.*erweima.*|ewm.*|copyright|foot(?:er)?[-_\w]*|header|site-?header"
    r"|print(?:er|box|btn)?|fontsize|font-?size.*|friend-?links?|comments?(?:-.*|list|box)?|sidebar|side-?(?:left|right|nav)|toolbar|tools?|tags?"
    r"|rich_media_(?:tool|meta_list|area_extra)|(?:article|news|info)-?(?:info|meta|source|tool)s?|editor-?info|zrbj|source|breadcrumb",
    re.IGNORECASE,
)
_LINKED_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|ceb|zip|rar|7z|txt|jpe?g|png)(?:$|[?#])", re.IGNORECASE
)


def is_web_furniture(text: str) -> bool:
    """Whether a line is nothing of the article, such as 来源：…, 【打印】【关闭】, 上一篇：… or 扫一扫….

    >>> is_web_furniture("来源：县政府办 浏览次数：12"), is_web_furniture("来源广泛的资金投入农田建设。")
    (True, False)
    """
    return len(text) <= _LONGEST and _FURNITURE.fullmatch(text.strip()) is not None


def is_furniture_name(name: str) -> bool:
    """Whether the class or id of an element says that it holds nothing of the article.

    >>> is_furniture_name("bdsharebuttonbox"), is_furniture_name("TRS_Editor")
    (True, False)
    """
    return _NAME.fullmatch(name) is not None


def leads_to_file(address: str) -> bool:
    """Whether a link leads to a document or an archive, as those to attachments do."""
    return _LINKED_FILE.search(address) is not None


def opens_related_links(text: str) -> bool:
    """Whether a line stands over the links to other pages or to attachments."""
    return _RELATED.fullmatch(text.strip()) is not None


_RELATED = re.compile(
    r"(?:相关(?:链接|阅读|文件|新闻|文章|解读|附件|信息|内容|推荐|稿件|报道|政策)|猜你喜欢|热门推荐|延伸阅读|推荐阅读|附件(?:下载)?|图解|政策解读)\s*[：:]?"
)
