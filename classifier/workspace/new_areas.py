"""Areas that a user added: not tagged before a sample of what would be tagged was checked."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.calibration import Calibration
from classifier.model.model import WEIGHT_STEP, Model
from classifier.model.outcomes import pack_outcomes
from classifier.workspace.label_log import saved_labels
from classifier.workspace.place import Workspace

FULL_PART = "full"  # of a version with areas on trial: its model, all areas tagged
IN_USE = "areas-in-use.txt"  # ids of the areas that were checked, one a line
_LEVEL = 0.95
_NEVER = -15.0  # a logit that no probability of DIGITS tells from none


@dataclass(frozen=True, slots=True)
class CheckedSample:
    """What was found of a sample. drawn, answered, right: how many paragraphs. low, high: of the precision, 95 %."""

    drawn: int
    answered: int
    right: int
    low: float
    high: float


def areas_in_use(workspace: Workspace) -> frozenset[str]:
    """Return the added areas that are tagged."""
    path = workspace.folder / IN_USE
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


def silence(model: Model, areas: Collection[str]) -> Model:
    """Return a model that tags no paragraph with some areas; all others are tagged as before."""
    ids = [a.id for a in model.areas]
    rows = np.array([ids.index(a) for a in areas if a in ids], dtype=np.int64)
    parts = model.calibration
    slope, clause, context, offset = (np.array(v) for v in (parts.slope, parts.clause, parts.context, parts.offset))
    slope[rows], clause[rows], context[rows], offset[rows] = WEIGHT_STEP, 0, 0, _NEVER
    outcomes = model.outcomes
    if outcomes is not None:  # else shares would be corrected for tags that the model does not give
        truth, predicted = outcomes.truth.copy(), outcomes.predicted.copy()
        truth[:, rows], predicted[:, rows] = False, False
        outcomes = pack_outcomes(outcomes.report, outcomes.paragraph, outcomes.length, truth, predicted)
    return replace(model, calibration=Calibration(slope, clause, context, offset), outcomes=outcomes)


def sample_file(workspace: Workspace, area: str) -> Path:
    """Return where the sample of an area is kept."""
    return workspace.folder / f"check-{area}.jsonl"


def checked_sample(workspace: Workspace, area: str, ids: Collection[str]) -> CheckedSample:
    """Return what the user's labels say of a random sample of paragraphs that would be tagged with an area.

    The interval is that of Clopper and Pearson (1934).
    """
    from scipy.stats import binomtest

    labels = saved_labels(workspace)
    answers = [labels[i].whole[area] for i in ids if i in labels and area in labels[i].whole]
    if not answers:
        return CheckedSample(len(ids), 0, 0, 0.0, 1.0)
    interval = binomtest(sum(answers), len(answers)).proportion_ci(_LEVEL, method="exact")
    return CheckedSample(len(ids), len(answers), sum(answers), float(interval.low), float(interval.high))


def need_added_area(workspace: Workspace, area: str, added: Collection[str]) -> None:
    """Raise ClassifierError unless the user added the area."""
    if area not in added:
        raise ClassifierError(
            message(
                "{place}: there is no added area {area}; there are: {known}",
                place=workspace.taxonomy_file,
                area=area,
                known=", ".join(added) or message("(none)"),
            )
        )
