"""Word's automatic numbers: every scheme as Word shows it, and the same in LibreOffice where it is installed."""

import shutil
import subprocess
from collections.abc import Iterable

import pytest

from classifier.readers.docx import read_docx
from classifier.readers.docx_numerals import numeral
from tests.readers.docx_builder import Docx, abstract, lvl, num, override, p
from tests.readers.docx_schemes import SCHEMES, SHARED

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def texts(document: Docx) -> list[str]:
    return [line.text for line in read_docx(document.build(), "a.docx").lines]


def numbers_before(lines: Iterable[str]) -> list[str]:
    """What stands before each 段 of paragraphs and cells."""
    return [piece.partition("段")[0].strip() for line in lines for piece in line.split("\t") if "段" in piece]


@pytest.mark.parametrize("name", SCHEMES)
def test_numbers_are_those_that_word_shows(name: str) -> None:
    scheme = SCHEMES[name]
    assert numbers_before(texts(scheme.document)) == list(scheme.numbers)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text export of LibreOffice of each scheme, all in one run."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("export")
    files = {name: folder / f"{i}.docx" for i, name in enumerate(SCHEMES)}
    for name, file in files.items():
        file.write_bytes(SCHEMES[name].document.build())
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    target = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
    subprocess.run([SOFFICE, profile, *target, *map(str, files.values())], check=True, capture_output=True, timeout=300)
    return {name: file.with_suffix(".txt").read_text(encoding="utf-8-sig").splitlines() for name, file in files.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCHEMES)
def test_libreoffice_shows_the_same(name: str, exported: dict[str, list[str]]) -> None:
    scheme = SCHEMES[name]
    shown = numbers_before(exported[name])
    if scheme.libreoffice is not None and shown != list(scheme.numbers):
        pytest.xfail(scheme.libreoffice)
    assert shown == list(scheme.numbers)


@pytest.mark.parametrize(
    ("number_format", "written"),
    {
        "chineseCounting": {0: "〇", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一〇一", 110: "一一〇"},
        "chineseCountingThousand": {
            0: "零",
            10: "十",
            15: "十五",
            30: "三十",
            101: "一百零一",
            110: "一百一十",
            1001: "一千零一",
            1010: "一千零一十",
            10_000: "一万",
            10_010: "一万零一十",
            12_000: "一万二千",
        },
        "chineseLegalSimplified": {10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍", 1000: "壹仟"},
        "ideographLegalTraditional": {2: "貳", 10: "壹拾", 10_000: "壹萬"},
        "ideographDigital": {0: "〇", 10: "一〇", 12: "一二", 305: "三〇五"},
        "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
        "ideographZodiac": {1: "子", 12: "亥", 13: "13"},
        "ideographZodiacTraditional": {1: "甲子", 13: "丙子", 60: "癸亥", 61: "61"},
        "japaneseCounting": {10: "十", 100: "百", 111: "百十一", 1000: "千", 10_000: "一万"},
        "taiwaneseCountingThousand": {111: "一百一十一", 10_000: "一萬"},
        "decimalEnclosedCircle": {1: "①", 20: "⑳", 21: "21"},
        "decimalEnclosedCircleChinese": {10: "⑩", 11: "11"},
        "decimalEnclosedParen": {1: "⑴", 20: "⒇"},
        "decimalEnclosedFullstop": {1: "⒈", 20: "⒛"},
        "decimalZero": {1: "01", 10: "10", 100: "100"},
        "upperRoman": {4: "IV", 1994: "MCMXCIV", 3999: "MMMCMXCIX"},
        "lowerLetter": {1: "a", 26: "z", 27: "aa", 53: "aaa", 780: "z" * 30, 781: "781"},
        "ordinal": {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 22: "22nd"},
        "numberInDash": {3: "- 3 -"},
        "none": {3: ""},
        "unheardOf": {3: "3"},
        "upperLetter": {40_000: "40000", -1: "-1"},
    }.items(),
)
def test_number_formats(number_format: str, written: dict[int, str]) -> None:
    assert {n: numeral(n, number_format) for n in written} == written


@pytest.mark.parametrize(
    ("number_format", "text", "suffix", "shown"),
    [
        ("chineseCounting", "%1、", "tab", "一、工业"),
        ("chineseCounting", "（%1）", "space", "（一）工业"),
        ("chineseCounting", "第%1章", "tab", "第一章 工业"),
        ("chineseCounting", "第%1章", "nothing", "第一章工业"),
        ("decimal", "%1", "space", "1 工业"),
        ("decimal", "%1.", "tab", "1.工业"),
        ("decimal", " (%1) ", "tab", "(1)工业"),
        ("decimalEnclosedCircle", "%1", "tab", "①工业"),
    ],
)
def test_a_blank_stands_only_where_number_and_text_would_run_together(
    number_format: str, text: str, suffix: str, shown: str
) -> None:
    level = lvl(0, number_format, text, extra=f'<w:suff w:val="{suffix}"/>')
    assert texts(Docx(p("　工业", num=(1, 0)), abstract(0, level) + num(1, 0))) == [shown]


def test_a_figure_does_not_run_into_the_number() -> None:
    document = Docx(p("2024年工作", num=(1, 0)), SHARED + num(1, 0))
    assert texts(document) == ["1. 2024年工作"]


def test_digits_of_an_own_format() -> None:
    own = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    own = f'<mc:AlternateContent><mc:Choice Requires="wps">{own}</mc:Choice>'
    own += '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    level = lvl(0, text="%1、").replace('<w:numFmt w:val="decimal"/>', own)
    assert texts(Docx(p("工业", num=(1, 0)), abstract(0, level) + num(1, 0))) == ["001、工业"]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        num(1, 9),  # of an abstract list that is not there
        abstract(0) + num(1, 0),  # without levels
        abstract(0, lvl(0, text="%9.%1")) + num(1, 0, override(99, 3) + override(-1, 3)),
        abstract(0, lvl(0, text="")) + num(1, 0),
        abstract(0, '<w:lvl w:ilvl="zero"/>') + "<w:num/>",
    ],
)
def test_broken_lists_leave_the_text(numbering: str) -> None:
    (text,) = texts(Docx(p("工业", num=(1, 0)), numbering))
    assert text.endswith("工业")


def test_absurd_numbers_stay_short() -> None:
    level = lvl(0, "upperRoman", "%1" * 5_000, start=32_000)
    (text,) = texts(Docx(p("工业", num=(1, 0)), abstract(0, level) + num(1, 0)))
    assert len(text) < 200
