"""Stages of sentences, tried on out-of-fold scores: python experiments/023-sentence-stage/run.py [SCORES.npz].

The classifiers are fitted once for each fold; every stage is then fitted on the scores of four folds and measured on
the real sentences of the fifth. Writes report.json beside this file and prints it. SCORES.npz: out-of-fold scores of an
earlier run or training on the same labels, to begin with; they are kept there where there is no such file.
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[1]
sys.path.insert(0, str(PROJECT))

from classifier.arrays import Floats, Ints  # noqa: E402
from classifier.evaluation.comparison import compare_predictions  # noqa: E402
from classifier.evaluation.evaluated import EvaluatedPredictions  # noqa: E402
from classifier.evaluation.metrics import area_figures, macro  # noqa: E402
from classifier.evaluation.paragraphs import paragraphs_of_training  # noqa: E402
from classifier.evaluation.reliability import measure_reliability  # noqa: E402
from classifier.evaluation.slices import era_of, slice_rows  # noqa: E402
from classifier.features.term_index import prefix_closed  # noqa: E402
from classifier.features.tfidf import idf  # noqa: E402
from classifier.features.user_dictionary import policy_words  # noqa: E402
from classifier.labelling.labelled_counts import frequent_terms, keep_terms  # noqa: E402
from classifier.model.calibration import (  # noqa: E402
    ParagraphScores,
    context_logits,
    gather_scores,
    logits,
    own_logits,
    sigmoid,
)
from classifier.model.model import find_evidence  # noqa: E402
from classifier.model.sentence_stage import HIGHEST  # noqa: E402
from classifier.settings import Settings  # noqa: E402
from classifier.training.calibrate import fit_calibration, fit_logistic  # noqa: E402
from classifier.training.fold_fits import fit_folds  # noqa: E402
from classifier.training.folds import deal_folds  # noqa: E402
from classifier.training.training_set import count_training_set, load_training_set  # noqa: E402
from experiments.bench import commit  # noqa: E402


class Lab:
    """Out-of-fold scores of all labelled sentences, and stages tried on them."""

    def __init__(self, settings: dict[str, Any], kept: Path | None) -> None:
        """Fit the classifiers of each fold, which takes minutes; or take the scores that are kept in a file."""
        chosen = Settings(folds=settings["folds"], seed=settings["seed"])
        training = load_training_set([PROJECT / settings["labels"]])
        counts = count_training_set(training, policy_words(chosen), chosen)
        columns = frequent_terms(counts, chosen.min_sentences, chosen.min_reports)
        closed = set(prefix_closed([counts.terms[i] for i in columns]))
        counts = keep_terms(counts, np.array([i for i in columns if counts.terms[i] in closed], dtype=np.int64))
        self.fold = deal_folds(counts.reports, counts.targets, chosen.folds, chosen.seed)
        if kept is None or not kept.is_file():
            fits = fit_folds(counts, idf(counts.sentence_counts), self.fold, chosen, jobs=-1, progress=print)
            self.sentences, self.clauses = fits.sentences, fits.clauses
            if kept is not None:
                np.savez(kept, S=self.sentences, C=self.clauses)
        else:
            with np.load(kept) as arrays:
                self.sentences, self.clauses = arrays["S"], arrays["C"]
        self.paragraph, self.targets, self.labels = counts.sentence_to_paragraph, counts.targets, counts.labels
        self.areas = training.labelled.taxonomy.areas
        self.about = paragraphs_of_training(training)
        self.data, self.reports = training.digest(), counts.reports
        self.known = (self.labels >= 0).all(axis=1)
        self.real_paragraphs = np.array([p.texts is None for p in self.about])
        self.real = self.real_paragraphs[self.paragraph] & self.known
        self.around = gather_scores(self.sentences, self.clauses, self.paragraph, len(self.reports))
        self.whole, self.old = self._calibrated()

    def _calibrated(self) -> tuple[Floats, Floats]:
        """Return the probabilities of paragraphs, and of sentences by the logistic of paragraphs, each held out."""
        whole, single = np.zeros(self.targets.shape), np.zeros(self.labels.shape)
        for f in np.unique(self.fold):
            seen, rows = self.fold != f, (self.fold == f)[self.paragraph]
            parts = ParagraphScores(*(a[seen] for a in (self.around.best, self.around.clause, self.around.around)))
            fitted = fit_calibration(parts, self.targets[seen], True)
            whole[~seen] = sigmoid(logits(fitted, self.around))[~seen]
            own = own_logits(fitted, self.sentences, self.clauses)
            single[rows] = sigmoid(own + context_logits(fitted, self.around.around)[self.paragraph])[rows]
        return whole, single

    def beside(self, values: Floats, step: int) -> Floats:
        """Return the values of the sentence before (-1) or after (1) each sentence, 0 where there is none."""
        moved = np.roll(values, -step, axis=0)
        same = np.roll(self.paragraph, -step) == self.paragraph
        same[0 if step < 0 else -1] = False
        return np.where(same[:, None], moved, 0.0)

    def blocks(self) -> dict[str, Floats]:
        """Return the columns that stages are made of."""
        areas = len(self.areas)
        starts: Ints = np.searchsorted(self.paragraph, np.arange(len(self.reports)))
        best, mean, clause = (self.around.around[:, i * areas : (i + 1) * areas][self.paragraph] for i in range(3))
        return {
            "own": np.hstack([self.sentences, self.clauses]),
            "neighbours": np.hstack([self.beside(self.sentences, -1), self.beside(self.sentences, 1)]),
            "lead": self.sentences[starts][self.paragraph],
            "mean": np.hstack([mean, self.around.around[self.paragraph, -1:]]),
            "best": np.hstack([best, clause]),
            "highest": np.sort(self.sentences, axis=1)[:, ::-1][:, :HIGHEST],
        }

    def stage(self, columns: Floats) -> Floats:
        """Return the probabilities of a stage, shape (sentences, areas), each of a fit without its fold."""
        found = np.zeros(self.labels.shape)
        for f in np.unique(self.fold):
            out = (self.fold == f)[self.paragraph]
            for area in range(self.labels.shape[1]):
                chosen = self.known & ~out
                y = self.labels[chosen, area] == 1
                weights, offset = fit_logistic(columns[chosen], y, np.arange(columns.shape[1]))
                found[out, area] = sigmoid(columns[out] @ weights + offset)
        return found

    def evaluated(self, single: Floats, threshold: float = 0.5) -> EvaluatedPredictions:
        """Return what was found of the real sentences."""
        evidence = find_evidence(self.whole >= threshold, single >= threshold, single, self.paragraph)
        rows = np.flatnonzero(self.real)
        reports = tuple(self.reports[p] for p in self.paragraph[rows])
        ids = tuple(a.id for a in self.areas)
        return EvaluatedPredictions(
            ids, self.labels[rows] == 1, single[rows], reports, threshold=threshold, evidence=evidence[rows]
        )

    def evaluated_paragraphs(self, threshold: float) -> EvaluatedPredictions:
        """Return what was found of the real paragraphs."""
        rows = np.flatnonzero(self.real_paragraphs)
        reports = tuple(self.reports[p] for p in rows)
        ids = tuple(a.id for a in self.areas)
        return EvaluatedPredictions(ids, self.targets[rows], self.whole[rows], reports, threshold=threshold)


def figures(lab: Lab, found: EvaluatedPredictions, first: EvaluatedPredictions | None = None) -> dict[str, Any]:
    """Return macro-F1 over all and core areas, precision and recall, and the paired difference from the first."""
    core = np.array([a.core for a in lab.areas])
    each = area_figures(found.truth, found.predicted)
    mean = macro(each)
    row: dict[str, Any] = {"all": mean.f1, "core": macro(each, core).f1, "p": mean.precision, "r": mean.recall}
    if first is not None:
        d = compare_predictions(found, first, seed=0)
        row |= {"difference": d.difference, "low": d.interval.low, "high": d.interval.high}
    return {name: round(float(value), 4) for name, value in row.items()}


def measure(lab: Lab, settings: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of all stages, of thresholds, of levels and eras, and the reliability."""
    b = lab.blocks()
    shipped = ["own", "neighbours", "lead", "mean", "highest"]
    stages = {"logistic of paragraphs": lab.old}
    for names in (["own"], shipped):
        stages[", ".join(names)] = lab.stage(np.hstack([b[n] for n in names]))
    for left_out in ("highest", "neighbours"):
        stages[f"shipped without {left_out}"] = lab.stage(np.hstack([b[n] for n in shipped if n != left_out]))
    stage = stages[", ".join(shipped)]
    first, at_half = lab.evaluated(lab.old), lab.evaluated(stage)
    by_threshold = {
        str(t): {
            "sentences": figures(lab, lab.evaluated(stage, t), at_half),
            "paragraphs": figures(lab, lab.evaluated_paragraphs(t), lab.evaluated_paragraphs(0.5)),
        }
        for t in settings["thresholds"]
    }
    shown = lab.evaluated(stage, Settings.threshold)
    about = [lab.about[p] for p in lab.paragraph[lab.real]]
    slices = {"level": [p.level for p in about], "era": [era_of(p.year) for p in about]}
    return {
        "stages": {name: figures(lab, lab.evaluated(found), first) for name, found in stages.items()},
        "thresholds": by_threshold,
        "slices": {
            name: {
                row.value: [row.paragraphs, round(row.macro, 4), round(row.micro, 4)] for row in slice_rows(shown, v)
            }
            for name, v in slices.items()
        },
        "reliability": {
            "sentences": bands(shown),
            "sentences, logistic of paragraphs": bands(first),
            "paragraphs": bands(lab.evaluated_paragraphs(Settings.threshold)),
        },
    }


def bands(found: EvaluatedPredictions) -> dict[str, list[float]]:
    """Return by tenths of probability how many came true, and of how many."""
    seen = measure_reliability(found.truth, found.scores)
    rows = zip(np.arange(10) / 10, seen.true, seen.count, strict=True)
    return {f"{low:.1f}": [round(float(true), 3), int(count)] for low, true, count in rows}


def main() -> None:
    """Measure, write report.json and print it."""
    settings = tomllib.loads((FOLDER / "settings.toml").read_text(encoding="utf-8"))
    lab = Lab(settings, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    report = {"commit": commit(), "data": lab.data, "settings": settings, "results": measure(lab, settings)}
    text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / "report.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
