"""Tell which marks of a line end a sentence: not those in titles, addresses and names, but dots that stand for 。"""

import re

from classifier.characters import CLOSING_QUOTES, NUMERALS, SENTENCE_ENDS, TITLE_CLOSES, TITLE_OPENS
from classifier.patterns import lazy_pattern

NO_STOP = "·"  # stands for a mark that ends nothing
_HAN = "\u3400-\u9fff"
# What most lines have none of. Each begins with a literal character, for which a search need not look at the others.
_ODD_DOT = lazy_pattern(r"\.(?<![0-9A-Za-z]\.)")
_END_IN_TITLE = tuple(
    re.compile(rf"{opens}[^{TITLE_CLOSES}{SENTENCE_ENDS}]*+[{SENTENCE_ENDS}]") for opens in TITLE_OPENS
)
TITLE = r"《[^《》]{0,100}》|〈[^〈〉]{0,100}〉"
# An address goes on behind ; ! ? where a name or a value of it follows.
_ADDRESS = (
    r"(?:(?:https?|ftp)://|www\.|mailto:|[A-Za-z][\w-]*(?:\.[\w-]+)+/)"
    r"(?:[!-~](?<![;!?,])|\?(?=[\w%/])|[;!,](?=[\w%.-]*=)|[!](?=[/\w]))*"
)
# “你好，北溪！”文化节 is a name: it stands in mid-sentence, and no colon announces speech.
_NAME = rf"(?<=[{_HAN},、])[“‘「『【][^“”‘’「」『』【】。;:]{{1,30}}[!?][{CLOSING_QUOTES}](?=[{_HAN}])"
_NO_ENDS = lazy_pattern(rf"{TITLE}|(?a:{_ADDRESS})|{_NAME}")
_END = lazy_pattern(f"[{SENTENCE_ENDS}]")
# A dot behind Chinese, as old programs and text recognition write 。; some text has to follow, or the line ends.
_DOT = lazy_pattern(
    rf"(?<=[{_HAN}\d%‰℃㎡)”’」』》] )\.(?! ?\.)(?= |$)"
    rf"|(?:(?<=[{_HAN}%‰℃㎡])|(?<=[{_HAN}%‰℃㎡][)”’」』》]))\.(?! ?\.)"
    rf"(?=[”’」』)》]?\s*(?:$|[“‘「『《(【]?[{_HAN}\d][^,。;:!?.、]{{3}}))"
)
_NAME_LINE = lazy_pattern(rf"[{_HAN} ]{{1,12}}\.[{_HAN} ]{{1,12}}")  # a line of a name such as 阿尔.普利
# 三. and (三). at the beginning of a line or a sentence are numbering, as 三、 is.
_DOTTED_NUMERAL = lazy_pattern(rf"((?:^|[{SENTENCE_ENDS}])\s*(?:第?[{NUMERALS}]{{1,3}}|\([{NUMERALS}]{{1,3}}\)))\.")


def mark_stops(folded: str) -> str:
    """Return a line of the same length in which 。 ; ! ? stand where a sentence ends, and nowhere else.

    >>> mark_stops("放映《我们的村庄!》两场.新建学校4.5万平方米.")
    '放映《我们的村庄·》两场。新建学校4.5万平方米。'
    """
    if _may_have_no_end(folded):
        folded = _NO_ENDS.sub(lambda match: _END.sub(NO_STOP, match[0]), folded)
    if "." in folded and _ODD_DOT.search(folded) and not _NAME_LINE.fullmatch(folded):
        folded = _DOT.sub("。", _DOTTED_NUMERAL.sub(r"\1、", folded))
    return folded


def _may_have_no_end(folded: str) -> bool:
    """Whether a mark may stand within a title or an address, or before a closing quote."""
    if "!" in folded or "?" in folded or "/" in folded or "www." in folded:
        return True
    return any(opens in folded and ends.search(folded) for opens, ends in zip(TITLE_OPENS, _END_IN_TITLE, strict=True))
