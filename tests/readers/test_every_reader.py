"""One battery of checks over every format in the table of formats; a new format needs a maker of its files here."""

import random
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from classifier.documents.parse import from_text, parse
from classifier.errors import DocumentError
from classifier.readers.formats import FORMATS, OFFICE, Format, Holds
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources
from classifier.records import Document, Kind
from tests.readers.docx_builder import Docx, p, r
from tests.readers.files import DEFAULT_COLUMNS, documents_of, write_archive, write_mhtml, write_table
from tests.readers.ofd_maker import flowed_ofd
from tests.readers.office_files import libreoffice, made_by_libreoffice, odt_paragraphs, rtf
from tests.readers.pdf_builders import flowed

VERBS, WORKS = (
    ["抓好", "推进", "加快", "做实", "扩大", "改进", "办好", "稳住", "深化", "细化"],
    ["教育", "道路", "茶园", "医疗", "桥梁", "养老", "水利", "林业", "就业", "电网", "商贸", "消防"],
)
TEXTS = [
    f"一、{verb}{work}工作\n{verb}{work}项目{n}个，{work}投入增长{n}%。"
    + f"{work}方面还要{verb}管理，{verb}服务，不断提升。" * (1 + n % 4)
    for n, (verb, work) in enumerate(product(VERBS, WORKS), start=1)
]  # no two lines alike, not even but for their figures, as running heads are


def _text(path: Path, texts: list[str]) -> None:
    path.write_text("\n".join(texts), encoding="utf-8")


def _table(path: Path, texts: list[str]) -> None:
    write_table(path, [{"text": text} for text in texts])


def _zip(path: Path, texts: list[str]) -> None:
    write_archive(path, {f"{n}.txt": text.encode() for n, text in enumerate(texts)})


def _docx(path: Path, texts: list[str]) -> None:
    path.write_bytes(Docx("".join(p(r(line)) for text in texts for line in text.splitlines())).build())


def _pdf(path: Path, texts: list[str]) -> None:
    path.write_bytes(flowed([line for text in texts for line in text.splitlines()]))


def _web_page(path: Path, texts: list[str]) -> None:
    lines = "".join(f"<p>　　{line}</p>\n" for text in texts for line in text.splitlines())
    path.write_text(
        f"<html><head><title>云溪县</title></head><body><div id='zoom'>{lines}</div></body></html>", "utf-8"
    )


def _mhtml(path: Path, texts: list[str]) -> None:
    page = path.with_suffix(".html")
    _web_page(page, texts)
    write_mhtml(path, page.read_text("utf-8"))
    page.unlink()


def _markdown(path: Path, texts: list[str]) -> None:
    lines = [line for text in texts for line in text.splitlines()]
    path.write_text("\n\n".join(f"## {line}" if line.startswith("一、") else line for line in lines), "utf-8")


def _ofd(path: Path, texts: list[str]) -> None:
    path.write_bytes(flowed_ofd([line for text in texts for line in text.splitlines()]))


def _old_word(path: Path, texts: list[str]) -> None:
    path.write_bytes(made_by_libreoffice(tuple(line for text in texts for line in text.splitlines()), "doc"))


def _rtf(path: Path, texts: list[str]) -> None:
    path.write_bytes(rtf([line for text in texts for line in text.splitlines()]))


def _odt(path: Path, texts: list[str]) -> None:
    path.write_bytes(odt_paragraphs([line for text in texts for line in text.splitlines()]))


def structure(document: Document) -> list[tuple[Kind, tuple[str, ...], str]]:
    """What a document says, wherever in its file that stands."""
    return [(p.kind, p.heading, p.text) for p in document.paragraphs]


MAKERS: dict[str, Callable[[Path, list[str]], None]] = {
    "plain text": _text,
    "Word": _docx,
    "Word 97-2003": _old_word,
    "RTF": _rtf,
    "OpenDocument": _odt,
    "PDF": _pdf,
    "web page": _web_page,
    "MHTML": _mhtml,
    "Markdown": _markdown,
    "OFD": _ofd,
    "zip": _zip,
    "CSV": _table,
    "JSON lines": _table,
    "JSON": _table,
    "Excel": _table,
    "old Excel": _table,
    "OpenDocument table": _table,
    "Parquet": _table,
}


def _cases() -> list[ParameterSet]:
    """Every ending, but of those that LibreOffice converts, which takes a second, the first of each format."""
    return [
        pytest.param((form, ending), id=ending, marks=[pytest.mark.slow] if form.reader == OFFICE else [])
        for form in FORMATS
        for ending in (form.endings[:1] if form.reader == OFFICE else form.endings)
    ]


@pytest.fixture(params=_cases())
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Format, Path]:
    form, ending = request.param
    if form.needs is not None:
        pytest.importorskip(form.needs)
    if form.reader == OFFICE:
        libreoffice()
    return form, tmp_path / f"all{ending}"


def made(case: tuple[Format, Path], texts: list[str] = TEXTS) -> tuple[Path, list[str]]:
    """A file of the format, and the texts of its documents; a format of one text has them all in one."""
    form, path = case
    MAKERS[form.name](path, texts)
    return path, ["\n".join(texts)] if form.holds is Holds.TEXT else texts


def parsed(path: Path) -> list[Document]:
    return [parse(document) for document in documents_of(path)]


def messages(path: Path) -> list[str]:
    """What is said of a file: the reason why it is refused as a whole, or those of its documents."""
    found = []
    try:
        for document in documents_of(path):
            try:
                parse(document)
            except DocumentError as error:
                found.append(str(error))
    except DocumentError as error:
        found.append(str(error))
    return found


def says_place_and_remedy(message: str, path: Path) -> bool:
    return message.startswith(f"{path}") and ";" in message and "\n" not in message


def test_documents_come_whole_and_in_order(case: tuple[Format, Path]) -> None:
    path, texts = made(case)
    assert [structure(d) for d in parsed(path)] == [structure(from_text(text)) for text in texts]


def test_one_document_equals_a_batch_of_one(case: tuple[Format, Path]) -> None:
    path, texts = made(case, TEXTS[:5])
    together = [d.paragraphs for d in parsed(path)]
    alone = []
    for text in texts:
        path, _ = made(case, [text])
        (document,) = parsed(path)
        alone.append(document.paragraphs)
    assert alone == together


def test_reading_twice_gives_the_same(case: tuple[Format, Path]) -> None:
    path, _ = made(case)
    assert documents_of(path) == documents_of(path)


def test_reading_leaves_the_file_as_it_is(case: tuple[Format, Path]) -> None:
    path, _ = made(case)
    before = path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())
    parsed(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())) == before


def test_reading_goes_on_from_any_document(case: tuple[Format, Path]) -> None:
    path, _ = made(case)
    every = documents_of(path)
    for start in {0, 1, len(every) // 2, len(every) - 1, len(every), len(every) + 1}:
        assert documents_of(path, start=start) == every[start:]


def test_an_empty_file_is_refused(case: tuple[Format, Path]) -> None:
    _, path = case
    path.write_bytes(b"")
    (message,) = messages(path)
    assert says_place_and_remedy(message, path)


def test_a_missing_file_is_refused(case: tuple[Format, Path]) -> None:
    path, _ = made(case)
    (source,) = sources(str(path))
    path.unlink()
    assert messages(path) == [f"{path}: no such file or folder; check the path"]
    with pytest.raises(DocumentError) as caught:  # which was there when it was listed
        for document in raw_documents(source, DEFAULT_COLUMNS):
            parse(document)
    assert str(caught.value) == f"{path}: was there when it was listed and is gone; run again"


def test_a_file_of_noise_is_refused(case: tuple[Format, Path]) -> None:
    _, path = case
    path.write_bytes(random.Random(0).randbytes(5000))
    (message,) = messages(path)
    assert says_place_and_remedy(message, path)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_file_says_its_place_and_remedy(case: tuple[Format, Path], seed: int) -> None:
    path, _ = made(case)
    chance, data = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(seed):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data[: chance.randrange(len(data))] if seed % 2 else data)
    assert all(says_place_and_remedy(message, path) for message in messages(path))


MEMORY = """
from classifier.readers.raw import TableColumns
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources
(source,) = sources({path!r})
print(sum(len(p.text or p.content) for p in raw_documents(source, TableColumns())))
print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(case: tuple[Format, Path]) -> None:
    form, path = case
    if form.holds is Holds.TEXT:
        pytest.skip("a file of one text is one document")
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of a process's memory is read from /proc")
    peaks = []
    for size in (8, 40):
        texts = [f"{i}" + "全市发展" * 5_000 for i in range(size * 1_000_000 // 60_000)]
        MAKERS[form.name](path, texts)
        code = MEMORY.format(path=str(path))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < 1.3 * peaks[0]
