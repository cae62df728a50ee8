"""Markdown: its marks go, its levels and tables stay, and plain text that is only called so is read as plain text."""

import time

import pytest

from classifier.documents.parse import parse_bytes
from classifier.errors import DocumentError
from classifier.readers.lines import DocumentLines, Place
from classifier.readers.markdown import read_markdown
from classifier.readers.text import read_plain_text
from tests.readers.page_reports import report_paragraphs

LONG = "过去一年，全县粮食总产量达到31万吨，新改建农村公路86公里，群众获得感明显增强。"
REPORT = f"""---
title: 别的题目
tags: [报告, 县]
---

# 云溪县政府工作报告

> （2024年1月18日在云溪县第十七届人民代表大会第四次会议上）

**各位代表：**

## 一、2023年工作回顾

{LONG}

### （一）产业发展

- 新增规模以上工业企业**21家**；
- 装备制造产值突破90亿元[^1]。

#### 补充说明

1. 建成高标准农田`4.2万亩`；
2. 见[公报](https://example.com/a_b.html)。

| 指标 | 2022年 | 2023年 |
|:---|---:|---:|
| **粮食**（万吨） | 30 | 31 |

![河道治理](images/river.png)

二、2024年重点工作
------

修路~~三十~~四十公里&nbsp;以上。<!-- 注 -->

[^1]: 初步统计数。
[附注]: 资料由部门提供
"""
PLAIN = [
    "云溪县政府工作报告",
    "（2024年1月18日在云溪县第十七届人民代表大会第四次会议上）",
    "各位代表：",
    "一、2023年工作回顾",
    LONG,
    "（一）产业发展",
    "新增规模以上工业企业21家；",
    "装备制造产值突破90亿元。",
    "补充说明",
    "1. 建成高标准农田4.2万亩；",
    "2. 见公报。",
    "指标\t2022年\t2023年",
    "粮食（万吨）\t30\t31",
    "河道治理",
    "二、2024年重点工作",
    "修路四十公里\xa0以上。",
    "初步统计数。",
    "[附注]: 资料由部门提供",
]


def read(text: str) -> DocumentLines:
    return read_markdown(text.encode(), "a.md")


def texts(text: str) -> list[str]:
    return [line.text for line in read(text).lines]


def test_marks_go_and_levels_tables_and_notes_stay() -> None:
    found = read(REPORT)
    assert [line.text for line in found.lines] == PLAIN
    assert [line.number for line in found.lines] == list(range(1, len(PLAIN) + 1))
    assert {line.text: line.level for line in found.lines if line.level is not None} == {PLAIN[0]: 0, "补充说明": 3}
    assert [line.text for line in found.lines if line.place is Place.TABLE] == PLAIN[11:13]
    assert [line.text for line in found.lines if line.place is Place.NOTE] == [PLAIN[13], *PLAIN[16:]]
    assert [line.text for line in found.lines if line.bold] == ["各位代表："]
    assert found.counts == {"bullets": 2, "deleted_revisions": 1, "front_matter": 1, "notes": 2, "table_rows": 2}
    assert found.notes == ()


def test_headings_are_those_of_the_same_text_without_marks() -> None:
    lines = [*PLAIN[:8], "（二）城乡建设。新建学校4所。", "二、2024年重点工作", "（一）抓项目", LONG]
    marks = {"云": "# ", "一": "## ", "二": "## ", "（一": "### ", "（二）": "### "}
    marked = [next((m for s, m in reversed(marks.items()) if line.startswith(s)), "") + line for line in lines]
    marked[1] = lines[1]
    found = parse_bytes("\n\n".join(marked).encode(), "a", "a", ".md").paragraphs
    plain = parse_bytes("\n".join(lines).encode(), "a", "a", ".txt").paragraphs
    assert [(p.kind, p.heading, p.text) for p in found] == [(p.kind, p.heading, p.text) for p in plain]


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "　　", "    ", "\t"])
def test_plain_text_that_is_called_markdown_is_read_as_plain_text(indent: str, end: str) -> None:
    text = end.join(indent + line for line in [*report_paragraphs(4), "1．全角序号。", "1. 数字序号。", "- 3 -"])
    found, plain = read(text), read_plain_text(text.encode(), "a.md")
    assert [line.text for line in found.lines] == [line.text for line in plain.lines]
    assert found.counts == plain.counts


def test_escapes_are_no_marks() -> None:
    assert texts(r"一、工作" "\n" r"1\. 增长5\~6%" "\n" r"\* 见《办法》\[2024\]5号\_试行") == [
        "一、工作",
        "1. 增长5~6%",
        "* 见《办法》[2024]5号_试行",
    ]


@pytest.mark.parametrize("indent", ["　　", "    ", "\t"])
def test_indents_make_no_code_and_lines_are_paragraphs(indent: str) -> None:
    lines = [
        LONG,
        "新建学校4所。",
        LONG * 3,
        "1．全角序号一条",
        "（一）括号一条",
        "一是修路；二是建桥。",
        "一般公共预算收入18亿元。",
    ]
    assert texts("# 报告\n\n" + "\n".join(indent + line for line in lines)) == ["报告", *lines]


def test_wrapped_lines_come_together() -> None:
    text = LONG * 4 + "其中GDP增长6%"
    wrapped = "\n".join(text[i : i + 30] for i in range(0, len(text), 30))
    found = read(f"# 报告\n\n{wrapped}\n\n政府工作报告\n林岚\n\n全县引进先进技术，即the newest\ntechnology，三项。")
    assert [line.text for line in found.lines] == [
        "报告",
        text,
        "政府工作报告",
        "林岚",
        "全县引进先进技术，即the newest technology，三项。",
    ]
    assert found.counts == {"lines_joined": -(-len(text) // 30)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("#没有空格的题目\n\n正文**重点：**内容", ["没有空格的题目", "正文重点：内容"]),
        ("#话题# 讨论\n\n**正文**", ["#话题# 讨论", "正文"]),
        ("1. 甲\n1. 乙\n1. 丙\n\n**完**", ["1. 甲", "2. 乙", "3. 丙", "完"]),
        ("3) 甲\n5) 乙\n\n**完**", ["3) 甲", "5) 乙", "完"]),
        ("- 甲\n  - 乙\n\n    丙\n- [链接][1]\n\n[1]: http://a.b", ["甲", "乙", "丙", "链接"]),
        ("**甲**  \n乙\\\n丙<br>丁", ["甲", "乙", "丙", "丁"]),
        ("+++\ntitle = '题'\n+++\n**甲**", ["甲"]),
        ("---\n\n**甲**\n\n---\n\n乙", ["甲", "乙"]),
        ("甲方是一句话。\n---\n\n乙", ["甲方是一句话。", "乙"]),
        (
            "```\n代码里的正文。\n```\n<div align='center'>居中<br>两行</div>\n\n<!-- 注\n释 -->",
            ["代码里的正文。", "居中", "两行"],
        ),
        (
            "<table><tr><td>粮食</td>\n<td>31</td></tr>\n<tr><td>油料</td><td>2</td></tr></table>",
            ["粮食\t31", "油料\t2"],
        ),
        ("甲 | 乙\n--|--\n1 | 2", ["甲\t乙", "1\t2"]),
        ("增长3*5，区间3~5%，a_b_c，**甲", ["增长3*5，区间3~5%，a_b_c，甲"]),
        ("***甲***与__乙__、*丙*", ["甲与乙、丙"]),
    ],
)
def test_each_mark(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    found = read_markdown(f"# 报告\n\n{LONG * 20}".encode(encoding), "a.md")
    assert [(line.text, line.level) for line in found.lines] == [("报告", 0), (LONG * 20, None)]


HOSTILE = {
    "brackets": "[" * 20_000,
    "stars": "*a " * 30_000,
    "underlines": "_a__b " * 20_000,
    "ticks": "".join("`" * i + " " for i in range(400)),
    "front matter": "---\n" + "a: b\n" * 20_000,
    "wide table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|1\n" * 3_000,
    "comments": "<!--" * 20_000,
    "quotations": ">" * 20_000,
    "lists": "1. " * 2_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_made_to_do_harm_is_read_or_refused_in_time(kind: str) -> None:
    began = time.process_time()
    try:
        assert texts(f"# 报告\n\n{LONG}\n\n{HOSTILE[kind]}")[1] == LONG
    except DocumentError as error:
        assert str(error) == "a.md: its lists or quotations stand too deep in each other; copy its text into a new file"
    assert time.process_time() - began < 10


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classifier.readers.markdown.LARGEST_MARKDOWN", 1 << 20)
    with pytest.raises(DocumentError, match=r"^a\.md: a Markdown file of more than 1 MB; divide it$"):
        read(LONG * 20_000)


def test_notes_name_the_file() -> None:
    (note,) = read("".join(report_paragraphs(1))).notes
    assert note.startswith("a.md: it has too few line ends; ")
