"""Numbers as Word writes them in each of its number formats: 一 （〇） 甲 ① iv, by the format's name in the file."""

from collections.abc import Callable

LARGEST_NUMERAL = 32_767  # the largest value that Word counts to; beyond it, and below zero, digits are written

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN_DIGITS = str.maketrans("0123456789", _DIGITS)
_LONGEST_LETTERS = 30  # repetitions of a letter: 27 is AA, 53 is AAA


def numeral(value: int, number_format: str) -> str:
    """Return a number in one of Word's formats, in digits where the format or its range is unknown.

    >>> [numeral(n, "chineseCounting") for n in (3, 11, 20, 101)]
    ['三', '十一', '二十', '一〇一']
    >>> numeral(101, "chineseCountingThousand"), numeral(14, "upperRoman"), numeral(28, "lowerLetter")
    ('一百零一', 'XIV', 'bb')
    """
    if number_format in ("none", "bullet"):
        return ""
    write = _FORMATS.get(number_format)
    return write(value) if write and 0 <= value <= LARGEST_NUMERAL else str(value)


def with_number(number: str, text: str) -> str:
    """Return a text with the number of a list before it, and of the blank behind that only what keeps them apart.

    >>> with_number("一、 ", "回顾"), with_number("1 ", "回顾"), with_number("1. ", "2024年")
    ('一、回顾', '1 回顾', '1. 2024年')
    """
    text, sign = text.strip(), number.strip()
    if not sign or number == sign or _stands_apart(sign[-1], text[:1]):
        return sign + text
    return f"{sign} {text}"


def _stands_apart(end: str, start: str) -> bool:
    """Whether the end of a number and the start of the text behind it need no blank between them."""
    if end in ".,:" and "0" <= start <= "9":  # which would be read as one figure
        return False
    return not end.isalnum() or "①" <= end <= "⓿" or "㈠" <= end <= "㊿"


def _han(value: int, digits: str, units: str, myriad: str, one_ten: bool = False) -> str:
    """Write a number out with units: 一百零一. one_ten: ten is 一十 or 壹拾 and not 十 at the beginning."""
    if value == 0:
        return digits[0]
    high, low = divmod(value, 10_000)
    text = _han(high, digits, units, myriad, one_ten) + myriad if high else ""
    if high and 0 < low < 1000:
        text += digits[0]
    text += _below_myriad(low, digits, units)
    return text if one_ten or not text.startswith(digits[1] + units[0]) else text[1:]


def _below_myriad(value: int, digits: str, units: str) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            text += (digits[0] if gap and text else "") + digits[digit] + (units[place - 1] if place else "")
        gap = digit == 0
    return text


def _counting(value: int) -> str:
    """Write up to 99 with 十, and from 100 on digit by digit."""
    return _thousand(value) if 0 < value < 100 else _digits(value)


def _thousand(value: int) -> str:
    return _han(value, "零" + _DIGITS[1:], "十百千", "万")


def _thousand_traditional(value: int) -> str:
    return _han(value, "零" + _DIGITS[1:], "十百千", "萬")


def _digits(value: int) -> str:
    return str(value).translate(_HAN_DIGITS)


def _japanese(value: int) -> str:
    """Write a number with units, without a sign for zeros and without 一 before 十, 百 and 千."""
    if value == 0:
        return _DIGITS[0]
    high, low = divmod(value, 10_000)
    text = _japanese(high) + "万" if high else ""
    for place, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = low // 10**place % 10
        if digit:
            text += ("" if digit == 1 and unit else _DIGITS[digit]) + unit
    return text


def _roman(value: int) -> str:
    text = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        text += sign * count
    return text


def _letters(value: int) -> str:
    if value == 0:
        return ""
    turns, letter = divmod(value - 1, 26)
    return chr(ord("A") + letter) * (turns + 1) if turns < _LONGEST_LETTERS else str(value)


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def _sixty(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 1 <= value <= 60 else str(value)


def _series(signs: str) -> Callable[[int], str]:
    """Return what writes 1, 2, 3 as the signs of a series, and in digits where it has ended."""
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _range(first: str, count: int) -> Callable[[int], str]:
    return _series("".join(chr(ord(first) + i) for i in range(count)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _range("①", 20),
    "decimalEnclosedCircleChinese": _range("①", 10),
    "decimalEnclosedFullstop": _range("⒈", 20),
    "decimalEnclosedParen": _range("⑴", 20),
    "ideographEnclosedCircle": _range("㊀", 10),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "chineseLegalSimplified": lambda value: _han(value, *_LEGAL_SIMPLIFIED, one_ten=True),
    "ideographDigital": _digits,
    "ideographLegalTraditional": lambda value: _han(value, *_LEGAL_TRADITIONAL, one_ten=True),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousand_traditional,
    "taiwaneseDigital": _digits,
}
