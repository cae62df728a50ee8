"""Hard-wrapped text becomes paragraphs again, and text with a line for each paragraph stays as it is."""

from collections.abc import Callable

import pytest

from classifier.readers.text import read_text_lines
from tests.readers.page_reports import paragraph_f1, report_paragraphs
from tests.readers.wrapped_text import INDENT, in_pages, wrapped_by_characters, wrapped_by_width

Wrap = Callable[[str, int, int], list[str]]


def _lines(text: str) -> list[str]:
    return [line.text for line in read_text_lines(text).lines]


def _wrapped(paragraphs: list[str], wrap: Wrap, width: int, indent: str = "", first: int = 0) -> list[str]:
    lines = []
    for paragraph in paragraphs:
        beginning, *rest = wrap(paragraph, width, len(indent) or first)
        lines += [indent + beginning, *rest]
    return lines


@pytest.mark.parametrize("width", [28, 38, 45])
@pytest.mark.parametrize("wrap", [wrapped_by_characters, wrapped_by_width])
@pytest.mark.parametrize(("indent", "first"), [(INDENT, 2), ("", 0), ("", 2)])
def test_wrapped_reports_become_their_paragraphs(wrap: Wrap, width: int, indent: str, first: int) -> None:
    scores = []
    for seed in range(1, 6):
        paragraphs = report_paragraphs(seed)
        text = "\n".join(_wrapped(paragraphs, wrap, width, indent, first))
        scores.append(paragraph_f1(paragraphs, _lines(text)))
    assert sum(scores) / len(scores) >= 0.95


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_line_for_each_paragraph_stays(seed: int) -> None:
    paragraphs = report_paragraphs(seed)
    found = read_text_lines("\n".join(INDENT + p for p in paragraphs))
    assert [line.text for line in found.lines] == paragraphs
    assert not found.notes
    assert not found.counts


@pytest.mark.parametrize("indent", [INDENT, ""])
def test_page_numbers_and_running_heads_go(indent: str) -> None:
    paragraphs = report_paragraphs(3)
    lines = in_pages(_wrapped(paragraphs, wrapped_by_characters, 28, indent), 22, "云溪县政府工作报告")
    pages = len(lines) // 24
    found = read_text_lines("\n".join(lines))
    assert paragraph_f1(paragraphs, [line.text for line in found.lines]) >= 0.95
    assert found.counts["page_numbers"] == found.counts["running_heads"] == pages
    assert found.counts["lines_joined"] == len(lines) - 2 * pages - len(found.lines)
    assert len(found.notes) == 1


def test_running_heads_without_page_numbers_go() -> None:
    paragraphs = report_paragraphs(4)
    wrapped = _wrapped(paragraphs, wrapped_by_characters, 28, INDENT)
    lines = [line for n in range(0, len(wrapped), 23) for line in [*wrapped[n : n + 23], "第十七届人民代表大会文件"]]
    found = read_text_lines("\n".join(lines))
    assert found.counts["running_heads"] == -(-len(wrapped) // 23)
    assert "第十七届人民代表大会文件" not in "".join(line.text for line in found.lines)


def test_empty_lines_after_each_line_part_nothing() -> None:
    paragraphs = report_paragraphs(2)
    lines = _wrapped(paragraphs, wrapped_by_characters, 38, INDENT)
    assert paragraph_f1(paragraphs, _lines("\n\n".join(lines))) >= 0.98


def test_empty_lines_between_paragraphs_part_them() -> None:
    paragraphs = report_paragraphs(2)
    text = "\n\n".join("\n".join(wrapped_by_characters(p, 38)) for p in paragraphs)
    assert paragraph_f1(paragraphs, _lines(text)) >= 0.98


def test_a_paragraph_has_the_number_of_its_first_line() -> None:
    text = (
        "　　云溪县新建农村公路一百公里，改造桥梁二十座，通\n"
        "客车的村达到九成以上，群众出行更加便利。全年完成造\n"
        "林三万亩，治理河道十二条。\n"
        "\n"
        "　　全县建成标准化学校八所，新增学位四千个，教师待\n"
        "遇进一步提高，城乡教育差距缩小，县医院的新楼投入使\n"
        "用。\n"
    )
    found = read_text_lines(text)
    assert [line.number for line in found.lines] == [1, 5]
    assert [line.text[-4:] for line in found.lines] == ["十二条。", "投入使用。"[-4:]]


def test_latin_words_keep_their_blank() -> None:
    text = "\n".join(
        f"第{n}家企业与外国公司签订协议，共同建设名称为 Cloud\nValley 的项目，总投资达到三亿元，年内建成投产运行"
        for n in "一二三四五六"
    )
    assert all("Cloud Valley" in line for line in _lines(text) if "Cloud" in line)


def test_short_lists_stay() -> None:
    items = ["修建道路和桥梁工程", "改造城镇老旧小区", "建设农村饮水工程", "实施教育提升项目", "推进医疗改革试点"]
    assert _lines("\n".join(items)) == items
    names = [f"云溪县第{n}批重点建设项目名单公示结果通知" for n in "一二三四五六七八"]
    assert _lines("\n".join(names)) == names


LINES = [
    "云溪县新建农村公路一百公里，改造桥梁二十座，通客车的",
    "村达到九成以上，群众出行更加便利，全年完成造林三万亩",
    "和治理河道十二条，标准化学校建成八所，新增学位四千个",
    "并且教师待遇进一步提高，城乡教育差距缩小，县医院的新",
    "楼投入使用，为困难家庭发放补助，安全底线守得更牢固，",
]


def test_counted_marks_begin_paragraphs_behind_lines_that_are_cut() -> None:
    lines = [f"（{n}）{text[3:]}" for n, text in zip("一二三四五", LINES, strict=True)]
    assert _lines("\n".join([*lines, "二、今年工作", *LINES]))[:5] == lines


def test_notes_begin_paragraphs_and_references_do_not() -> None:
    text = "".join(LINES)
    lines = [*LINES, "[1]乡村的路更宽了。", f"[2]指的是{LINES[0][:-4]}", f"[3]指的是{LINES[1][:-4]}", *LINES]
    assert "".join(_lines("\n".join(lines))[0:1]) == f"{text}[1]乡村的路更宽了。"
    lines = [
        *LINES,
        "完成。",
        f"[1]指的是{LINES[0][:-8]}（三）",
        f"[2]指的是{LINES[1][:-8]}（四）",
        f"[3]{LINES[2][:-4]}。",
    ]
    assert [line[:3] for line in _lines("\n".join(lines))[1:]] == ["[1]", "[2]", "[3]"]


def test_the_date_is_no_line_of_the_speaker() -> None:
    front = ["2024年1月18日在云溪县第十七届人民代表大会会议上", "云溪县人民政府县长林岚"]
    assert _lines("\n".join([*front, *LINES, *LINES]))[:2] == front


def test_numbers_of_rows_are_no_page_numbers() -> None:
    rows = [row for n in range(1, 8) for row in (str(n), "林岚", f"北溪村{n}")]
    found = read_text_lines("\n".join([*LINES, *LINES, *rows, *LINES, *LINES]))
    assert "page_numbers" not in found.counts
    assert [line.text for line in found.lines].count("林岚") == 7


def test_words_that_counting_broke_are_whole() -> None:
    text = "".join(f"新建道路{n}23456公里并投资{n}789012万元用于建设PlatformNumber{n}项目，" for n in range(1, 30))
    assert _lines("\n".join(wrapped_by_characters(text, 28))) == [text]
    assert " " not in "".join(_lines("\n".join(wrapped_by_characters(text, 28, 2))))


def test_a_blank_that_stood_between_figures_stays() -> None:
    text = "".join(f"新建道路1 2 {n} 4公里并投资1 7 8 {n}万元用于建设项目，" for n in range(10, 40))
    assert _lines("\n".join("　　" * (i == 0) + line for i, line in enumerate(wrapped_by_characters(text, 28, 2)))) == [
        text
    ]


@pytest.mark.parametrize("mark", ["（{}）", "——{}", "――{}"])
def test_who_gave_the_report_stands_apart_from_when(mark: str) -> None:
    date = mark.format("2024年1月16日在砚湖县第十六届人民代表大会第四次会议上")
    head = ["砚湖县政府工作报告", date, "砚湖县人民政府县长　闻　筠"]
    lines = _wrapped(report_paragraphs(2)[3:], wrapped_by_width, 36, INDENT)
    assert _lines("\n".join(head + lines))[:3] == head


def test_a_section_at_the_edge_begins_a_paragraph_where_others_are_indented() -> None:
    report = report_paragraphs(3)
    full = "农村面貌持续改善，城乡居民人均可支配收入稳步增长，人民群众获得感进一步增强。"[-34:]
    lines = [
        *_wrapped(report, wrapped_by_width, 36, INDENT),
        INDENT + full,
        "五、名词解释",
        *_wrapped(report[5:], wrapped_by_width, 36, INDENT),
    ]
    assert {full, "五、名词解释"} <= set(_lines("\n".join(lines)))
