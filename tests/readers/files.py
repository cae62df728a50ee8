"""Archives and tables made for the tests of readers, and what reading them gives."""

import csv
import json
import zipfile
from collections.abc import Mapping, Sequence
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from pathlib import Path
from quopri import encodestring
from xml.sax.saxutils import escape

import pytest

from classifier.documents.parse import parse
from classifier.errors import DocumentError
from classifier.readers.member_names import UTF8_NAME
from classifier.readers.raw import RawDocument, TableColumns
from classifier.readers.registry import raw_documents
from classifier.readers.sources import sources

TEXT = "粮食总产达到9万吨。\n新建小学5所。"
OTHER = "改造国道30公里，打通断头路2条。"
DEFAULT_COLUMNS = TableColumns()


class GbkName(zipfile.ZipInfo):
    """A member whose name is written as old Chinese programs for Windows do: in GBK, without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits & ~UTF8_NAME


def write_archive(
    path: Path, members: dict[str, bytes], gbk: bool = False, compression: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", compression) as target:
        for name, content in members.items():
            target.writestr(GbkName(name) if gbk else name, content, compression)
    return path


def write_table(path: Path, rows: Sequence[Mapping[str, object]], encoding: str = "utf-8") -> Path:
    """A table of the format that the ending says."""
    if path.suffix in (".csv", ".tsv", ".tab"):
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), delimiter="," if path.suffix == ".csv" else "\t")
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix in (".jsonl", ".ndjson"):
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding=encoding)
    elif path.suffix == ".json":
        path.write_text(json.dumps(list(rows), ensure_ascii=False), encoding=encoding)
    elif path.suffix == ".parquet":
        pa = pytest.importorskip("pyarrow")
        pq = pytest.importorskip("pyarrow.parquet")
        pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=50)
    else:
        write_workbook(path, {"Sheet1": [list(rows[0]), *(list(row.values()) for row in rows)]})
    return path


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Sequence[str] = ()) -> Path:
    """A workbook of the format that the ending says, each sheet with its rows; None for an empty cell."""
    if path.suffix in (".xls", ".et"):
        _write_old_workbook(path, sheets)
    elif path.suffix == ".ods":
        _write_opendocument(path, sheets)
    else:
        xlsxwriter = pytest.importorskip("xlsxwriter")
        with xlsxwriter.Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                if name in hidden:
                    sheet.hide()
                for i, row in enumerate(rows):
                    sheet.write_row(i, 0, row)
    return path


def _write_old_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value)
    book.save(str(path))


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def _write_opendocument(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
        return f'<table:table-cell office:value-type="{kind}">{lines}</table:table-cell>'

    body = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"/>')
        target.writestr("content.xml", content + "</office:body></office:document-content>")


def documents_of(path: Path, columns: TableColumns = DEFAULT_COLUMNS, start: int = 0) -> list[RawDocument]:
    (source,) = sources(str(path))
    return list(raw_documents(source, columns, start))


def paragraphs_of(document: RawDocument) -> list[str]:
    return [p.text for p in parse(document).paragraphs]


def refusal(path: Path, columns: TableColumns = DEFAULT_COLUMNS) -> str:
    with pytest.raises(DocumentError) as caught:
        documents_of(path, columns)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def write_mhtml(path: Path, page: str, *others: str, encoding: str = "utf-8") -> Path:
    """Write a page as browsers save it in one file, with the pages in its frames."""
    whole = MIMEMultipart("related")
    for content in (page, *others):
        part = MIMEBase("text", "html", charset=encoding)
        part.set_payload(encodestring(content.encode(encoding)))
        part["Content-Transfer-Encoding"] = "quoted-printable"
        whole.attach(part)
    path.write_bytes(whole.as_bytes())
    return path
