"""How accuracy grows with labels, and what the next ones would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Ints
from classifier.evaluation.metrics import area_figures, macro
from classifier.labelling.labelled_counts import LabelledCounts, take_paragraphs
from classifier.model.model import THRESHOLD
from classifier.progress import Progress, quiet
from classifier.records import Area
from classifier.settings import Settings
from classifier.training.train import train_model

SHARES = (0.125, 0.25, 0.5, 1.0)  # of the reports that are learned from
NEXT_SENTENCES = 500  # sentences whose gain is projected


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Sentences learned from and macro-F1 on the same held-out fold; `gain` is that of the next NEXT sentences.

    The gain is read off the line that least squares lay through macro-F1 over the logarithm of sentences.
    """

    sentences: tuple[int, ...]
    macro_f1: tuple[float, ...]
    gain: float


def measure_learning_curve(
    counted: LabelledCounts,
    areas: Sequence[Area],
    words: dict[str, int],
    fold: Ints,
    settings: Settings,
    *,
    jobs: int = 1,
    progress: Progress = quiet,
) -> LearningCurve:
    """Train on growing parts of all folds but the first, and score on that one."""
    from joblib import Parallel, delayed

    test = fold == fold.min()
    names = np.array(sorted({r for r, t in zip(counted.reports, test, strict=True) if not t}))
    order = np.random.default_rng(settings.seed).permutation(names)
    reports = np.array(counted.reports)
    parts = [np.isin(reports, order[: max(2, round(share * len(order)))]) & ~test for share in SHARES]
    tasks = (delayed(_point)(counted, part, test, areas, words, settings) for part in parts)
    points = []
    for point in Parallel(n_jobs=jobs, return_as="generator")(tasks):
        points.append(point)
        progress(f"learning curve: {len(points)} of {len(parts)}")
    sentences = tuple(n for n, _ in points)
    values = tuple(f1 for _, f1 in points)
    slope = float(np.polyfit(np.log(sentences), values, 1)[0]) if len(set(sentences)) > 1 else float("nan")
    whole = counted.sentence_counts.rows
    return LearningCurve(sentences, values, slope * float(np.log((whole + NEXT_SENTENCES) / whole)))


def _point(
    counted: LabelledCounts, part: Bools, test: Bools, areas: Sequence[Area], words: dict[str, int], settings: Settings
) -> tuple[int, float]:
    learned, held_out = take_paragraphs(counted, part), take_paragraphs(counted, test)
    model = train_model(learned, areas, words, settings).model
    predicted = model.counted_probabilities(held_out) >= THRESHOLD
    return learned.sentence_counts.rows, macro(area_figures(held_out.targets, predicted)).f1
