"""A shipped area as if it were new: hidden, and added again from few labels: python -m experiments.new_areas NAME.

NAME is a folder here with a settings.toml: `labels`, `folds` (parts of the reports, held out one after the other),
`measured` (how many of them are held out; all if not given), `areas` to hide, one at a time, `labelled` (numbers of
paragraphs that are known to have the area), `absent` (paragraphs that are known not to have it, for each of those),
`terms` (how many seed terms of the area are given), and under `training` the settings that are not the defaults.
`paragraphs`, if given, is how many are drawn. report.json is written beside it.

What is labelled with a hidden area speaks of whole paragraphs, as Enter in the label page does; all other labels stay.
"""

import argparse
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from classifier.evaluation.comparison import compare_predictions
from classifier.evaluation.evaluated import EvaluatedPredictions
from classifier.evaluation.intervals import counts_by_report, draws, f1_draws, interval
from classifier.evaluation.metrics import area_figures
from classifier.features.user_dictionary import policy_words
from classifier.labelling.labelled_counts import UNKNOWN, UNLABELLED, LabelledCounts, take_paragraphs
from classifier.resources import terms_folder
from classifier.settings import Settings
from classifier.training.train import train_model
from classifier.training.training_set import count_training_set, load_training_set
from experiments.bench import EXPERIMENTS, PROJECT, commit, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from classifier.records import Area

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

Labels = Callable[[LabelledCounts], "tuple[LabelledCounts, tuple[Area, ...]]"]

_SEED = 0
_ALL, _NONE = "all", "none"  # labels of the area: as many as are shipped, or no such area


@dataclass(frozen=True)
class Data:
    """Labelled paragraphs, and what they are trained with.

    fold: of each paragraph, those of a report together. measured: the folds below it are held out.
    """

    counts: LabelledCounts
    areas: "tuple[Area, ...]"
    fold: "Ints"
    measured: int
    words: dict[str, int]
    settings: Settings
    jobs: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Run an experiment, write its report.json and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="folder of the experiment, such as 028-new-area")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args(arguments)
    folder = EXPERIMENTS / options.name
    settings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    data, digest = read_data(settings, options.jobs)
    every = held_out_scores(data, _ALL, lambda part: (part, data.areas), {})
    results = {area: measure(data, area, every, settings) for area in settings["areas"]}
    report = {"commit": commit(), "data": digest, "settings": settings, "results": results}
    text = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    print(table(results, {area.id: area.en for area in data.areas}))


def read_data(settings: Mapping[str, Any], jobs: int) -> tuple[Data, str]:
    """Return the labelled paragraphs of an experiment, and the hash of the labels."""
    training = load_training_set([PROJECT / path for path in settings["labels"]])
    chosen = Settings.from_dict(settings.get("training", {}))
    words, rng = policy_words(chosen, None), np.random.default_rng(_SEED)
    counts = count_training_set(training, words, chosen)
    drawn = np.zeros(len(counts.reports), dtype=np.bool_)
    drawn[rng.permutation(len(drawn))[: settings.get("paragraphs", len(drawn))]] = True
    counts = take_paragraphs(counts, drawn)
    names, report = np.unique(np.array(counts.reports), return_inverse=True)
    fold = (rng.permutation(len(names)) % settings["folds"])[report]
    measured = settings.get("measured", settings["folds"])
    return Data(counts, training.labelled.taxonomy.areas, fold, measured, words, chosen, jobs), training.digest()


def held_out_scores(data: Data, name: str, labels_of: Labels, terms: Mapping[str, Sequence[str]]) -> "Floats":
    """Return the probabilities of all areas, fold by fold held out, shape (paragraphs, areas); 0 where there is none.

    labels_of: makes of labelled paragraphs those that are learned from, and the areas that these speak of.
    """
    ids = [area.id for area in data.areas]
    scores = np.zeros(data.counts.targets.shape)
    for fold in range(data.measured):
        test = data.fold == fold
        labels, areas = labels_of(take_paragraphs(data.counts, ~test))
        model = train_model(labels, areas, data.words, data.settings, seed_terms=terms, jobs=data.jobs).model
        columns = [ids.index(area.id) for area in areas]
        scores[np.ix_(test, columns)] = model.tag_counted(take_paragraphs(data.counts, test)).paragraphs
        say(f"{name}: fold {fold + 1}")
    return scores


def measure(data: Data, area: str, every: "Floats", settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of an area by how many paragraphs are labelled with it, and what it costs the others."""
    column = [own.id for own in data.areas].index(area)
    others = tuple(own for own in data.areas if own.id != area)
    none = held_out_scores(data, f"{area}, {_NONE}", lambda part: (without(part, column), others), {})
    found = {_ALL: figures(data, column, every, none)}
    terms = {area: seed_terms(area, settings["terms"])}
    for n in settings["labelled"]:
        rng = np.random.default_rng(n)

        def hidden(
            part: LabelledCounts, n: int = n, rng: np.random.Generator = rng
        ) -> "tuple[LabelledCounts, tuple[Area, ...]]":
            shown = chosen(part, column, n, round(n * settings["absent"]), rng)
            return labelled_in(part, column, shown), data.areas

        found[str(n)] = figures(data, column, held_out_scores(data, f"{area}, {n}", hidden, terms), none)
    return found


def without(labels: LabelledCounts, column: int) -> LabelledCounts:
    """Return labels that do not know an area."""
    parts = {name: np.delete(getattr(labels, name), column, axis=1) for name in ("labels", "clause_labels", "targets")}
    return replace(labels, **parts)


def chosen(labels: LabelledCounts, column: int, present: int, absent: int, rng: np.random.Generator) -> "Bools":
    """Return which paragraphs are labelled: so many at random that have an area, and so many that have not."""
    has, shown = labels.targets[:, column], np.zeros(len(labels.reports), dtype=np.bool_)
    for number, among in ((present, has), (absent, ~has)):
        shown[rng.permutation(np.flatnonzero(among))[:number]] = True
    return shown


def labelled_in(labels: LabelledCounts, column: int, shown: "Bools") -> LabelledCounts:
    """Return labels that say of an area only which of the shown paragraphs have it. shown: shape (paragraphs,)."""
    said = np.where(labels.targets[:, column], np.int8(UNKNOWN), np.int8(0))
    own, clauses, targets = labels.labels.copy(), labels.clause_labels.copy(), labels.targets.copy()
    own[:, column] = np.where(shown, said, np.int8(UNLABELLED))[labels.sentence_to_paragraph]
    clauses[:, column] = own[labels.clause_to_sentence, column]
    targets[:, column] &= shown
    return replace(labels, labels=own, clause_labels=clauses, targets=targets)


def seed_terms(area: str, number: int) -> list[str]:
    """Return so many of the policy terms of an area, evenly spread over its file."""
    lines = (terms_folder() / f"{area}.txt").read_text(encoding="utf-8").splitlines()
    terms = [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]
    return [terms[i * len(terms) // number] for i in range(number)]


def figures(data: Data, column: int, scores: "Floats", none: "Floats") -> dict[str, Any]:
    """Return precision, recall and F1 of an area, and the macro-F1 of the others less that without the area.

    Percent, and points for the difference; F1 and difference with a 95 % interval over reports.
    """
    ids = tuple(area.id for area in data.areas)
    rows = data.fold < data.measured
    reports = tuple(np.array(data.counts.reports)[rows].tolist())
    new, old = (
        EvaluatedPredictions(ids, data.counts.targets[rows], own[rows], reports, threshold=data.settings.threshold)
        for own in (scores, none)
    )
    own, counts = area_figures(new.truth, new.predicted), counts_by_report(new)
    limits = interval(f1_draws(counts, draws(len(counts.hits), _SEED))[:, column], len(counts.hits))
    cost = compare_predictions(new, old, _SEED, np.arange(len(ids)) != column)
    found = {
        "support": [int(own.support[column])],
        "precision": [own.precision[column]],
        "recall": [own.recall[column]],
        "f1": [own.f1[column], limits.low, limits.high],
        "cost": [cost.difference, cost.interval.low, cost.interval.high],
    }
    return {
        name: [value if name == "support" else round(100 * float(value), 2) for value in values]
        for name, values in found.items()
    }


def table(results: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return a Markdown table."""
    heads = ["area", "labelled paragraphs", "precision", "recall", "F1", "the other twelve, points"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for area, rows in results.items():
        for labelled in [*(name for name in rows if name != _ALL), _ALL]:
            row = rows[labelled]
            (precision,), (recall,) = row["precision"], row["recall"]
            f1, cost = (
                f"{value} ({low} to {high})" for value, low, high in (_shown(row["f1"], 1), _shown(row["cost"], 2))
            )
            lines.append([names[area], labelled, f"{precision:.1f}", f"{recall:.1f}", f1, cost])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(values: Sequence[float], digits: int) -> list[str]:
    return [f"{value:.{digits}f}" for value in values]
