"""Mends text that was decoded by the wrong encoding and saved again, such as 鏀垮簻 or æ”¿åºœ for 政府."""

from classifier.patterns import lazy_pattern

LOST = "锟斤拷"  # what U+FFFD in UTF-8 becomes where it is read as GBK

_MOST_LOST = 0.2  # share of U+FFFD, or of ? in place of Chinese, in a text that is still read
_LOST_RUN = lazy_pattern(r"\?{3,}")
_LATIN = lazy_pattern(
    r"[\x80-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_LEAST_LATIN = 0.3  # share of letters that are beyond ASCII, as no western text has
_FEWEST_LATIN = 8
_HAN = lazy_pattern(r"[\u3400-\u9fff]")
_LEAST_HAN = 0.3  # share of Chinese characters that mended text has
# What the halves of the commonest characters in UTF-8 become where they are read as GBK; none is common in Chinese.
_COMMONEST_TELLING = ("锛", "銆", "鈥", "紝", "涓")
_TELLING = lazy_pattern("[锛銆鈥紝涓鍔浜鍏瀹鏂鍙鍖鍒澶缁鏀杩浣璁浼浠鍥鍚璐鐢鍦鍩閲寤鐨鏄]")
_LEAST_TELLING = 0.05  # share of the Chinese characters
_TELLING_PASSAGE = lazy_pattern(rf"(?:{_TELLING.pattern}[^\n]{{0,6}}){{3}}")
_SHORT = 1000  # characters of a text that may have none of the commonest


def garbled_at(text: str) -> int | None:
    """Return where characters stand that a wrong encoding left of others, None where there are none.

    >>> garbled_at("修路杩囧幓涓骞达紝鍏ㄥ幙鍦板"), garbled_at("修路")
    (2, None)
    """
    if "\ufffd" in text or LOST in text:
        return min(i for i in (text.find("\ufffd"), text.find(LOST)) if i >= 0)
    if not any(c in text for c in _COMMONEST_TELLING):
        return None
    passage = _TELLING_PASSAGE.search(text)
    return passage.start() if passage else None


def mostly_lost_at(text: str) -> int | None:
    """Return where the first lost character of a text is of which many are U+FFFD or ?, None for all others."""
    if text.count("\ufffd") > _MOST_LOST * len(text):
        return text.index("\ufffd")
    if "???" not in text or text.count("?") <= _MOST_LOST * len(text):
        return None
    lost = sum(map(len, _LOST_RUN.findall(text)))
    first = _LOST_RUN.search(text)
    return first.start() if first and lost > _MOST_LOST * len(text) else None


def looks_decoded_twice(text: str) -> bool:
    """Whether a text is no Chinese but what Chinese becomes when it is decoded by another encoding.

    >>> looks_decoded_twice("鏀垮簻宸ヤ綔鎶ュ憡"), looks_decoded_twice("政府工作报告")
    (True, False)
    """
    if has_no_han(text):
        return len(_LATIN.findall(text)) > max(_FEWEST_LATIN, _LEAST_LATIN * len(text.strip()))
    if len(text) > _SHORT and not any(c in text for c in _COMMONEST_TELLING):
        return False
    return len(_TELLING.findall(text)) > _LEAST_TELLING * len(_HAN.findall(text))


def has_no_han(text: str) -> bool:
    """Whether a text has no Chinese character."""
    return _HAN.search(text) is None


def decoded_once(text: str) -> tuple[str, str] | None:
    """Return what a text that was decoded twice says, and the wrong encoding; None where characters were lost.

    >>> decoded_once("æ”¿åºœå·¥ä½œæŠ¥å‘Š")
    ('政府工作报告', 'Windows-1252')
    """
    if _HAN.search(text):
        return _again(text.encode("gb18030", "replace"), "utf_8", "GB18030")
    data = b"".join(map(_western_byte, text))
    return _again(data, "utf_8", "Windows-1252") or _again(data, "gb18030", "Windows-1252")


def _western_byte(character: str) -> bytes:
    """Return the byte that was read as a character of Windows-1252, or of ISO 8859-1 where that has none."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1", "replace")


def _again(data: bytes, encoding: str, wrong: str) -> tuple[str, str] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return (text, wrong) if len(_HAN.findall(text)) >= _LEAST_HAN * len(text.strip()) else None
