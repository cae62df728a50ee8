"""Where and when a report is from: its year, place and level, told from its first lines or its file's name."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from classifier.documents.normalize import normalize_text

FIRST_LINES = 8  # of a document, in which its date and place are looked for
_LONGEST_BEGINNING = 80  # characters of a line that are looked at
NATION = "全国"
_FIRST_YEAR, _LAST_YEAR = 1949, 2100

_DIGITS = dict(zip("〇○零ОO一二三四五六七八九", "00000123456789", strict=True))
_CHINESE_YEAR = re.compile(r"[一二][九〇○零ОO][〇○零ОO一二三四五六七八九]{2}(?=年)")
_MONTH = r"[\d一二三四五六七八九十]{1,2}月"
_OF_A_MEETING = re.compile(
    rf"(?<!根据)(?<!按照)(\d{{4}})年{_MONTH}[^。,;]{{0,40}}(?:大会|会议|全会)|(?:大会|会议|全会)上?\((\d{{4}})年{_MONTH}"
)
_OF_A_DOCUMENT = re.compile(r"(\d{4})年(?=.{0,30}(?:报告|计划|规划|要点|讲话|总结|方案|安排|意见))")
_DATE = re.compile(r"(\d{4})年\d{1,2}月\d{1,2}日")
_LOOKED_BACK_AT = re.compile(r"(\d{4})年[^年]{0,8}回顾")
_IN_A_NAME = re.compile(r"(?<!\d)(\d{4})(?!\d)|(?<!\d)(\d{4})(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)")

_HAN = "(?![在我]|代表)[\u3400-\u9fff]"  # as it stands in a place's name
_SUFFIXES = {
    "province": "省|自治区|特别行政区",
    "city": "自治州|地区|市|州|盟",
    "county": "自治县|自治旗|县|旗|林区|特区|新区|区",
    "township": "街道|乡|镇",
}
_SUFFIX = "|".join(_SUFFIXES.values())
# At most three units, such as 省市县, each short, so that no line can make the search long.
_PLACE = rf"(?:(?:{_HAN}){{1,8}}?(?:{_SUFFIX})){{1,3}}"
_BODY = r"(?:第?[一二三四五六七八九十百\d]{1,4}届)?(?:人民代表大会|人大|人民政府|政府工作|政协|党代会|委员会)"
_PLACE_IN_LINE = re.compile(rf"(?:^|\d[日年]|[^\u3400-\u9fff]|在|代表)({_PLACE})(?={_BODY})")
_PLACE_IN_NAME = re.compile(rf"(?<![\u3400-\u9fff])({_PLACE})(?=$|[^\u3400-\u9fff]|政府|人民|工作|计划|党|关于|国民)")
_NATIONAL = re.compile("全国人民代表大会|代表国务院|^国务院|国务院总理")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_CITY_WITHIN = re.compile("[^市](?:市|自治州|地区|盟).+市$")


class Origin(NamedTuple):
    """Where and when a report is from; None for what is not told.

    year: in which it was given. place: as it is named, such as 某省某市某县. level: national, province, city, county or
    township.
    """

    year: int | None = None
    place: str | None = None
    level: str | None = None


def origin_of(name: str, lines: Iterable[str]) -> Origin:
    """Return the origin of a document. name: of its file. lines: the first of it, as they are read.

    >>> origin_of("a.txt", ["政府工作报告", "——二〇二三年一月五日在禾溪县第九届人民代表大会第二次会议上"])
    Origin(year=2023, place='禾溪县', level='county')
    """
    beginnings = [_digits(normalize_text(line)[:_LONGEST_BEGINNING]) for line in lines]
    parts = [_digits(normalize_text(part)[-_LONGEST_BEGINNING:]) for part in re.split(r"[/\\#]", name)[::-1]]
    place = _place(beginnings, parts)
    return Origin(_year(beginnings, parts), place, place and level_of(place))


def level_of(place: str) -> str | None:
    """Return the level of a place by the end of its name: 省, 市, 县 and the like; None where it has no such end.

    A 市 within another is a county; one that stands alone is taken for a city.

    >>> level_of("云湖市"), level_of("云湖市石桥市"), level_of("石桥区")
    ('city', 'county', 'county')
    """
    if place == NATION:
        return "national"
    if place in _MUNICIPALITIES:
        return "province"
    if _CITY_WITHIN.search(place) and not place.startswith(_MUNICIPALITIES):
        return "county"
    ends = {suffix: level for level, group in _SUFFIXES.items() for suffix in group.split("|")}
    return next((ends[suffix] for suffix in sorted(ends, key=len, reverse=True) if place.endswith(suffix)), None)


def _year(lines: Sequence[str], parts: Sequence[str]) -> int | None:
    """Return the year of a meeting, else of the file's name, a title or a date, or after the year looked back at."""
    for pattern, texts, later in (
        (_OF_A_MEETING, lines, 0),
        (_IN_A_NAME, parts, 0),
        (_OF_A_DOCUMENT, [line for line in lines if len(line) < _LONGEST_BEGINNING], 0),
        (_DATE, lines, 0),
        (_LOOKED_BACK_AT, lines, 1),
    ):
        for text in texts:
            years = [int(y) + later for found in pattern.finditer(text) for y in found.groups() if y]
            if known := [y for y in years if _FIRST_YEAR <= y <= _LAST_YEAR]:
                return max(known)  # a plan names the year that was before the one that it is for
    return None


def _place(lines: Sequence[str], parts: Sequence[str]) -> str | None:
    """Return the place that the lines tell, or the file's name, which often says more of where it lies."""
    told = next((found[1] for line in lines if (found := _PLACE_IN_LINE.search(line))), None)
    named = next((found[1] for part in parts if (found := _PLACE_IN_NAME.search(part))), None)
    if told is None and any(_NATIONAL.search(text) for text in (*lines, *parts)):
        return NATION
    if told is not None and named is not None and named.endswith(told):
        return named
    return told or named


def _digits(text: str) -> str:
    """Return a text with years such as 二〇二三年 in digits."""
    return _CHINESE_YEAR.sub(lambda found: "".join(_DIGITS[c] for c in found[0]), text)
