"""Labels out to other programs and back into a workspace: `classify labels export` and `import`, without a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from classifier.analysis.units import Unit
from classifier.engines.batches import batches
from classifier.engines.parsing import parse_batch
from classifier.errors import ClassifierError
from classifier.labelling.taxonomy import load_taxonomy
from classifier.messages import message
from classifier.model.model import Model
from classifier.readers.inputs import Inputs
from classifier.readers.raw import TableColumns
from classifier.records import Area, Paragraph
from classifier.resources import taxonomy_file
from classifier.transfer.area_names import AreaNames
from classifier.transfer.faults import FaultList
from classifier.transfer.gather import rows_of_labels, rows_of_predictions
from classifier.transfer.label_format import LabelFile
from classifier.transfer.merge import ImportPlan, plan_import
from classifier.transfer.registry import label_format, recognised_labels
from classifier.transfer.rows import WrittenRow
from classifier.transfer.sheet_columns import is_column_name
from classifier.workspace.areas import workspace_taxonomy
from classifier.workspace.label_log import LogEntry, active_entries, append_labels, saved_labels
from classifier.workspace.place import Workspace, locked


def areas_of(workspace: Workspace | None) -> tuple[Area, ...]:
    """Return the areas that labels may have: those of a workspace, else the shipped ones."""
    return (load_taxonomy(taxonomy_file()) if workspace is None else workspace_taxonomy(workspace)).areas


def tagged_labels(
    inputs: Inputs,
    model: Model,
    areas: Sequence[Area],
    unit: Unit,
    text_column: str,
    told: Callable[[str], None],
) -> tuple[tuple[WrittenRow, ...], int]:
    """Return the rows of reports, those with the lowest margin first, and how many documents could not be read.

    told: is called with the fault of each of these.
    """
    found: list[WrittenRow] = []
    unread = 0
    for batch in batches(inputs, TableColumns(text_column, several=True)):
        for parsed in parse_batch(batch):
            if parsed.fault is not None:
                unread += 1
                told(parsed.fault)
            elif parsed.document is not None:
                predictions = model.predict_paragraphs(parsed.document.paragraphs, by_sentence=True)
                ids = [area.id for area in areas]
                found += rows_of_predictions(parsed.document.name, predictions, ids, unit, model.settings.threshold)
    return tuple(sorted(found, key=lambda row: row.margin)), unread


class PickedParagraph(NamedTuple):
    """A paragraph that was picked to be labelled: why, and the areas in question; None for all."""

    document: str
    paragraph: Paragraph
    why: str = ""
    about: frozenset[str] | None = None


def picked_labels(
    picked: Sequence[PickedParagraph], model: Model, areas: Sequence[Area], unit: Unit
) -> tuple[WrittenRow, ...]:
    """Return the rows of paragraphs that were picked, in their order."""
    predictions = model.predict_paragraphs([one.paragraph for one in picked], by_sentence=True)
    found: list[WrittenRow] = []
    for one, prediction in zip(picked, predictions, strict=True):
        asked = [area.id for area in areas if one.about is None or area.id in one.about]
        found += rows_of_predictions(one.document, [prediction], asked, unit, model.settings.threshold, one.why)
    return tuple(found)


def workspace_labels(workspace: Workspace, areas: Sequence[Area], unit: Unit | None) -> tuple[WrittenRow, ...]:
    """Return the rows of the labels of a workspace. unit: as for `rows_of_labels`."""
    return rows_of_labels(saved_labels(workspace).values(), [area.id for area in areas], unit)


def write_labels(
    rows: Sequence[WrittenRow], areas: Sequence[Area], lang: str, format_name: str, out: Path
) -> tuple[Path, ...]:
    """Write rows in a format; return what was written beside the file. Raises ClassifierError where it cannot be."""
    names = AreaNames(areas, lang, is_column_name)
    return label_format(format_name, to_write=True).write(rows, names, out)


@dataclass(frozen=True, slots=True)
class LabelImport:
    """The import of a file into a workspace, which may not be there yet.

    format_name: None to tell it by content. checked: whether rows count that were left as the model tagged them.
    offered: the areas that labels of other programs speak of, where the file does not say it; None for those in it.
    """

    file: Path
    workspace: Workspace | None
    format_name: str | None = None
    checked: bool = False
    offered: tuple[str, ...] | None = None

    @property
    def format(self) -> str:
        """The name of the format. Raises LabelError where the file cannot be read or is of none."""
        return self.format_name or recognised_labels(self.file)

    def plan(self) -> ImportPlan:
        """Return what the import changes, without changing it. Raises LabelError with at most twenty faults."""
        faults = FaultList()
        names = AreaNames(areas_of(self.workspace), "zh")
        file = LabelFile(self.file, names, faults, self.offered)
        rows = list(label_format(self.format).read(file))
        if self.checked:
            rows = [row.as_checked() for row in rows]
        entries: tuple[LogEntry, ...] = () if self.workspace is None else active_entries(self.workspace)
        plan = plan_import(rows, entries, self.file.name, faults)
        faults.check()
        return plan

    def save(self, plan: ImportPlan, replace: bool, by: str | None = None) -> tuple[LogEntry, ...]:
        """Save what a plan says, in one batch. replace: decide conflicts for the file.

        Raises ClassifierError where something was saved since the plan was made.
        """
        assert self.workspace is not None
        with locked(self.workspace):
            if self.plan() != plan:
                raise ClassifierError(message("other labels were saved meanwhile; run the same command again"))
            labels = plan.replaced if replace else plan.kept
            return append_labels(self.workspace, labels, f"import {self.file.name}", by) if labels else ()
