"""Shares of documents and files, by group, corrected by the model or by labels of one's own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classifier import from_text, load_model, shares
from classifier.errors import ClassifierError, DocumentError
from classifier.model.model import Model
from classifier.records import Document
from tests.conftest import write_rows

FARMS, SCHOOLS = "粮食总产达到{n}万吨，新建高标准农田{n}万亩。", "新建小学{n}所，新增义务教育学位{n}个。"
OTHER = "同志们，让我们携起手来，勇往直前！"


@pytest.fixture(scope="session")
def shipped() -> Model:
    return load_model()


def report(year: int, farms: int, schools: int, place: str = "禾溪县") -> Document:
    """A report with so many sentences on farms and on schools, and one on nothing."""
    lines = [f"——{year}年1月9日在{place}第九届人民代表大会第一次会议上", "各位代表："]
    lines += [FARMS.format(n=year + i) for i in range(farms)]
    lines += [SCHOOLS.format(n=year + i) for i in range(schools)]
    return from_text("\n".join([*lines, OTHER]), f"{place}-{year}.txt")


def test_groups_are_in_the_order_of_their_values_and_sum_to_one(shipped: Model) -> None:
    documents = [report(2022, 9, 1), report(2021, 1, 9), from_text("粮食总产达到9万吨。", "x")]
    found = shares(documents, shipped, by=["year", "place"])
    assert [group.values for group in found.groups] == [("2021", "禾溪县"), ("2022", "禾溪县"), ("-", "-")]
    assert found.unknown == {"year": 1, "place": 1}
    rows = {(row.group, row.area): row for row in found.rows}
    assert rows["2022 禾溪县", "rural_revitalization"].share > 0.6 > rows["2021 禾溪县", "rural_revitalization"].share
    for name in ("2021 禾溪县", "2022 禾溪县"):
        own = [row for row in found.rows if row.group == name]
        assert sum(row.share for row in own) == pytest.approx(1)
        assert sum(row.raw for row in own) == pytest.approx(1)
        assert all(row.low is not None and row.high is not None and row.low <= row.share <= row.high for row in own)
        assert {row.corrected_by for row in own} == {"model"}
        assert not any(row.sampled for row in own)


def test_the_same_text_counts_once_unless_it_is_kept(shipped: Model) -> None:
    documents = [report(2021, 2, 1), replace(report(2021, 2, 1), name="copy.docx"), report(2022, 2, 1)]
    found = shares(documents, shipped)
    assert (found.documents, found.duplicates, found.whole.estimate.reports) == (3, 1, 2)
    kept = shares(documents, shipped, keep_duplicates=True)
    assert (kept.duplicates, kept.whole.estimate.reports) == (0, 3)


def test_five_reports_stand_for_more_unless_they_are_all(shipped: Model) -> None:
    documents = [report(2010 + i, 1 + 3 * i, 13 - 3 * i) for i in range(5)]
    sampled, census = shares(documents, shipped), shares(documents, shipped, census=True)
    assert sampled.rows[1].sampled
    assert not census.rows[1].sampled
    farms = [{row.area: row for row in found.rows}["rural_revitalization"] for found in (sampled, census)]
    widths = [row.high - row.low for row in farms if row.high is not None and row.low is not None]
    assert widths[0] > 1.5 * widths[1]


def test_a_folder_gives_what_its_documents_give(shipped: Model, tmp_path: Path) -> None:
    documents = [report(2021, 3, 1), report(2022, 1, 3)]
    for document in documents:
        text = "\n".join(p.text for p in document.paragraphs)
        (tmp_path / document.name).write_text(text, encoding="utf-8")
    of_folder, of_documents = shares(tmp_path, shipped, by="report"), shares(documents, shipped, by="report")
    assert of_folder.rows == of_documents.rows
    frame = of_folder.frame()
    assert list(frame["report"].unique()) == ["禾溪县-2021.txt", "禾溪县-2022.txt"]
    assert len(frame) == 2 * 14


def test_a_model_without_outcomes_or_with_too_few_leaves_shares_raw(shipped: Model, small_model: Model) -> None:
    for model in (replace(shipped, outcomes=None), small_model):
        found = shares([report(2021, 3, 1)], model)
        assert [row.share for row in found.rows] == pytest.approx([row.raw for row in found.rows])
        assert {(row.low, row.corrected_by) for row in found.rows} == {(None, "nothing")}


def labelled_file(folder: Path, documents: list[Document], wrong: bool = False) -> Path:
    """Each second sentence, labelled as it is, or all of them as farms."""
    rows: list[dict[str, object]] = []
    for document in documents:
        for paragraph in document.paragraphs[2::2]:
            area = {"粮": "rural_revitalization", "新": "livelihoods"}.get(paragraph.text[0])
            areas = ["rural_revitalization"] if wrong else [area] if area else []
            rows.append({"document": document.name, "text": paragraph.text, "areas": areas})
    return write_rows(folder / "truth.jsonl", rows)


def test_labels_of_ones_own_count_before_the_model(shipped: Model, tmp_path: Path) -> None:
    documents = [report(2021, 14, 14)]
    right = shares(documents, shipped, truth=labelled_file(tmp_path, documents))
    assert {row.corrected_by for row in right.rows} == {"labels"}
    assert right.rows[0].labels == 15
    wrong = shares(documents, shipped, truth=labelled_file(tmp_path, documents, wrong=True))
    share = {row.area: row.share for row in wrong.rows}
    assert share["rural_revitalization"] > 0.9
    assert {row.area: row.share for row in right.rows}["rural_revitalization"] < 0.6
    more = wrong.whole.estimate.more_labels
    assert more is not None
    assert 0 < more < 45


def test_a_group_with_few_labels_is_corrected_by_the_model(shipped: Model, tmp_path: Path) -> None:
    documents = [report(2021, 14, 14), report(2022, 3, 3)]
    found = shares(documents, shipped, by="year", truth=labelled_file(tmp_path, documents))
    assert [(g.values[0], g.estimate.corrected_by, g.estimate.labels) for g in found.groups] == [
        ("2021", "labels", 15),
        ("2022", "model", 0),
    ]
    assert found.whole.estimate.labels == 19


def test_labels_of_other_texts_are_counted_or_refused(shipped: Model, tmp_path: Path) -> None:
    documents = [report(2021, 14, 14)]
    file = labelled_file(tmp_path, [*documents, report(2020, 2, 2)])
    assert shares(documents, shipped, truth=file).unmatched == 3
    with pytest.raises(ClassifierError, match="none of its rows is in the documents"):
        shares([report(2019, 2, 2)], shipped, truth=file)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"by": "month"}, "--by month: no document has it; there are: level, place, report, year"),
        ({"name_pattern": "("}, r"no regular expression"),
        ({"name_pattern": r"(\d+)"}, r"has no named group; write one as \(\?P<year>\\d\{4\}\)"),
        ({"by": "term", "name_pattern": r"(?P<term>x\d+)"}, "--by term: no document has it"),
    ],
)
def test_what_cannot_be_measured_is_told(shipped: Model, options: dict[str, Any], told: str) -> None:
    with pytest.raises(ClassifierError, match=told):
        shares([report(2021, 1, 1)], shipped, **options)


def test_nothing_to_measure_is_told(shipped: Model, tmp_path: Path) -> None:
    with pytest.raises(ClassifierError, match="no document with text"):
        shares([from_text("")], shipped)
    with pytest.raises(DocumentError, match="no such file"):
        shares(tmp_path / "nothing", shipped)


def test_documents_that_the_model_finds_little_in_are_counted(shipped: Model) -> None:
    known, unlike = report(2021, 60, 60), report(1931, 0, 0)
    strange = [line._replace(number=n) for n, line in enumerate(unlike.paragraphs[-1:] * 90, start=3)]
    documents = [known, Document("1931.txt", (*unlike.paragraphs[:2], *strange)), report(2022, 0, 0)]
    found = shares(documents, shipped, by="report")
    assert [(group.values[0], group.unlike) for group in found.groups] == [
        ("1931.txt", 1),
        ("禾溪县-2021.txt", 0),
        ("禾溪县-2022.txt", 0),  # too short to tell
    ]
    assert found.whole.unlike == 1


def test_a_pattern_makes_groups(shipped: Model) -> None:
    documents = [report(2021, 2, 1), report(2022, 1, 2)]
    found = shares(documents, shipped, by="decade", name_pattern=r"(?P<decade>\d{3})\d\.")
    assert [(group.name, group.estimate.reports) for group in found.groups] == [("202", 2)]


def test_rows_are_what_json_knows(shipped: Model) -> None:
    rows = [row._asdict() for row in shares([report(2021, 2, 1)], shipped).rows]
    assert json.loads(json.dumps(rows)) == rows
