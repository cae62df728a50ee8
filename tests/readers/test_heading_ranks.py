"""The levels of headings of web pages and Markdown become those of a report."""

import pytest

from classifier.readers.heading_ranks import ranked_headings
from classifier.readers.lines import RawLine


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("题目", 1), ("概况", 2), ("文字", None), ("农业", 3)], [0, 1, None, 2]),
        ([("概况", 2), ("文字", None), ("农业", 2)], [1, None, 1]),
        ([("文字", None), ("概况", 3)], [None, 1]),
        ([("题目", 0), ("概况", 2), ("农业", 4)], [0, 1, 3]),
        ([("一、概况", 1), ("（一）农业", 2), ("说明", 3)], [None, None, 3]),
        ([("题目", 1), ("一、概况", None), ("（一）农业", None), ("说明", 2)], [0, None, None, 3]),
        ([("题目", 1), ("一、概况", None), ("说明", 4)], [0, None, 2]),
        ([("文字", None)], [None]),
    ],
)
def test_levels(lines: list[tuple[str, int | None]], expected: list[int | None]) -> None:
    given = [RawLine(text, 0, level=level) for text, level in lines]
    assert [line.level for line in ranked_headings(given)] == expected
