"""Put the rows of a table that have the same value in a column together, each such group as one document."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from classifier.messages import message
from classifier.readers.cells import name_of
from classifier.readers.raw import RawDocument, Row, Source, TableColumns, TableText
from classifier.readers.row_documents import row_place, row_text

LONGEST_DOCUMENT = 64 << 20  # characters; only a column that tells no documents apart makes longer ones


def grouped_documents(source: Source, rows: Iterator[tuple[Row, int]], columns: TableColumns) -> Iterator[RawDocument]:
    """Yield one document for each group of rows one after another with the same value in the column of documents.

    rows: each with the bytes of the file that it took. A document is named by the value; before it stand the sheet,
    where several are read, and the table, where there are other inputs. A row that cannot be read, a group without a
    value, and one whose value has come before are documents with a fault.
    """
    column, table_name = columns.document or "", f"{source.name}:" if columns.several else ""
    before = set[int]()  # hashes alone, as there may be millions
    group: _Group | None = None
    table, source_place = source.name, source.place
    for row, weight in rows:
        place = row_place(source_place, row)
        fault, text = (row.fault, "") if row.fault is not None else row_text(row, place)
        if fault is not None:
            yield RawDocument(f"{table}:{row.number}", place, fault=fault, weight=weight, table=table)
            continue
        value = "" if row.document is None else name_of(row.document).strip()
        if value and row.sheet is not None:
            value = f"{name_of(row.sheet)}:{value}"
        if group is None or value != group.value:
            if group is not None:
                yield group.document(table_name, column)
            group = _Group(table, value, place, again=hash(value) in before)
            before.add(hash(value))
        group.add(row, text, weight)
    if group is not None:
        yield group.document(table_name, column)


@dataclass
class _Group:
    """The rows of one document. again: whether other rows with this value came before, apart from these."""

    table: str
    value: str
    place: str
    again: bool
    rows: list[TableText] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    characters: int = 0
    weight: int = 0

    def add(self, row: Row, text: str, weight: int) -> None:
        """Add a row; where no document will come of it, its text is not kept."""
        self.characters += len(text)
        self.weight += weight
        if not self.value or self.again or self.characters > LONGEST_DOCUMENT:
            self.rows.clear()
            return
        self.rows.append(TableText(text, row.columns))
        self.notes.extend(row.notes)
        for kind, n in (row.counts or {}).items():
            self.counts[kind] = self.counts.get(kind, 0) + n

    def document(self, table_name: str, column: str) -> RawDocument:
        """Return the document, or one with the reason why there is none. table_name: what stands before its name."""
        if (fault := self._fault(column)) is not None:
            return RawDocument(
                f"{table_name}{self.value}" or self.place, self.place, fault=fault, weight=self.weight, table=self.table
            )
        return RawDocument(
            f"{table_name}{self.value}",
            self.place,
            size=3 * self.characters,
            weight=self.weight,
            rows=tuple(self.rows),
            notes=tuple(self.notes),
            counts=self.counts or None,
            table=self.table,
        )

    def _fault(self, column: str) -> str | None:
        if not self.value:
            return message("{place}: no value in column {name!r}; fill it in", place=self.place, name=column)
        if self.again:
            return message(
                "{place}: rows of {value!r} came before, apart from these; sort the table by column {name!r}",
                place=self.place,
                value=self.value,
                name=column,
            )
        if self.characters > LONGEST_DOCUMENT:
            return message(
                "{place}: the rows of {value!r} are longer than {n} million characters; give --document-column another",
                place=self.place,
                value=self.value,
                n=LONGEST_DOCUMENT >> 20,
            )
        return None
