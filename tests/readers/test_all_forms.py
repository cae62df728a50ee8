"""One report in every form that people keep reports in gives the same paragraphs and the same shares of areas."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from classifier.analysis.shares import Shares, character_shares
from classifier.documents.parse import parse, parse_bytes
from classifier.model.bundle import load_model
from classifier.model.model import Model
from classifier.readers.raw import TableColumns
from classifier.records import Document
from classifier.resources import default_model
from tests.readers.files import documents_of
from tests.readers.page_reports import paragraph_f1
from tests.readers.report_forms import (
    PROGRAM_FORMS,
    TABLE_FORMS,
    TEXT_FORMS,
    WITHOUT_TABLES,
    Blocks,
    archive,
    county_report,
    plain,
    without_tables,
)

EXACT = (".docx", ".odt", ".html", ".md", ".xlsx")  # formats that keep paragraphs
MOST_MOVED = 0.01  # share of an area
FORMS = [pytest.param(name, marks=pytest.mark.slow) if name in PROGRAM_FORMS else name for name in TEXT_FORMS]


@cache
def model() -> Model:
    return load_model(default_model())


def blocks_of(form: str) -> Blocks:
    return without_tables(county_report()) if form in WITHOUT_TABLES else county_report()


@cache
def made(form: str) -> bytes:
    """The file of a form; the test is skipped where the program that makes it is missing."""
    return TEXT_FORMS[form](blocks_of(form))


@cache
def read(form: str) -> Document:
    return parse_bytes(made(form), form, form, Path(form).suffix)


@cache
def plain_text(tables: bool = True) -> Document:
    blocks = county_report() if tables else without_tables(county_report())
    return parse_bytes(plain(blocks), "a.txt", "a.txt", ".txt")


def texts(documents: Iterable[Document]) -> list[str]:
    return [paragraph.text for document in documents for paragraph in document.paragraphs]


def shares_of(document: Document) -> Shares:
    return character_shares(model().predict(document), [area.id for area in model().areas])


def most_moved(one: Document, other: Document) -> float:
    """The largest difference of the shares of an area."""
    first, second = shares_of(one), shares_of(other)
    return max(abs(first.share(area) - second.share(area)) for area in first.areas)


def check_same(found: Document, truth: Document, form: str) -> None:
    least = 0.98 if form.endswith(EXACT) else 0.95
    assert paragraph_f1(texts([truth]), texts([found])) >= least
    assert most_moved(truth, found) <= MOST_MOVED


def test_the_report_has_what_reports_have() -> None:
    kinds = {paragraph.kind.value for paragraph in plain_text().paragraphs}
    assert kinds == {"title", "heading", "paragraph", "salutation", "other"}
    assert len(shares_of(plain_text()).characters.nonzero()[0]) >= 10


@pytest.mark.parametrize("form", FORMS)
def test_the_paragraphs_and_shares_of_every_form_are_those_of_the_text(form: str) -> None:
    check_same(read(form), plain_text(form not in WITHOUT_TABLES), form)


@pytest.mark.parametrize("form", TABLE_FORMS)
def test_a_workbook_of_the_report_gives_it_as_one_document(form: str, tmp_path: Path) -> None:
    path = tmp_path / form
    path.write_bytes(TABLE_FORMS[form](county_report()))
    (raw,) = documents_of(path, TableColumns(document="document"))
    check_same(parse(raw), plain_text(), form)


@pytest.mark.slow
def test_a_zip_of_all_forms_gives_each_as_it_is_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "合集.zip"
    path.write_bytes(archive({form: made(form) for form in TEXT_FORMS}))
    found = {raw.name: parse(raw) for raw in documents_of(path)}
    assert len(found) == len(TEXT_FORMS)
    for form in TEXT_FORMS:
        (document,) = (document for name, document in found.items() if name.endswith(f"/{form}"))
        assert texts([document]) == texts([read(form)])
