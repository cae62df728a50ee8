"""Scans: their text is recognized where that is asked for, and told where it is not."""

import io
import sys
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from typer.testing import Result

from classifier.errors import DocumentError
from classifier.readers import ocr
from classifier.readers.lines import DocumentLines, Place
from classifier.readers.ocr import OCR_VARIABLE, RecognizedLine, page_of_lines
from classifier.readers.ofd import read_ofd
from classifier.readers.page_document import document_of_pages
from classifier.readers.pdf import read_pdf
from tests.readers.ofd_maker import element, image, ofd, page
from tests.readers.page_reports import paragraph_f1, report_paragraphs
from tests.readers.pdf_builders import LONG, OTHER, body, drawn, flowed, texts, write

Run = Callable[..., Result]


def pictures(data: bytes, dots: int = 150) -> list[Image.Image]:
    """The pages of a PDF as a scanner has them."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [opened.render(scale=dots / 72).to_pil() for opened in document]
    finally:
        document.close()


def scanned(images: list[Image.Image], more: Callable[[Any], object] = lambda canvas: None) -> bytes:
    def draw(canvas: Any, picture: Image.Image) -> None:
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
        more(canvas)

    return drawn(*(lambda c, picture=picture: draw(c, picture) for picture in images))


@cache
def one_page() -> Image.Image:
    return pictures(drawn(lambda c: body(c, LONG, OTHER)))[0]


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture
def engine() -> None:
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")


@pytest.mark.slow
def test_a_scanned_report_gives_its_paragraphs(engine: None) -> None:
    report = report_paragraphs(1)[:16]
    read = read_pdf(scanned(pictures(flowed(report, size=14))), "a.pdf", ocr=True)
    assert paragraph_f1(map(plain, report), map(plain, texts(read))) >= 0.95
    assert read.counts["ocr_pages"] == read.pages
    assert read.counts["ocr_lines"] > 20
    assert "recognized from" in read.notes[0]
    assert all(line.recognized for line in read.lines)


@pytest.mark.slow
def test_pages_with_text_are_not_recognized_but_scans_with_a_stamped_number_are(engine: None) -> None:
    def stamped(canvas: Any) -> None:
        canvas.drawImage(ImageReader(one_page()), 0, 0, 595, 842)
        write(canvas, 280, 30, "— 2 —", 10)

    read = read_pdf(drawn(lambda c: body(c, OTHER), stamped), "a.pdf", ocr=True)
    assert [plain(text) for text in texts(read)] == [plain(text) for text in (OTHER, LONG, OTHER)]
    assert [line.recognized for line in read.lines] == [False, True, True]
    assert read.counts["ocr_pages"] == 1


@pytest.mark.slow
def test_the_pictures_of_ofd_are_recognized_too(engine: None) -> None:
    out = io.BytesIO()
    one_page().save(out, "PNG")
    media = element("MultiMedias", element("MultiMedia", element("MediaFile", "a.png"), ID=9))
    data = ofd(page(image(0, 0, 210, 297)), shared=media, files={"Doc_0/Res/a.png": out.getvalue()})
    read = read_ofd(data, "a.ofd", ocr=True)
    assert [plain(text) for text in texts(read)] == [plain(LONG), plain(OTHER)]


@pytest.mark.slow
def test_the_option_of_the_command(engine: None, classify: Run, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OCR_VARIABLE, "")
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned([one_page()]))
    assert classify("read", path).exit_code != 0
    done = classify("read", path, "--ocr", "--format", "jsonl")
    assert done.exit_code == 0
    assert '"recognized": true' in done.stdout
    assert plain(OTHER) in plain(done.stdout)


def test_without_the_library_the_option_is_told(classify: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv(OCR_VARIABLE, "")
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    done = classify("read", "--ocr", tmp_path)
    assert done.exit_code != 0
    assert "pip install 'policy-area-classifier[ocr]'" in done.output


class _Engine:
    """Stands for the library: it finds these lines, whatever the picture."""

    def __init__(self, found: list[tuple[str, float, float, float, float]]) -> None:
        self.txts = [text for text, *_ in found]
        self.boxes = [[(a, b), (c, b), (c, d), (a, d)] for _, a, b, c, d in found] or None

    def __call__(self, picture: object) -> "_Engine":
        return self


def read_with(found: list[tuple[str, float, float, float, float]], monkeypatch: pytest.MonkeyPatch) -> DocumentLines:
    monkeypatch.setattr(ocr, "_engine", lambda: _Engine(found))
    noise = Image.effect_noise((100, 140), 50).convert("RGB")
    return read_pdf(scanned([noise]), "a.pdf", ocr=True)


def test_a_scan_in_which_nothing_is_found_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentError, match=r"^a\.pdf: no text was recognized on its pages; "):
        read_with([], monkeypatch)
    noise = Image.effect_noise((100, 140), 50).convert("RGB")
    mixed = drawn(lambda c: body(c, LONG), lambda c: c.drawImage(ImageReader(noise), 0, 0, 595, 842))
    assert read_pdf(mixed, "a.pdf", ocr=True).notes == (
        "a.pdf: no text was recognized on page 2 of 2; check whether it has any",
    )


def test_the_environment_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_engine", lambda: _Engine([("深化改革", 300, 300, 700, 400)]))
    data = scanned([Image.effect_noise((100, 140), 50).convert("RGB")])
    monkeypatch.setenv(OCR_VARIABLE, "1")
    assert texts(read_pdf(data, "a.pdf")) == ["深化改革"]
    monkeypatch.setenv(OCR_VARIABLE, "0")
    with pytest.raises(DocumentError, match="is a scan without text"):
        read_pdf(data, "a.pdf")


def lines_of(*found: RecognizedLine) -> DocumentLines:
    return document_of_pages([page_of_lines(found, 1, 595, 842, 1.0)], "a.pdf")


def test_lines_whose_boxes_are_not_exact_are_joined() -> None:
    """A line by itself has a box that is higher than its letters, and a comma at the end has half its box blank."""
    found = lines_of(
        RecognizedLine(LONG[:26], 128, 99, 128 + 26 * 14, 114),
        RecognizedLine(LONG[26:53] + "，", 100, 128, 100 + 27.5 * 14, 142.5),
        RecognizedLine("持续改善。", 100, 154, 100 + 4.5 * 14, 174),
    )
    assert texts(found) == [LONG[:53] + "，持续改善。"]


def test_a_line_that_is_written_downward_is_a_note() -> None:
    found = lines_of(
        RecognizedLine(LONG[:26], 128, 99, 128 + 26 * 14, 114), RecognizedLine("装订线内", 30, 300, 44, 356)
    )
    assert texts(found) == [LONG[:26]]
    assert texts(found, Place.NOTE) == ["装订线内"]
