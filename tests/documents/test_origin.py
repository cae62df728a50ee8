import time

import pytest

from classifier.documents.origin import Origin, level_of, origin_of

MEETING = "——2024年1月16日在禾溪县第十八届人民代表大会第四次会议上"


@pytest.mark.parametrize(
    ("name", "lines", "expected"),
    [
        ("a.txt", ["政府工作报告", MEETING], Origin(2024, "禾溪县", "county")),
        ("a.txt", ["（二〇一九年三月一日在云湖市石桥区第三届人民代表大会上）"], Origin(2019, "云湖市石桥区", "county")),
        ("a.txt", ["二○二一年二月七日在青岚自治州第九届人民代表大会上"], Origin(2021, "青岚自治州", "city")),
        ("a.txt", ["2023年云岭省人民政府工作报告"], Origin(2023, "云岭省", "province")),
        ("a.txt", ["現在，我代表雲嶺省人民政府向大會報告工作"], Origin(None, "云岭省", "province")),
        ("a.txt", ["现在，我代表县人民政府向大会报告工作"], Origin()),
        ("a.txt", ["关于石桥镇2022年计划执行情况与2023年计划草案的报告"], Origin(2023, None, None)),
        ("a.txt", ["一、2019年工作回顾", "2019年，全县上下团结一心。"], Origin(2020, None, None)),
        ("a.txt", ["——2016年3月5日在第十二届全国人民代表大会第四次会议上"], Origin(2016, "全国", "national")),
        ("云岭省云湖市禾溪县_2021.txt", ["各位代表："], Origin(2021, "云岭省云湖市禾溪县", "county")),
        ("云岭省云湖市禾溪县_2024.txt", [MEETING], Origin(2024, "云岭省云湖市禾溪县", "county")),
        ("石桥县_2021.txt", [MEETING], Origin(2024, "禾溪县", "county")),
        ("报告/20230105 青木旗政府工作报告.docx", [], Origin(2023, "青木旗", "county")),
        ("禾溪县/2018.txt", ["各位代表："], Origin(2018, "禾溪县", "county")),
        ("reports.csv#17", ["粮食总产1234万吨。"], Origin()),
        ("国务院_1988.txt", ["各位代表："], Origin(1988, "全国", "national")),
        (
            "国务院_1984.txt",
            ["根据一九八三年六月第六届全国人民代表大会第一次会议的决议"],
            Origin(1984, "全国", "national"),
        ),
    ],
)
def test_year_place_and_level_are_told_from_the_first_lines_or_the_name(
    name: str, lines: list[str], expected: Origin
) -> None:
    assert origin_of(name, lines) == expected


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("云岭壮族自治区", "province"),
        ("重庆市", "province"),
        ("重庆市石桥区", "county"),
        ("日昌市", "city"),
        ("云湖市日昌市", "county"),
        ("青岚地区", "city"),
        ("青岚自治州日昌市", "county"),
        ("青木盟", "city"),
        ("石桥新区", "county"),
        ("石桥街道", "township"),
        ("石桥", None),
    ],
)
def test_a_level_goes_by_the_end_of_a_place(place: str, level: str | None) -> None:
    assert level_of(place) == level


def test_no_line_takes_long() -> None:
    start = time.perf_counter()
    origin_of("市县" * 5000, ["在" + "市" * 100_000, "年月日" * 1000, "2020年1月" * 1000])
    assert time.perf_counter() - start < 1
