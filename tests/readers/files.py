"""Archives and tables made for the tests of readers, and what reading them gives."""

import csv
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

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
    if path.suffix == ".csv":
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding=encoding)
    else:
        pa = pytest.importorskip("pyarrow")
        pq = pytest.importorskip("pyarrow.parquet")
        pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=50)
    return path


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
