import re

import pytest
from hypothesis import given

from classifier.documents import numbering
from classifier.documents.normalize import fold
from classifier.documents.sentences import ends_in_heading, split_sentences
from tests.strategies import any_line, lines


def split(text: str) -> list[tuple[str, str | None]]:
    return [(text[s.start : s.end], s.item) for s in split_sentences(text)]


@given(lines)
def test_sentences_cover_the_line_in_order(raw: str) -> None:
    text = fold(raw).text.strip()
    spans = split_sentences(text)
    ends = [0, *(s.end for s in spans)]
    starts = [*(s.start for s in spans), len(text)]
    assert all(a <= b for a, b in zip(ends, starts, strict=True))
    assert all(not text[a:b].strip() for a, b in zip(ends, starts, strict=True))
    assert all(s.start < s.end for s in spans)


@given(lines)
def test_no_sentence_crosses_the_border_of_an_item(raw: str) -> None:
    text = fold(raw).text.strip()
    asides = [m.span() for m in re.finditer(r"\([^()]{0,60}\)", text)]  # which belong to their sentence
    borders = [b for b, _ in numbering.item_starts(text) if not any(start < b < end for start, end in asides)]
    assert not [b for s in split_sentences(text) for b in borders if s.start < b < s.end]


@given(any_line)
def test_any_text_can_be_split(raw: str) -> None:
    text = fold(raw).text
    assert bool(split_sentences(text)) == bool(text.strip())


def test_closing_quotes_stay_with_their_sentence() -> None:
    assert split("他说:“抓落实!”大家鼓掌。") == [("他说:“抓落实!”", None), ("大家鼓掌。", None)]


def test_what_stands_in_brackets_is_not_split() -> None:
    assert split("推进三年行动(2021年启动;2023年收官)。") == [("推进三年行动(2021年启动;2023年收官)。", None)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("抓三件事:一是修路,二是办学;三是建园。", [None, "一是", "二是", "三是"]),
        ("一要稳增长。要千方百计。二要促改革。", ["一要", "一要", "二要"]),
        ("重点如下:(1)招商。(2)引资。", [None, "(1)", "(2)"]),
        ("第一,调结构。第二,惠民生。", ["第一", "第二"]),
        ("①修路;②架桥。", ["①", "②"]),
        ("抓两件事:(1)一是修路;(2)二是办学。", [None, "(1)", "一是", "(2)", "二是"]),
        ("抓好修路。 二是办学,(3)建园、(4)种树。", [None, "二是", "(3)"]),
        ("总投资1.2亿元。2.5公里道路通车。", [None, None]),
        ("这是重点之一是难点。", [None]),
        ("第一产业增长3%,第二产业增长5%。", [None]),
    ],
)
def test_items(text: str, items: list[str | None]) -> None:
    assert [item for _, item in split(text)] == items


@pytest.mark.parametrize(
    "text",
    [
        "收入增加。二、要推进改革",
        "收入增加。(二)要壮大实体经济。",
        "收入增加。三是坚持效果导向。",
        "增加收入。四、改善民生,共享成果",
    ],
)
def test_a_lone_numbered_sentence_at_the_end_is_the_next_heading(text: str) -> None:
    found = split_sentences(text)
    assert len(found) == 2
    assert ends_in_heading(found, "经济工作专业性很强。")


@pytest.mark.parametrize(
    "text",
    [
        "一是修路。二是办学。",
        "(一)修路。(二)办学。",
        "收入增加。一是修路。",
        "二、要推进改革",
        "收入增加。二是修路3公里。",
    ],
)
def test_items_of_a_list_are_no_headings(text: str) -> None:
    assert not ends_in_heading(split_sentences(text), "经济工作专业性很强。")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("放映《云溪!你好?》三十场,印发《办法;细则》两份。", 1),
        ("印发《关于落实〈通知!〉的意见》一份。学习〈好!〉一文。", 2),
        ("举办“你好,云溪!”文化节三场,“三保?”支出足额到位。", 1),
        ("他说:“抓落实!”大家鼓掌。", 2),
        ("“修路了!”群众笑了。", 2),
        ("登录http://www.example.com/a.jsp?id=1;type=2,办理;再领取证件。", 2),
        ("登录example.com/a?x;y=2!/z查询;www.example.com;来信寄a.b@example.com。", 3),
        ("收入1,234.5万元;增长3.5%,投资V2.0系统,引进U.S.企业,P.R.C.标准,见第1.2节。", 2),
        ("1.新建学校四所,2.改造医院两所,3.建成养老院六家", 1),
        ("修路三条 . 收入增长3.5 , 学校两所(新) . 种树 .", 3),
        ("去年工作 . . . . . 3", 1),
        ("生产总值增长6.3%.工业增加值增长8.2%.投资增长10.5%.", 3),
        ("建成高标准农田. 新修公路八公里(含村道). 2023年收入增长.", 3),
        ("县长阿尔.普利同志", 1),
        ("荣获“敢为人先!争先创优!”奖牌三块,落实【重要讲话!】精神。", 1),
        ("数据略有调整...以公报为准", 1),
        ("二.加强农业.扩大播种面积", 2),
    ],
)
def test_what_ends_a_sentence(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


def test_no_item_begins_within_a_title() -> None:
    assert split("学习《两件事:一是修路,二是办学》一文。") == [("学习《两件事:一是修路,二是办学》一文。", None)]


def test_an_item_begins_behind_a_dot() -> None:
    assert [item for _, item in split("要做两件大事.一是修好公路.二是办好学校.")] == [None, "一是", "二是"]
