"""How accuracy grows with the number of labelled sentences, and what the next ones would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.arrays import Bools, Ints
from classifier.evaluation.cross_validation import evaluated_counts
from classifier.evaluation.metrics import area_figures, macro
from classifier.labelling.labelled_counts import LabelledCounts, take_paragraphs
from classifier.messages import message
from classifier.progress import Progress, quiet
from classifier.records import Area
from classifier.settings import Settings
from classifier.training.train import train_model

SHARES = (0.125, 0.25, 0.5, 1.0)  # of the reports that are learned from
NEXT_SENTENCES = 500  # sentences whose gain is projected


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """Sentences learned from and macro-F1 on the same held-out fold; `gain` is that of NEXT_SENTENCES more.

    macro_f1, gain: of paragraphs; sentence_f1, sentence_gain: of sentences, nan where none has areas of its own.
    A gain is read off a line, fitted by least squares to macro-F1 over the logarithm of sentences.
    """

    sentences: tuple[int, ...]
    macro_f1: tuple[float, ...]
    gain: float
    sentence_f1: tuple[float, ...]
    sentence_gain: float


def measure_learning_curve(
    labelled_counts: LabelledCounts,
    areas: Sequence[Area],
    user_words: dict[str, int],
    fold: Ints,
    settings: Settings,
    *,
    jobs: int = 1,
    progress: Progress = quiet,
) -> LearningCurve:
    """Train on growing parts of all folds but the first, and measure on that one."""
    held_out = fold == fold.min()
    names = np.array(sorted({r for r, t in zip(labelled_counts.reports, held_out, strict=True) if not t}))
    order = np.random.default_rng(settings.seed).permutation(names)
    reports = np.array(labelled_counts.reports)
    parts = [np.isin(reports, order[: max(2, round(share * len(order)))]) & ~held_out for share in SHARES]
    points = []
    for part in parts:
        points.append(_point(labelled_counts, part, held_out, areas, user_words, settings, jobs))
        progress(message("learning curve: {done} of {n}", done=len(points), n=len(parts)))
    sentences, of_paragraphs, of_sentences = zip(*points, strict=True)
    whole = labelled_counts.sentence_counts.rows
    gains = (_gain(sentences, values, whole) for values in (of_paragraphs, of_sentences))
    return LearningCurve(sentences, of_paragraphs, next(gains), of_sentences, next(gains))


def _gain(sentences: tuple[int, ...], values: tuple[float, ...], whole: int) -> float:
    """Return what NEXT_SENTENCES more than the whole would add to macro-F1."""
    slope = float(np.polyfit(np.log(sentences), values, 1)[0]) if len(set(sentences)) > 1 else float("nan")
    return slope * float(np.log((whole + NEXT_SENTENCES) / whole))


def _point(
    labelled_counts: LabelledCounts,
    part: Bools,
    held_out: Bools,
    areas: Sequence[Area],
    user_words: dict[str, int],
    settings: Settings,
    jobs: int,
) -> tuple[int, float, float]:
    """Return how many sentences a part has, and the macro-F1 on the held-out fold of a model trained on it.

    Macro-F1 of paragraphs, then of sentences.
    """
    learned, test = take_paragraphs(labelled_counts, part), take_paragraphs(labelled_counts, held_out)
    model = train_model(learned, areas, user_words, settings, jobs=jobs).model
    found = evaluated_counts(
        test, model.tag_counted(test), [a.id for a in areas], np.zeros(0, dtype=np.int64), settings.threshold
    )
    f1 = (macro(area_figures(f.truth, f.predicted)).f1 if f else float("nan") for f in (found, found.sentences))
    return learned.sentence_counts.rows, next(f1), next(f1)
