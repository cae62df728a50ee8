"""Where users of a workspace differ: one says that a paragraph or sentence has an area, another that it has not."""

from typing import NamedTuple

from classifier.workspace.label_log import active_entries
from classifier.workspace.place import Workspace


class ReaderDifference(NamedTuple):
    """An area on which users differ, each by what they saved last, sorted.

    id: of the paragraph. sentence: its number from 1; None where they judged the paragraph as a whole.
    """

    id: str
    sentence: int | None
    area: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    text: str


def reader_differences(workspace: Workspace) -> tuple[ReaderDifference, ...]:
    """Return the differences of a workspace, in the order in which they were first saved.

    Raises LabelError where the log is damaged.
    """
    said: dict[tuple[str, int | None, str], dict[str, bool]] = {}
    texts: dict[tuple[str, int | None], str] = {}
    for entry in active_entries(workspace):
        label = entry.label
        if label is None:
            continue
        for verdict in label.verdicts:
            start, end = (0, len(label.text)) if verdict.sentence is None else label.sentences[verdict.sentence - 1]
            texts[label.id, verdict.sentence] = label.text[start:end]
            for area in sorted(verdict.about | verdict.areas):
                said.setdefault((label.id, verdict.sentence, area), {})[entry.by] = area in verdict.areas
    found = []
    for (identity, sentence, area), own in said.items():
        yes, no = (tuple(sorted(by for by, there in own.items() if there is value)) for value in (True, False))
        if yes and no:
            found.append(ReaderDifference(identity, sentence, area, yes, no, texts[identity, sentence]))
    return tuple(found)
