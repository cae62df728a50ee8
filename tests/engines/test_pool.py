"""Large PDF files whose pages several processes read: the same outcome as in one."""

from pathlib import Path
from typing import Any

import pytest

from classifier.engines import pool
from classifier.engines.batches import batches
from classifier.engines.local import tag_batches
from classifier.engines.tagging import BatchOutcome
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.registry import output_format
from classifier.readers import raw
from classifier.readers.inputs import Inputs
from classifier.readers.pdf import read_pdf, read_pdf_part
from classifier.readers.raw import RawDocument, TableColumns
from tests.conftest import AREAS
from tests.readers.page_reports import report_paragraphs
from tests.readers.pdf_builders import LONG, body, drawn, flowed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Reports of several pages, which count as large, one of a single page, one that is damaged, and a text."""
    monkeypatch.setattr(raw, "LARGE_PDF", 100)
    for seed in (1, 2):
        (tmp_path / f"{seed}.pdf").write_bytes(flowed(report_paragraphs(seed)))
    (tmp_path / "3.pdf").write_bytes(drawn(lambda canvas: body(canvas, LONG)))
    (tmp_path / "4.pdf").write_bytes(flowed(report_paragraphs(4))[:5000])
    (tmp_path / "5.txt").write_text(LONG, encoding="utf-8")
    return tmp_path


def outcomes(folder: Path, model: Model, bundle: Path, jobs: int | None, strict: bool = False) -> list[BatchOutcome]:
    todo = batches(Inputs([str(folder)]), TableColumns())
    form = output_format("jsonl", OutputOptions(AREAS, "zh"))
    return [tagged.outcome for tagged in tag_batches(todo, model, bundle, form, jobs, strict)]


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The parts that processes have read."""
    found: list[Any] = []
    gather = pool._Pool._gather

    def seen(self: Any, number: int, read: Any) -> None:
        found.append(read)
        gather(self, number, read)

    monkeypatch.setattr(pool._Pool, "_gather", seen)
    return found


@pytest.mark.slow
def test_pages_that_several_processes_read_are_the_same_document(
    folder: Path, small_model: Model, small_bundle: Path, parts: list[Any]
) -> None:
    alone = outcomes(folder, small_model, small_bundle, 1)
    assert not parts
    assert outcomes(folder, small_model, small_bundle, 2) == alone
    assert sorted((Path(read.place).name, read.part) for read in parts) == [
        (f"{name}.pdf", part) for name in (1, 2, 3, 4) for part in (0, 1)
    ]
    assert {Path(read.place).name for read in parts if read.pages is None} == {"4.pdf"}
    assert sum(outcome.documents for outcome in alone) == 4
    assert sum(len(outcome.faults) for outcome in alone) == 1


@pytest.mark.slow
def test_a_strict_run_ends_at_the_damaged_file(folder: Path, small_model: Model, small_bundle: Path) -> None:
    alone, several = (outcomes(folder, small_model, small_bundle, jobs, strict=True) for jobs in (1, 2))
    assert alone == several
    (stopped,) = [outcome.stopped_by for outcome in several if outcome.stopped_by is not None]
    assert "4.pdf" in stopped


def test_parts_are_all_pages_in_order() -> None:
    data = flowed(report_paragraphs(1))
    whole = read_pdf(data, "a.pdf").pages
    assert whole is not None
    for count in (1, 2, 3, whole + 2):
        found = [page.number for part in range(count) for page in read_pdf_part(data, "a.pdf", part, count)]
        assert found == list(range(1, whole + 1))


def test_what_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "LARGE_PDF", 100)
    assert raw.is_large_pdf(RawDocument("a", "a", Path("a.PDF"), size=100))
    assert raw.is_large_pdf(RawDocument("a", "a", content=b"%PDF-1.7", size=100))
    assert not raw.is_large_pdf(RawDocument("a", "a", Path("a.pdf"), size=99))
    assert not raw.is_large_pdf(RawDocument("a", "a", Path("a.txt"), size=100))
    assert not raw.is_large_pdf(RawDocument("a", "a", content=b"text", size=100))
    assert not raw.is_large_pdf(RawDocument("a", "a", text="text", size=100))
