"""What the tests of transfers share: labels of all kinds, areas, and the way out and back."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from hypothesis import strategies as st

from classifier.transfer.area_names import AreaNames
from classifier.transfer.faults import FaultList
from classifier.transfer.label_format import LabelFile
from classifier.transfer.merge import ImportPlan, plan_import
from classifier.transfer.registry import label_format
from classifier.transfer.rows import ReadRow, WrittenRow
from classifier.transfer.sheet_columns import is_column_name
from classifier.workspace.label_log import LogEntry
from classifier.workspace.saved_labels import CurrentLabel, SavedLabel, Verdict, current_labels, paragraph_id
from tests.conftest import AREAS

IDS = tuple(area.id for area in AREAS)
FORMATS = ("xlsx", "csv", "jsonl", "label-studio", "doccano", "prodigy", "argilla")
ENDINGS = {"xlsx": ".xlsx", "csv": ".csv", "label-studio": ".json", "argilla": ".json"}
# Texts that spreadsheet programs take for something else, and characters that encodings or formats lack.
HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://a.example","县")',
    "+5",
    "-3",
    "@SUM(A1)",
    "'=引号",
    "1-2",
    "3/4",
    "2024-01-02",
    "00123",
    "12345678901234567890",
    "1E5",
    "TRUE",
    "_x0041_县",
    "𠮷野镇",
    "朱镕基",
    "é€™",
    "a\tb",
    "上\n下",
    '他说“好”，"quoted"',
    "；；,,|",
    "\x01\x7f\u200b",
    "None",
    "{}",
    "[1]",
]
_pieces = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.sampled_from("新建绿地三公顷增加就业贷款 。；，"), min_size=1, max_size=8)
)
names_of_files = st.sampled_from(["a.txt", "报告 2024.docx", "=1.txt", "1-2.csv", "𠮷.pdf", "007"])


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text that begins and ends with something, and the spans of its sentences, with or without gaps."""
    text, spans = "", []
    for _ in range(draw(st.integers(1, 3))):
        piece = draw(_pieces)
        spans.append((len(text), len(text) + len(piece)))
        text += piece + draw(st.sampled_from(["", " ", "\u3000"]))
    start, text = len(text) - len(text.lstrip()), text.strip()
    moved = tuple((max(0, a - start), min(b - start, len(text))) for a, b in spans)
    return text, tuple(span for span in moved if span[0] < span[1])


@st.composite
def labels(draw: st.DrawFn) -> list[SavedLabel]:
    """Labels of a few paragraphs, each by several verdicts one after another."""
    found: dict[str, list[SavedLabel]] = {}
    for _ in range(draw(st.integers(1, 4))):
        document, (text, spans) = draw(names_of_files), draw(passages())
        identity = paragraph_id(document, text)
        if not spans or identity in found:
            continue
        heading = tuple(draw(st.lists(_pieces.map(str.strip).filter(bool), max_size=2)))
        line = draw(st.none() | st.integers(1, 999))
        own = draw(st.lists(verdicts(len(spans)), min_size=1, max_size=4))
        found[identity] = [SavedLabel(identity, document, text, spans, (v,), heading, line) for v in own]
    return [label for own in found.values() for label in own]


@st.composite
def verdicts(draw: st.DrawFn, sentences: int) -> Verdict:
    about = draw(st.frozensets(st.sampled_from(IDS), min_size=1))
    sentence = draw(st.none() | st.integers(1, sentences))
    return Verdict(draw(st.frozensets(st.sampled_from(sorted(about)))), about, sentence)


def area_names(lang: str = "zh") -> AreaNames:
    return AreaNames(AREAS, lang, is_column_name)


def write(rows: Sequence[WrittenRow], name: str, folder: Path, lang: str = "zh") -> Path:
    path = folder / f"labels{ENDINGS.get(name, '.jsonl')}"
    label_format(name).write(rows, area_names(lang), path)
    return path


def read(path: Path, name: str, offered: tuple[str, ...] | None = None) -> list[ReadRow]:
    """The rows of a file. Raises LabelError where it has faults."""
    faults = FaultList()
    found = list(label_format(name).read(LabelFile(path, area_names(), faults, offered)))
    faults.check()
    return found


def entries_of(saved: Sequence[SavedLabel], by: str = "李") -> list[LogEntry]:
    """A log in which each label is an entry."""
    return [LogEntry(n, n, "2026-01-02T03:04:05Z", by, "review", label) for n, label in enumerate(saved, start=1)]


def planned(rows: Sequence[ReadRow], saved: Sequence[SavedLabel] = (), file_name: str = "own.csv") -> ImportPlan:
    """What rows change in saved labels. Raises LabelError where they contradict each other."""
    faults = FaultList()
    plan = plan_import(rows, entries_of(saved), file_name, faults)
    faults.check()
    return plan


def state(saved: Sequence[SavedLabel]) -> Mapping[str, CurrentLabel]:
    """What labels come to, without paragraphs of which nothing is known any more."""
    current = current_labels(saved)
    return {i: label for i, label in current.items() if label.whole or any(label.by_sentence)}
