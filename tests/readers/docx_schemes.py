"""Numbered documents with the numbers that Word shows in them, and where LibreOffice is known to show others."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.readers.docx_builder import Docx, abstract, cell, lvl, num, num_pr, override, p, r, row, style, text_box

LEGAL = "<w:isLgl/>"


class Scheme(NamedTuple):
    """A numbered document and the numbers before its paragraphs.

    libreoffice: why LibreOffice shows other numbers than Word, None where it shows the same.
    """

    document: Docx
    numbers: Sequence[str]
    libreoffice: str | None = None


def items(*places: tuple[int, int] | None, styles: Sequence[str] = ()) -> str:
    """Paragraphs 甲段, 乙段, … of these lists and levels, or of these styles."""
    names = [f"段{chr(0x4E00 + i)}" for i in range(max(len(places), len(styles)))]
    if styles:
        return "".join(p(name, style=s) for name, s in zip(names, styles, strict=True))
    return "".join(p(name, num=at) for name, at in zip(names, places, strict=True))


def levels(*texts: str) -> tuple[str, ...]:
    return tuple(lvl(i, text=text) for i, text in enumerate(texts))


def counted(number_format: str, start: int, count: int, text: str = "%1、") -> Docx:
    """A list of one level that starts at a number."""
    return Docx(items(*[(1, 0)] * count), abstract(0, lvl(0, number_format, text, start)) + num(1, 0))


REPORT = abstract(
    0,
    lvl(0, "chineseCounting", "%1、", extra='<w:suff w:val="nothing"/>'),
    lvl(1, "chineseCounting", "（%2）", extra='<w:suff w:val="nothing"/>'),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimal", "（%4）"),
    lvl(4, "decimalEnclosedCircle", "%5"),
)
SHARED = abstract(0, *levels("%1.", "%1.%2", "%1.%2.%3"))

SCHEMES: dict[str, Scheme] = {
    "the marks of a report": Scheme(
        Docx(
            items((1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 4), (1, 4), (1, 1), (1, 2), (1, 0), (1, 1)),
            REPORT + num(1, 0),
        ),
        ["一、", "（一）", "1.", "2.", "（1）", "①", "②", "（二）", "1.", "二、", "（一）"],
    ),
    "numbers of all levels": Scheme(
        Docx(items((1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)), SHARED + num(1, 0)),
        ["1.", "1.1", "1.2", "1.2.1", "2.", "2.1", "2.1.1"],
    ),
    "a level left out counts as begun": Scheme(
        Docx(items((1, 1), (1, 1), (1, 0), (1, 2), (1, 1)), SHARED + num(1, 0)),
        ["1.1", "1.2", "2.", "2.1.1", "2.2"],
    ),
    "two lists share their counters": Scheme(
        Docx(items((1, 0), (2, 0), None, (1, 0), (2, 1), (1, 1)), SHARED + num(1, 0) + num(2, 0)),
        ["1.", "2.", "", "3.", "3.1", "3.2"],
    ),
    "a list that starts anew": Scheme(
        Docx(
            items((1, 0), (1, 0), (2, 0), (2, 0), (2, 1), (1, 0), (3, 0)),
            SHARED + num(1, 0) + num(2, 0, override(0, 1)) + num(3, 0, override(0, 7)),
        ),
        ["1.", "2.", "1.", "2.", "2.1", "3.", "7."],
    ),
    "a list that shows a level in another way": Scheme(
        Docx(
            items((1, 0), (2, 0), (2, 1), (1, 0)),
            SHARED + num(1, 0) + num(2, 0, override(0, level=lvl(0, "chineseCounting", "第%1条"))),
        ),
        ["1.", "第二条", "二.1", "3."],
    ),
    "lists of their own": Scheme(
        Docx(
            items((1, 0), (2, 0), (1, 0), (2, 0)),
            SHARED + abstract(1, lvl(0, "upperLetter", "%1)")) + num(1, 0) + num(2, 1),
        ),
        ["1.", "A)", "2.", "B)"],
    ),
    "a start": Scheme(counted("decimal", 4, 3, "%1."), ["4.", "5.", "6."]),
    "no start is zero": Scheme(
        Docx(items((1, 0), (1, 0)), abstract(0, lvl(0, start=None)) + num(1, 0)),
        ["0.", "1."],
    ),
    "restarted by the first level alone": Scheme(
        Docx(
            items((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)),
            abstract(0, lvl(0), lvl(1, text="%2)"), lvl(2, text="(%3)", extra='<w:lvlRestart w:val="1"/>')) + num(1, 0),
        ),
        ["1.", "1)", "(1)", "2)", "(2)", "2.", "(1)"],
        "it does not know lvlRestart",
    ),
    "never restarted": Scheme(
        Docx(
            items((1, 0), (1, 1), (1, 0), (1, 1)),
            abstract(0, lvl(0), lvl(1, text="%2)", extra='<w:lvlRestart w:val="0"/>')) + num(1, 0),
        ),
        ["1.", "1)", "2.", "2)"],
        "it does not know lvlRestart",
    ),
    "legal numbers": Scheme(
        Docx(
            items((1, 0), (1, 1), (1, 0), (1, 1)),
            abstract(0, lvl(0, "chineseCounting", "第%1章"), lvl(1, "decimal", "%1.%2", extra=LEGAL)) + num(1, 0),
        ),
        ["第一章", "1.1", "第二章", "2.1"],
        "before 7.5 it does not know isLgl",
    ),
    "a list style": Scheme(
        Docx(
            items((2, 0), (2, 1), (1, 0)),
            abstract(0, *levels("%1、", "（%2）"), extra='<w:styleLink w:val="Liste"/>')
            + abstract(1, extra='<w:numStyleLink w:val="Liste"/>')
            + num(1, 0)
            + num(2, 1),
            style("Liste", kind="numbering", ppr=num_pr(1)),
        ),
        ["1、", "（1）", "2、"],
    ),
    "styles that carry numbers": Scheme(
        Docx(
            items(styles=["H1", "H2", "H2", "Sub", "Text", "H1", "H2"]),
            abstract(
                0,
                lvl(0, "chineseCounting", "%1、", extra='<w:pStyle w:val="H1"/>'),
                lvl(1, "chineseCounting", "（%2）", extra='<w:pStyle w:val="H2"/>'),
            )
            + num(1, 0),
            style("H1", "heading 1", ppr=num_pr(1))
            + style("H2", "heading 2", based_on="H1", ppr=num_pr(1, 1))
            + style("Sub", based_on="H2")
            + style("Text", "Normal"),
        ),
        ["一、", "（一）", "（二）", "（三）", "", "二、", "（一）"],
    ),
    "numbers taken away": Scheme(
        Docx(
            p("段一", style="H1")
            + p("段丁", style="H1", ppr=num_pr(0))
            + p("段丂", style="Off")
            + p("段七", style="H1"),
            abstract(0, lvl(0, text="%1.", extra='<w:pStyle w:val="H1"/>')) + num(1, 0),
            style("H1", ppr=num_pr(1)) + style("Off", based_on="H1", ppr=num_pr(0)),
        ),
        ["1.", "", "", "2."],
    ),
    "empty paragraphs count": Scheme(
        Docx(p("段一", num=(1, 0)) + p("", num=(1, 0)) + p("段丁", num=(1, 0)), SHARED + num(1, 0)),
        ["1.", "3."],
    ),
    "bullets and none": Scheme(
        Docx(
            items((1, 0), (1, 1), (1, 0)),
            abstract(0, lvl(0, "bullet", "·"), lvl(1, "none", "")) + num(1, 0),
        ),
        ["", "", ""],
        "it shows the bullets, which are dropped here",
    ),
    "a table and a text count together": Scheme(
        Docx(
            p("段一", num=(1, 0))
            + f"<w:tbl><w:tr><w:tc>{p('段丁', num=(1, 0))}</w:tc></w:tr></w:tbl>"
            + p("段丂", num=(1, 0)),
            SHARED + num(1, 0),
        ),
        ["1.", "2.", "3."],
    ),
    "merged cells count": Scheme(
        Docx(
            "<w:tbl>"
            + row(cell(p("段一", num=(1, 0)), '<w:vMerge w:val="restart"/>'), cell(p("段丁", num=(1, 0))))
            + row(cell(p("", num=(1, 0)), "<w:vMerge/>"), cell(p("段丂", num=(1, 0))))
            + "</w:tbl>",
            abstract(0, lvl(0, "upperLetter", "%1)")) + num(1, 0),
        ),
        ["A)", "B)", "D)"],
    ),
    "text boxes count by themselves": Scheme(
        Docx(p("段一", num=(1, 0)) + p(text_box(p(num=(1, 0))) + r("段丁"), num=(1, 0)), SHARED + num(1, 0)),
        ["1.", "2."],
    ),
    "chineseCounting": Scheme(counted("chineseCounting", 9, 3), ["九、", "十、", "十一、"]),
    "chineseCounting from 99": Scheme(
        counted("chineseCounting", 99, 3),
        ["九十九、", "一〇〇、", "一〇一、"],
        "it writes 一百零一 as in chineseCountingThousand",
    ),
    "chineseCountingThousand": Scheme(
        counted("chineseCountingThousand", 109, 3), ["一百零九、", "一百一十、", "一百一十一、"]
    ),
    "chineseLegalSimplified": Scheme(counted("chineseLegalSimplified", 1, 3), ["壹、", "贰、", "叁、"]),
    "ideographTraditional": Scheme(counted("ideographTraditional", 9, 2), ["壬、", "癸、"]),
    "ideographZodiac": Scheme(counted("ideographZodiac", 1, 3), ["子、", "丑、", "寅、"]),
    "ideographDigital": Scheme(counted("ideographDigital", 1, 2), ["一、", "二、"]),
    "japaneseCounting": Scheme(counted("japaneseCounting", 9, 3), ["九、", "十、", "十一、"]),
    "taiwaneseCountingThousand": Scheme(counted("taiwaneseCountingThousand", 19, 3), ["十九、", "二十、", "二十一、"]),
    "decimalZero": Scheme(counted("decimalZero", 9, 2), ["09、", "10、"]),
    "decimalFullWidth": Scheme(counted("decimalFullWidth", 9, 2), ["９、", "１０、"]),
    "decimalEnclosedCircle": Scheme(counted("decimalEnclosedCircle", 19, 2, "%1"), ["⑲", "⑳"]),
    "decimalEnclosedCircleChinese": Scheme(counted("decimalEnclosedCircleChinese", 9, 2, "%1"), ["⑨", "⑩"]),
    "decimalEnclosedCircleChinese from 11": Scheme(
        counted("decimalEnclosedCircleChinese", 11, 2, "%1"), ["11", "12"], "it goes on with ⑪, where Word writes 11"
    ),
    "decimalEnclosedFullstop": Scheme(
        counted("decimalEnclosedFullstop", 1, 2, "%1"), ["⒈", "⒉"], "it writes plain digits"
    ),
    "decimalEnclosedParen": Scheme(counted("decimalEnclosedParen", 1, 2, "%1"), ["⑴", "⑵"], "it writes plain digits"),
    "upperRoman": Scheme(counted("upperRoman", 3, 2, "%1."), ["III.", "IV."]),
    "lowerRoman": Scheme(counted("lowerRoman", 8, 2, "%1."), ["viii.", "ix."]),
    "upperLetter": Scheme(counted("upperLetter", 26, 2, "%1."), ["Z.", "AA."]),
    "lowerLetter": Scheme(counted("lowerLetter", 27, 2, "%1."), ["aa.", "bb."]),
}
