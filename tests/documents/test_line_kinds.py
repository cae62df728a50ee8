import pytest

from classifier.documents import line_kinds


@pytest.mark.parametrize(
    "line",
    [
        "2022年1月5日",
        "二〇二六年一月二十七日",
        "附件1",
        "来源:本网 作者:某",
        "当前位置: 首页 > 政务公开",
        "第3页 共20页",
        "—12—",
        "(热烈鼓掌)",
        "[22]“三资”:指三种资产。",
    ],
)
def test_lines_that_are_no_text(line: str) -> None:
    assert line_kinds.is_other(line)


@pytest.mark.parametrize(
    "line",
    [
        "城市更新:改造老旧小区52个,惠及居民1.2万户。",
        "资金来源:中央预算内投资80亿元",
        "推进政务公开:公开事项120项",
        "二、城市更新:改造老旧小区52个。",
    ],
)
def test_policy_text_with_words_of_publication(line: str) -> None:
    assert not line_kinds.is_other(line)


@pytest.mark.parametrize(
    "line", ["各位代表:", "各位委员、同志们:", "同志们!", "尊敬的各位代表,各位委员:", "女士们、先生们:"]
)
def test_salutations(line: str) -> None:
    assert line_kinds.is_salutation(line)
