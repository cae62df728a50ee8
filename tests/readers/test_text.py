"""Plain text as people have it: rare line ends, residue of tools, one line for all, broken sentences, odd letters."""

import pytest

from classifier.errors import DocumentError
from classifier.readers import text
from classifier.readers.text import read_plain_text, read_text_lines
from tests.readers.page_reports import paragraph_f1, report_paragraphs

MARKED = [
    "云溪县政府工作报告",
    "（2024年1月18日在云溪县第十七届人民代表大会第四次会议上）",
    "云溪县人民政府县长　林岚",
    "各位代表：",
    "现在，我代表县人民政府作工作报告，请予审议。",
    "一、2023年工作回顾",
    "过去一年，全县生产总值增长6.1%，城乡居民收入稳步提高。",
    "（一）产业发展提速。新增规模以上工业企业12家，完成技术改造项目30个。",
    "（二）农村面貌改善。新建农村公路80公里，粮食总产量达到20万吨。“百村工程”全面完成。",
    "二、2024年重点工作",
    "（一）狠抓项目建设。开工亿元以上项目25个，力争到位资金40亿元，抓好二、三产业融合。",
    "（二）守住安全底线。开展安全生产检查，完善应急预案，让群众过上安稳日子。",
]
FIRST, SECOND = "一、回顾", "全县修路一百公里。"


def _lines(text: str) -> list[str]:
    return [line.text for line in read_text_lines(text).lines]


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1e", "\x85"])
def test_rare_line_ends_end_lines_but_are_not_counted(end: str) -> None:
    found = read_text_lines(f"{FIRST}{end}　　{SECOND}\n完。").lines
    assert [(line.number, line.text) for line in found] == [(1, FIRST), (1, SECOND), (2, "完。")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\u200b\n"])
def test_usual_line_ends_are_counted(end: str) -> None:
    found = read_text_lines(f"{FIRST}{end}{SECOND}").lines
    assert [line.text for line in found] == [FIRST, SECOND]
    assert found[1].number == (3 if "\u200b" in end else 2)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("<U+00A0><U+00A0>一、回<U+987E>\n全县修路一百公里。", {"escapes_decoded": 3}),
        (r"\u4e00\u3001回顾\n全县修路一百公里。\n", {"escapes_decoded": 2, "marked_line_ends": 2}),
        ("%u4E00%u3001回顾\n全县修路一百公里。", {"escapes_decoded": 2}),
        (r"\U00004e00\U00003001回顾\\n全县修路一百公里。\\n", {"escapes_decoded": 2, "marked_line_ends": 2}),
        ("一、<e5><9b><9e><e9><a1><be>\n全县<d0><de><c2><b7>一百公里。", {"escapes_decoded": 2}),
        (r"一、\xe5\x9b\x9e顾" "\n全县修路一百公里。", {"escapes_decoded": 1}),
        ("一、回顾_x000D_\n全县修路一百公里。_x000D_\n", {"escapes_decoded": 2}),
        ("&nbsp;&nbsp;一、回顾\n&#20840;县修路一百公里。", {"entities_decoded": 3}),
        ("\ue5e5\ue5e5一、回顾\n\ue5e5\ue5e5全县修路一百公里。", {"private_use_blanks": 4}),
        ("一、回顾\\r\\n全县修路一百公里。\\n", {"marked_line_ends": 2}),
        ("<p>一、回顾</p><p>全县修路一百公里。</p>", {"marked_line_ends": 4}),
        ("一、回顾<br/>全县修路一百公里。<br>", {"marked_line_ends": 2}),
        ("一、回顾[SEP]全县修路一百公里。 [SEP]", {"marked_line_ends": 2}),
    ],
)
def test_residue_of_tools_goes(text: str, counts: dict[str, int]) -> None:
    found = read_text_lines(text)
    assert [line.text for line in found.lines] == [FIRST, SECOND]
    assert found.counts == counts


@pytest.mark.parametrize(
    "text",
    [
        "研发&生产；AT&T;等企业",
        "见<U+D800>与<U+0000>",
        "目录 C:\\new 中",
        "见 \\u4e00 一处",
        "<ff><fe>",
        "长度 < 5 米，[SEP]",
    ],
)
def test_what_only_looks_like_residue_stays(text: str) -> None:
    found = read_text_lines(text)
    assert [line.text for line in found.lines] == [text]
    assert not found.notes


@pytest.mark.parametrize(
    "blank", ["　　", "    ", "  ", "\t", " | ", "||", "↵", "¶", "/n", "^p", "\\t", "@@", "##", "[换行]"]
)
def test_wide_blanks_end_lines_where_there_are_no_line_ends(blank: str) -> None:
    found = read_text_lines(blank.join(MARKED))
    assert [line.text for line in found.lines] == MARKED
    assert found.counts == {"marked_line_ends": len(MARKED) - 1}
    assert len(found.notes) == 1


def test_a_rare_wide_blank_of_another_kind_ends_no_line() -> None:
    lines = [line.replace("县长　林", "县长  林") for line in MARKED]
    assert _lines("　　".join(lines)) == lines


def test_marks_in_the_middle_of_sentences_end_no_lines() -> None:
    text = "全县修路|架桥|办学|种树，群众得到实惠，" * 9 + "都有进展。"
    assert _lines(text) == [text]


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(
    ("stop", "first", "second"), [("。", "（一）", "（二）"), ("．", "（一）", "（二）"), ("。", "1.", "2.")]
)
def test_a_report_in_one_line_is_cut_at_its_headings(blank: str, stop: str, first: str, second: str) -> None:
    lines = [line.replace("。", stop).replace("（一）", first).replace("（二）", second) for line in MARKED]
    found = read_text_lines(blank.join(lines))
    assert [line.text for line in found.lines] == lines
    assert {line.number for line in found.lines} == {1}
    assert found.counts == {"lines_cut": len(MARKED) - 1}
    assert len(found.notes) == 1


def test_a_long_text_in_one_line_is_told() -> None:
    told = "a: all of it stands in one line of 900 characters; check that no line ends were lost"
    assert read_text_lines("修路三条，架桥两座。" * 90, place="a").notes == (told,)
    assert not read_text_lines("修路三条，架桥两座。" * 40).notes
    assert not read_text_lines("\n".join(["修路三条，架桥两座。" * 90] * 2)).notes


def test_parts_are_cut_too() -> None:
    parts = [f"第{n}部分　主要工作。" + "全县办好民生实事，群众满意度提高。" * 6 for n in "一二三四"]
    assert _lines("".join(parts)) == parts


def test_long_paragraphs_without_headings_stay() -> None:
    paragraphs = ["全县办好民生实事：一、修路；二、办学；三、建医院，（一）（二）（三）各项都有进展。" * 9] * 3
    assert _lines("\n".join(paragraphs)) == paragraphs


def test_sentences_broken_at_links_and_subscripts_are_whole() -> None:
    broken = (
        "一、去年工作\n印发《\n云溪县河湖管理办法\n》，细颗粒物（PM\n2.5\n）浓度下降，"
        "产值达到31.7\n\u200b\n亿元，增长8\n.5%。"
    )
    found = read_text_lines(broken)
    assert [line.text for line in found.lines] == [
        "一、去年工作",
        "印发《云溪县河湖管理办法》，细颗粒物（PM2.5）浓度下降，产值达到31.7亿元，增长8.5%。",
    ]
    assert found.counts == {"lines_joined": 6}


def test_letters_set_apart_come_together() -> None:
    found = read_text_lines("\n".join(" ".join(p) for p in MARKED))
    assert paragraph_f1(MARKED, [line.text for line in found.lines]) == 1
    assert found.lines[0].text == MARKED[0]
    assert found.counts == {"lines_set_apart": len(MARKED)}


def test_letters_struck_twice_stand_once() -> None:
    text = "政政府府工工作作报报告告\n（（一一））产产业业发发展展。。新增企业十二家。\n方方面面，家家户户"
    found = read_text_lines(text)
    assert [line.text for line in found.lines] == [
        "政府工作报告",
        "（一）产业发展。新增企业十二家。",
        "方方面面，家家户户",
    ]
    assert found.counts == {"lines_struck_twice": 2}


def test_an_ordinary_report_stays() -> None:
    for seed in range(3):
        paragraphs = report_paragraphs(seed)
        found = read_text_lines("\r\n".join(paragraphs))
        assert [line.text for line in found.lines] == paragraphs
        assert (found.notes, dict(found.counts)) == ((), {})


def test_notes_name_the_file() -> None:
    found = read_plain_text("".join(MARKED).encode(), "报告.txt")
    assert all(note.startswith("报告.txt: ") for note in found.notes)


SITE = "文章来自北溪文库-https://www.example.com/1.html"


@pytest.mark.parametrize(
    ("before", "behind"),
    [("", SITE), ("", "【北溪政务网】"), ("北溪县政府网 www.example.com　", ""), (SITE, SITE), ("【北溪发布】", "")],
)
def test_watermarks_go(before: str, behind: str) -> None:
    lines = [f"{before}{line}{behind}" for line in MARKED] + [f"{before}{behind}"]
    found = read_text_lines("\n".join([*lines, "The end"]))
    assert [line.text for line in found.lines] == [*MARKED, "The end"]
    assert found.counts["watermarks"] == len(lines) * (1 + bool(before and behind))


@pytest.mark.parametrize("mark", ["下载自：文库网 https://wenku.example.com/doc/1", "内部资料 注意保密"])
def test_lines_that_are_nothing_but_a_watermark_go(mark: str) -> None:
    found = read_text_lines("\n".join(part for line in MARKED for part in (line, mark)))
    assert [line.text for line in found.lines] == MARKED
    assert found.counts["watermarks"] == len(MARKED)


@pytest.mark.parametrize("end", ["收入增长10%以上。", "，见表。"])
def test_what_lines_have_in_common_is_no_watermark(end: str) -> None:
    lines = [f"{line.rstrip('。：')}{end}" for line in MARKED]
    assert _lines("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "title",
    [
        ["北溪县人民政府", "关于做好2024年防汛工作的", "通知"],
        ["北溪县人民政府办公室", "关于印发《北溪县2024年乡村振兴", "工作要点》的通知"],
        ["中共北溪县委 北溪县人民政府", "关于推进乡村振兴的意见（试行）"],
        ["北溪县人民政府关于印发北溪县", "防汛预案的通知"],
    ],
)
def test_a_title_in_several_lines_is_one(title: list[str]) -> None:
    rest = ["北政〔2024〕3号", "各乡镇人民政府：", "现将有关事项通知如下，请认真贯彻执行。"]
    found = read_text_lines("\n".join(["北溪县人民政府文件", *title, *rest]))
    assert [line.text for line in found.lines] == ["北溪县人民政府文件", "".join(title), *rest]
    assert sum(found.counts.values()) == len(title) - 1


@pytest.mark.parametrize(
    "notice",
    [
        ["北溪县人民政府", "关于印发北溪县农业发展和水利建设规划纲要的通知"],
        ["关于印发《北溪县农业发展和水利建设规划纲要》的通知"],
    ],
)
def test_the_title_of_what_a_notice_issues_is_one(notice: list[str]) -> None:
    lines = [*notice, "现将纲要印发给你们，请认真执行。", "北溪县农业发展和", "水利建设规划纲要", "一、发展农业"]
    assert _lines("\n".join(lines)) == ["".join(notice), lines[-4], "".join(lines[-3:-1]), lines[-1]]


def test_a_title_in_one_line_stays() -> None:
    lines = ["北溪县人民政府关于防汛工作的通知", "北溪县人民政府", "2024年1月3日", "关于农业，要抓好生产。", "关于教育"]
    assert _lines("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "pieces",
    [
        ["产业升级。今年发展的", "主要预期目标", "是：生产总值增长5%。"],
        ["建成学校，实行“以县为主", "”的管理。"],
        ["成果找市场“双向", "揭榜", "挂帅”的做法推开，群众受益。"],
        ["由企业带资金，带场景", "揭榜", "；由学校带技术。"],
        ["全面提高素质，实行“以县为主”", "的教育管理。"],
        ["全面落实党的", "惠民政策", "要求，群众满意。"],
        ["细颗粒物PM", "2.5", "浓度下降，空气变好。"],
        ["完成投资", "16.5", "亿元", "，增长", "8.2", "%。"],
        ["绿地面积达到", "12", "km", "2", "。"],
        ["——居民收入增长", "5.5%左右。"],
        ["实施“双百”工程，打造省级、", "市级", "平台各", "2", "个。"],
    ],
)
def test_fragments_of_a_sentence_are_whole(pieces: list[str]) -> None:
    assert _lines("\n".join(["一、去年工作", *pieces, "建设公路八公里。"])) == [
        "一、去年工作",
        "".join(pieces),
        "建设公路八公里。",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["过去一年，经济发展，总的形势是很好的", "国民生产总值增长，群众收入提高。"],
        ["一、团结一心、", "砥砺奋进，过去一年成绩喜人", "“十四五”以来，全县面貌一新。"],
        ["主要指标", "2024年", "生产总值", "304.5", "粮食产量", "31"],
        ["各项工作都有进展的", "（二）农村面貌", "（三）民生"],
    ],
)
def test_lines_without_stops_that_are_whole_stay_apart(lines: list[str]) -> None:
    joined = ["一、团结一心、砥砺奋进，过去一年成绩喜人", lines[-1]] if lines[0].endswith("、") else lines
    assert _lines("\n".join(lines)) == joined


def test_paragraphs_without_a_stop_stay_apart() -> None:
    lines = [f"{text}建设公路八公里，发展农业，困难是不可避免的" for text in ("今年修路。", "明年办学。", "后年种树。")]
    lines = [line + "，群众的收入增长，生活改善，县城面貌焕然一新，这是大家努力的" for line in lines]
    assert _lines("\n".join(lines)) == lines


def test_a_mark_of_another_file_before_a_line_goes() -> None:
    assert _lines("一、去年工作\n\ufeff二、今年工作") == ["一、去年工作", "二、今年工作"]


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_LINES", 3)
    with pytest.raises(DocumentError, match=r"^a\.txt: more than 3 lines; divide it into several files$"):
        read_plain_text("一\n\n二\n三\n四".encode(), "a.txt")


def test_what_was_mended_in_the_bytes_is_counted() -> None:
    found = read_plain_text("\n".join(MARKED).encode()[:-1] + b"\xff\0", "a.txt")
    assert found.counts == {"broken_characters": 1, "control_characters": 1}
