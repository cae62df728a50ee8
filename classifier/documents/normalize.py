"""Fold text to one form of its characters, and normalize sentences for counting."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from classifier.radicals import RADICAL_FORMS
from classifier.readers.encoding import PRIVATE_BLANKS

# Format characters (Unicode's category Cf), variation selectors, joiners, fillers, the mark of an embedded object, and
# what is for private use, such as the symbols of old fonts.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
    "\U000e0100-\U000e01ef]"
)
# The commonest characters that are never in simplified text; only a text with one of them goes to the converter.
_TRADITIONAL = re.compile(
    "["
    "業發國進產實設經動會強體區資務濟農開爲項現長堅對創點質們機續規學萬級優穩義場決關結總縣標羣環積億"
    "領時調極構費態來統這鄉應過導於衆營內戰術辦醫護爭範達與運轉擴風嚴協電黨礎際監數種準兩確園險繼廣線"
    "財員聯勢權綜鎮專條興預臺當貧職綠後團養備難別斷間網貿變須軍價減節從處組責貫認氣試帶將門習驗稅還衛"
    "遊類徹議緊單製療並較籌揮顯鬥觀藥執係東車奮維糧讓頭適戶識圍額織補層約審裝勞雙視採傳舉屆勵鞏證鏈隊"
    "鐵給滿歷復階佔災無紮參負據幫違佈績則評競債脫擔記見論針蓋壓況邊擊啓礦華壯噸報築謀廠獲樣畝兒鍵順書"
    "貸夠熱貨連紀響榮張銷踐許銀勝購潔亂終遠選揚龍檢測徵舊儲繞館樹說輸麗沒撐訓鋼偉遷餘絡敗請藝屬獻亞納"
    "陽細輕幾賽諧灣殘圖艱匯該豐覺邁師淶愛厲顧幣換庫覈崗蘇遺輪獎馬複紅臨貼潛獨黃願狀綱糾寧貢講擁僑婦檔"
    "週編託盡誠寬廢訪躍隱淨頓莊離載勁漲藍峯齊賦雜肅閒儘惡話掃盤飲縮橋簡紐雲錯壞軌慶傾裏趨樂隨絕奧訂緩"
    "駐損贏搶釋簽圓謝誌産説"
    "]"
)
# Without the characters beyond the basic plane, which would make the search six times slower.
_BASIC_INVISIBLE = _INVISIBLE.pattern[1:].partition("\U000110bd")[0]
_INVISIBLE_OR_TRADITIONAL = re.compile(f"[{_BASIC_INVISIBLE}{_TRADITIONAL.pattern[1:]}")
_FOOTNOTE = re.compile(r"[\[【〔]\s{0,2}注?\s{0,2}\d{1,3}\s{0,2}[\]】〕]|\(注\d{1,3}\)")
# What republishers put into a text: their account with a verb such as 整理, or their web address.
_WATERMARK = re.compile(
    r"(?:微信)?公众?号[:\s]*[“\"《「『][^”\"》」』]{1,20}[”\"》」』](?:搜集|收集|整理|编辑|编印|出品|首发|分享|提供|推荐|下载)+"
    r"|(?:https?://|www\.)[\w./%?=&#~:+-]+"
)
_SPACE_AT_HAN = re.compile(r"(?<=[^\x21-\x7e])[ \t]+|[ \t]+(?=[^\x21-\x7e])")
# Every footnote, watermark and space has one of these, and most sentences have none. Each begins with a literal
# character, not with a class of them, so that the search can skip what begins none.
_LEFT_OUT = re.compile(r" |\t|\[|【|〔|\(注|公众?号|https?://|www\.")
# The full-width characters that nearly all texts have: for them, `str.replace` is faster than any pattern.
_COMMON_WIDE = {"，": ",", "；": ";", "：": ":", "！": "!", "？": "?", "（": "(", "）": ")", "％": "%", "\u3000": " "}
_IDEOGRAPHS = range(0x3400, 0xA000)


class Folded(NamedTuple):
    """A folded text. offsets[i]: the place of its character i in the raw text; None if all places are the same."""

    text: str
    raw_length: int
    offsets: tuple[int, ...] | None = None

    def raw(self, i: int) -> int:
        """Return the place in the raw text of character i, or the raw length for the end."""
        if self.offsets is None:
            return i
        return self.offsets[i] if i < len(self.offsets) else self.raw_length


def fold(raw: str) -> Folded:
    """Fold widths and compatibility forms, drop invisible characters, convert to simplified characters.

    >>> fold("加快，鄉村\\u200b振興").text
    '加快,乡村振兴'
    >>> fold("鄉\\u200b村").offsets
    (0, 2)
    """
    return _clean(fold_widths(raw))


def fold_lines(lines: list[str]) -> list[Folded]:
    """Fold each of several lines, none of which has a line end in it.

    >>> [line.text for line in fold_lines(["加快，", "鄉村"])]
    ['加快,', '乡村']
    """
    # Most texts need only their widths folded, which is much faster for all lines at once.
    text = fold_widths("\n".join(lines))
    parts = text.split("\n") if lines else []
    beyond_basic = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
    if beyond_basic or _INVISIBLE_OR_TRADITIONAL.search(text):
        return [_clean(line) for line in parts]
    return [Folded(line, len(line)) for line in parts]


def fold_widths(text: str) -> str:
    """Fold widths and compatibility forms, each character by itself.

    >>> fold_widths("加快，ＧＤＰ")
    '加快,GDP'
    """
    for wide, form in _COMMON_WIDE.items():
        text = text.replace(wide, form)
    rare, forms = _compatibility_forms()
    return rare.sub(lambda match: forms[match[0]], text)


def _clean(text: str) -> Folded:
    """Drop invisible characters of a text with folded widths, and convert to simplified ones."""
    length, offsets = len(text), None
    if _INVISIBLE.search(text):
        kept = [i for i, c in enumerate(text) if not _INVISIBLE.match(c)]
        text, offsets = "".join(text[i] for i in kept), tuple(kept)
    return Folded(simplify(text), length, offsets)


def simplify(text: str) -> str:
    """Convert traditional to simplified characters; the length stays the same."""
    if not _TRADITIONAL.search(text):
        return text
    convert = _converter()
    simplified = convert(text)
    if len(simplified) != len(text):  # a rule for a phrase changed the length, and offsets must stay right
        simplified = "".join(c if len(s := convert(c)) != 1 else s for c in text)
    return simplified


def is_normalized(folded: str) -> bool:
    """Whether `normalize` would change nothing in a folded text or in any part of it, but for spaces at its ends."""
    return not _LEFT_OUT.search(folded)


def normalize(folded: str) -> str:
    """Return a folded sentence without footnote marks, watermarks and spaces in Chinese: what is counted.

    >>> normalize("投资 80 亿元【22】建设GDP 2.0")
    '投资80亿元建设GDP 2.0'
    """
    if is_normalized(folded):
        return folded.strip()
    # Looking for a character is faster than looking for a pattern that has it.
    text = folded
    if "[" in text or "【" in text or "〔" in text or "(注" in text:
        text = _FOOTNOTE.sub("", text)
    if "号" in text or "http" in text or "www." in text:
        text = _WATERMARK.sub("", text)
    return (_SPACE_AT_HAN.sub("", text) if " " in text or "\t" in text else text).strip()


def normalize_text(raw: str) -> str:
    """Fold and normalize a raw sentence."""
    return normalize(fold(raw.strip()).text)


def normalize_with_places(raw: str) -> tuple[str, list[int]]:
    """Fold and normalize a raw sentence; return it with the place in the raw text of each character, and of its end.

    >>> normalize_with_places("投资 8\u200b0亿元")
    ('投资80亿元', [0, 1, 3, 5, 6, 7, 8])
    """
    folded = fold(raw)
    text, places = folded.text, [folded.raw(i) for i in range(len(folded.text))]
    if not is_normalized(text):
        for left_out in (_FOOTNOTE, _WATERMARK, _SPACE_AT_HAN):
            gone = {i for match in left_out.finditer(text) for i in range(*match.span())}
            text, places = left_out.sub("", text), [place for i, place in enumerate(places) if i not in gone]
    first = len(text) - len(text.lstrip())
    text = text.strip()
    places = places[first : first + len(text)]
    return text, [*places, places[-1] + 1 if places else 0]


@cache
def _compatibility_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of the characters whose compatibility form is another single character, and these forms."""
    ranges = (
        (0xFF01, 0xFFE6),
        (0x2000, 0x200A),
        (0x2F00, 0x2FD5),
        (0xF900, 0xFAFF),
        (0xFE10, 0xFE19),
        (0xFE30, 0xFE48),
        (0xFE50, 0xFE6B),
    )
    table = RADICAL_FORMS | {"\xa0": " ", "\u202f": " ", "\u205f": " "} | dict.fromkeys(PRIVATE_BLANKS, " ")
    table |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2015\u2500", "—")
    for character in (chr(code) for low, high in ranges for code in range(low, high + 1)):
        form = unicodedata.normalize("NFKC", character)
        if len(form) == 1 and form != character and character not in _COMMON_WIDE:
            table[character] = form
    return re.compile(f"[{''.join(table)}]"), table


@cache
def folded_characters() -> dict[str, str]:
    """Return the folded form of each character of the basic plane that has another one when it stands by itself.

    >>> forms = folded_characters()
    >>> forms["鄉"], forms["，"], "乡" in forms
    ('乡', ',', False)
    """
    characters = [*_COMMON_WIDE, *_compatibility_forms()[1], *map(chr, _IDEOGRAPHS)]
    forms = _converter()(fold_widths("\n".join(characters))).split("\n")
    pairs = zip(characters, forms, strict=True)
    return {
        character: form for character, form in pairs if form != character and len(form) == 1 and form < "\U00010000"
    }


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
