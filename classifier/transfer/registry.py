"""The formats of label files by name, and how a file is told by its content."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from classifier.errors import ClassifierError, LabelError
from classifier.messages import message, system_reason
from classifier.paths import printable
from classifier.readers.opening import WORKBOOK_MARKS
from classifier.transfer.json_labels import JsonLabels, json_objects
from classifier.transfer.label_format import LabelFormat

LABEL_FORMATS = {
    "xlsx": "classifier.transfer.sheet_writing:XlsxLabels",
    "csv": "classifier.transfer.sheet_writing:CsvLabels",
    "jsonl": "classifier.transfer.label_lines:LabelLines",
    "label-studio": "classifier.transfer.label_studio:LabelStudioLabels",
    "doccano": "classifier.transfer.doccano:DoccanoLabels",
    "prodigy": "classifier.transfer.prodigy:ProdigyLabels",
    "argilla": "classifier.transfer.argilla:ArgillaLabels",
}
_BY_ENDING = {".xlsx": "xlsx", ".csv": "csv", ".jsonl": "jsonl"}
_IN_ORDER = ("label-studio", "argilla", "prodigy", "doccano", "jsonl")  # the most particular ones first
_OPEN_TABLE = "application/vnd.oasis.opendocument.spreadsheet"
_BEGINNING = 4096  # bytes


def label_format(name: str, to_write: bool = False) -> LabelFormat:
    """Return a format by its name. Raises ClassifierError where what it writes with is missing."""
    module, _, attribute = LABEL_FORMATS[name].partition(":")
    found: LabelFormat = getattr(import_module(module), attribute)()
    if to_write and found.needs is not None and find_spec(found.needs) is None:
        raise ClassifierError(
            message(
                "--format {name}: needs {library}; pip install 'policy-area-classifier[{extra}]'",
                name=name,
                library=found.needs,
                extra=found.extra,
            )
        )
    return found


def format_of_out(out: Path) -> str:
    """Return the format that the ending of a name means. Raises ClassifierError where it means none, or several."""
    if (name := _BY_ENDING.get(out.suffix.lower())) is None:
        known = ", ".join(LABEL_FORMATS)
        raise ClassifierError(
            message("{place}: its ending names no format; give --format, one of {known}", place=out, known=known)
        )
    return name


def recognised_labels(path: Path) -> str:
    """Return the name of the format of a file. Raises LabelError where it cannot be read or is of none."""
    shown = printable(path)
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_BEGINNING)
            if beginning.startswith(WORKBOOK_MARKS):
                if _is_workbook(stream, beginning):
                    return "xlsx"
                raise LabelError(message("{place}: no workbook; give one, or a file of text", place=shown))
    except OSError as error:
        why = system_reason(error)
        raise LabelError(message("{place}: cannot be opened ({why}); check the path", place=shown, why=why)) from error
    if not beginning.strip():
        raise LabelError(message("{place}: the file is empty; check that it was saved whole", place=shown))
    if not beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
        return "csv"
    first = next(json_objects(path), None)
    for name in _IN_ORDER:
        form_class = label_format(name)
        if first is not None and isinstance(form_class, JsonLabels) and form_class.recognises(first[1]):
            return name
    known = ", ".join(LABEL_FORMATS)
    raise LabelError(
        message("{place}: JSON of none of the formats; give --format, one of {known}", place=shown, known=known)
    )


def _is_workbook(stream: BinaryIO, beginning: bytes) -> bool:
    """Whether a package has the parts of a workbook."""
    from classifier.readers.package_names import ole_streams, zip_parts

    if beginning.startswith(WORKBOOK_MARKS[1]):
        return bool({"workbook", "book"} & ole_streams(stream))
    names, mimetype = zip_parts(stream) or (frozenset(), "")
    return "xl/workbook.xml" in names or (mimetype or "").startswith(_OPEN_TABLE)
