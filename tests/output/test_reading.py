import io

from rich.cells import cell_len

from classifier.documents.parse import from_text
from classifier.output.reading import show_document

REPORT = (
    "一、今年工作\n（一）抓好农业\n" + "新建高标准农田3万亩，粮食总产稳定在20万吨以上。" * 4 + "\n改造国道30公里。\n"
)


def test_a_terminal_of_eighty_columns_is_enough() -> None:
    stream = io.StringIO()
    show_document(from_text(REPORT, "某县\x1b[31m.txt"), stream)
    lines = stream.getvalue().splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert lines[0] == "某县 [31m.txt"
    starts = [line.split() for line in lines[1:] if line[:1].strip()]
    assert [(number, kind) for number, kind, *_ in starts] == [
        ("1", "heading"), ("2", "heading"), ("3", "paragraph"), ("4", "paragraph"),
    ]  # fmt: skip
    assert "".join(line[12:] for line in lines[3:] if line).replace(" ", "") == "".join(REPORT.splitlines()[2:])


def test_headings_stand_again_only_where_they_change() -> None:
    stream = io.StringIO()
    show_document(from_text("一、今年工作\n修路3公里。\n二、保障\n（一）组织\n成立专班。\n", "a"), stream)
    assert "今年工作 >" not in stream.getvalue()
    assert stream.getvalue().count("一、今年工作") == 1
