import pytest

from classifier.documents import official_marks
from classifier.documents.parse import from_text
from classifier.documents.structure import parse_lines
from classifier.readers.lines import RawLine
from classifier.records import Kind

TITLE, HEADING, PARAGRAPH, OTHER = Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH, Kind.OTHER


@pytest.mark.parametrize(
    "line",
    [
        "溪政发〔2024〕7号",
        "溪政办[2024]第12号",
        "【发文字号】溪政发〔2024〕7号",
        "各乡镇人民政府,县直各部门:",
        "北溪镇人民政府,南溪街道办事处,各有关单位(企业):",
        "抄送:县委办公室,县政协办公室。",
        "县直各单位:",
        "溪口县人民政府文件",
        "(联系人:林某,电话:0000-000000)",
        "联系电话:0000-000000",
        "主题词:农村 供水 通知",
        "(此件公开发布)",
        "溪口县人民政府办公室 2024年5月6日印发",
    ],
)
def test_marks_of_official_documents(line: str) -> None:
    assert official_marks.is_official_mark(line)


@pytest.mark.parametrize(
    "line",
    [
        "各位代表:",
        "各乡镇要抓好以下工作:",
        "联系群众,服务企业。",
        "贯彻落实县委、县政府文件",
        "各部门密切配合,形成合力。",
        "落实溪政发〔2024〕7号文件。",
        "(此件公开发布后,群众满意。)",
        "2024年5月6日印发规划。",
    ],
)
def test_text_with_words_of_official_documents(line: str) -> None:
    assert not official_marks.is_official_mark(line)


NOTICE = """溪政办发〔2024〕7号
溪口县人民政府办公室关于印发《溪口县农村供水三年计划》的通知
各乡镇人民政府，县政府各部门：
现将计划印发给你们，请认真执行。
一、加强领导
各乡镇成立专班。
附件：1．溪口县农村供水三年计划
2．任务分工表
溪口县人民政府办公室
2024年5月6日
（此件公开发布）
溪口县农村供水三年计划
为保障群众饮水，制定本计划。
一、目标任务
新建水厂三座。
1．修水库
加固水库。
附件2
溪口县供水任务分工表
水务局负责建设。
抄送：县委办公室。
溪口县人民政府办公室　2024年5月6日印发
"""


def test_a_notice_and_what_it_issues() -> None:
    found = from_text(NOTICE).paragraphs
    notice = [OTHER, TITLE, OTHER, PARAGRAPH, HEADING, PARAGRAPH, *[OTHER] * 5]
    plan = [TITLE, PARAGRAPH, HEADING, PARAGRAPH, HEADING, PARAGRAPH]
    assert [p.kind for p in found] == [*notice, *plan, OTHER, TITLE, PARAGRAPH, OTHER, OTHER]
    headings = {p.line: p.heading for p in found}
    assert (headings[6], headings[12], headings[13]) == (("一、加强领导",), (), ())
    assert (headings[17], headings[20]) == (("一、目标任务", "1．修水库"), ())


def test_the_name_in_the_title_is_known_without_a_signature() -> None:
    text = "关于印发《溪口县防汛要则》的通知\n请认真执行。\n一、组织领导\n成立专班。\n溪口县防汛要则\n做好防汛。"
    assert [p.kind for p in from_text(text).paragraphs] == [TITLE, PARAGRAPH, HEADING, PARAGRAPH, TITLE, PARAGRAPH]


def test_an_invisible_line_is_no_title() -> None:
    lines = [RawLine(text, n) for n, text in enumerate(["现将计划印发。", "\u200b", "请执行。"], start=1)]
    assert parse_lines(lines)[1].kind is OTHER


RED_HEAD = """溪口县人民政府文件
溪政发〔2024〕7号
溪口县人民政府关于印发溪口县农村供水三年计划的通知
县直各单位：
请认真执行。
溪口县人民政府
溪口县水务局
2024年5月6日
（联系人：林某，电话：0000-000000）
溪口县农村供水三年计划
为保障群众饮水，制定本计划。
一、目标任务
"""


def test_a_red_head_and_two_offices_that_sign() -> None:
    kinds = [OTHER, OTHER, TITLE, OTHER, PARAGRAPH, *[OTHER] * 4, TITLE, PARAGRAPH, HEADING]
    assert [p.kind for p in from_text(RED_HEAD).paragraphs] == kinds


@pytest.mark.parametrize(
    "title", ["溪口县促进就业若干措施", "关于征求《溪口县供水办法》意见的函", "溪口县供水管理办法（试行）"]
)
def test_titles_of_documents_that_are_no_reports(title: str) -> None:
    text = f"索引号：0000/2024-1\n标题：{title}\n文号：溪政发〔2024〕7号\n{title}\n为保障群众饮水，现说明如下。"
    assert [p.kind for p in from_text(text).paragraphs] == [OTHER, OTHER, OTHER, TITLE, PARAGRAPH]


def test_offices_without_a_date_do_not_sign() -> None:
    text = "请认真执行。\n溪口县人民政府\n溪口县水务局\n负责供水。"
    assert [p.kind for p in from_text(text).paragraphs][1:3] == [HEADING, HEADING]
