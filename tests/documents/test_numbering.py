import pytest

from classifier.documents.numbering import Level, numbering_of


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("第一章总则", Level.CHAPTER, "第一章"),
        ("二、工作安排", Level.SECTION, "二、"),
        ("(三)改善民生", Level.SUBSECTION, "(三)"),
        ("1.优化营商环境", Level.NUMBER, "1."),
        ("(2)招商", Level.ITEM_NUMBER, "(2)"),
        ("①修路", Level.ITEM_NUMBER, "①"),
        ("十一是办学", Level.ITEM, "十一是"),
        ("第一,调结构", Level.ITEM, "第一,"),
    ],
)
def test_every_level_is_known_by_its_numbering(line: str, level: Level, text: str) -> None:
    assert numbering_of(line) == (level, text)


@pytest.mark.parametrize("line", ["", "2.5公里道路通车", "第一产业增长3%", "一年来", "全面推进"])
def test_other_lines_begin_with_none(line: str) -> None:
    assert numbering_of(line) is None
