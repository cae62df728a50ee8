"""Measure how well shares are corrected, over mixtures of areas: python -m experiments.mixtures NAME --draws N.

NAME is a folder here with a settings.toml; report.json is written beside it. Its keys: `draws` (trials of each row),
`measures`, `tilts` (how far the mix of a trial strays from that of the labels: the deviation of the logarithm of what a
unit of each area counts), `reports` (how many a trial has), and files of labelled sentences to `measure` on, which
confirm and never choose. Paths start at the top of the checkout.

A trial: three fifths of the labelled reports, drawn at random, give the correction; of the others, so many reports are
drawn, and their units kept or dropped area by area at random, so that shares differ strongly. All outcomes are
those that the shipped model keeps: of models that had not seen the report.
"""

import argparse
import hashlib
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from classifier import GroupSums, area_vectors, estimate_group, fit_correction, from_text, load_model, measured_units
from experiments.bench import EXPERIMENTS, PROJECT, commit, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

CALIBRATING = 0.6  # of the labelled reports
NEEDED, OPTIONAL = {"draws", "measures", "tilts", "reports"}, {"measure"}
LEAST_SAMPLED = 5


class Units(NamedTuple):
    """Labelled units of a measure: true and predicted areas, weights, and the number of the report of each, ascending.

    true, raw: the vectors of the areas. bounds: the first unit of each report, and the number of all units.
    """

    truth: "NDArray[np.bool_]"
    predicted: "NDArray[np.bool_]"
    weight: "NDArray[np.float64]"
    report: "NDArray[np.int64]"
    true: "NDArray[np.float64]"
    raw: "NDArray[np.float64]"
    bounds: "NDArray[np.int64]"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the trials of an experiment, write its report.json and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="folder of the experiment, such as 020-shares")
    parser.add_argument("--draws", type=int, help="trials of each row; those of the settings if not given")
    options = parser.parse_args(arguments)
    folder = EXPERIMENTS / options.name
    settings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    if not NEEDED <= settings.keys() <= NEEDED | OPTIONAL:
        sys.exit(
            f"{folder / 'settings.toml'}: not settings of this script; the notes beside it say with which it was run"
        )
    model, draws = load_model(), options.draws or settings["draws"]
    results: dict[str, Any] = {"trials": [], "files": []}
    for measure in settings["measures"]:
        units = _units(model.outcomes, measure)
        for tilt in settings["tilts"]:
            for reports in settings["reports"]:
                found = trials(units, tilt, reports, draws)
                results["trials"].append({"measure": measure, "tilt": tilt, "reports": reports, **found})
                say(f"{measure}, tilt {tilt}, {reports} reports: done")
    files = [file for path in settings.get("measure", ()) if (file := PROJECT / path).is_file()]
    for file in files:
        for measure in settings["measures"]:
            results["files"] += [
                {"file": file.name, "measure": measure, **row} for row in on_file(model, file, measure)
            ]
    report = {
        "commit": commit(),
        "version": version("policy-area-classifier"),
        "data": model.data_hash,
        "hashes": {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files},
        "settings": settings | {"draws": draws},
        "results": results,
    }
    text = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    print(table(results))


def _units(outcomes: Any, measure: str) -> Units:
    flags = (outcomes.truth, outcomes.predicted)
    weight, first, (truth, predicted) = measured_units(measure, outcomes.length, outcomes.paragraph, *flags)
    report = outcomes.report[first]
    bounds = np.searchsorted(report, np.arange(report[-1] + 2))
    return Units(truth, predicted, weight, report, area_vectors(truth), area_vectors(predicted), bounds)


def trials(units: Units, tilt: float, reports: int, draws: int) -> dict[str, float]:
    """Return what `draws` trials give on average; errors in points, what intervals hold in percent."""
    rng = np.random.default_rng(0)
    rows = [row for _ in range(draws) if (row := _trial(units, tilt, reports, rng))]
    return _averages(rows)


def _trial(units: Units, tilt: float, reports: int, rng: np.random.Generator) -> dict[str, float]:
    """Return the figures of one trial; none where nothing was kept."""
    shares, number = units.truth.shape[1] + 1, int(units.report[-1]) + 1
    order = rng.permutation(number)
    calibrating, pool = np.split(order, [int(CALIBRATING * number)])
    own = np.isin(units.report, calibrating)
    renumbered = np.unique(units.report[own], return_inverse=True)[1]
    correction = fit_correction(units.truth[own], units.predicted[own], units.weight[own], renumbered)
    true = units.true
    strength = rng.normal(0, tilt, shares)
    chance = np.minimum(np.exp(true[:, :shares] @ strength - strength.max() + 0.5), 1)
    possible = units.weight * chance * np.isin(units.report, pool)
    population = possible @ true / possible.sum()
    kept = units.weight * (rng.random(len(chance)) < chance)
    sums, target = _sums(units, kept, rng.choice(pool, reports, replace=False))
    if not len(sums.weights):
        return {}
    census = estimate_group(sums, correction, shares, census=True)
    found = _errors(census, target, shares) | _rivals(units, own, sums, target, shares)
    others, _ = _sums(units, kept, rng.choice(pool, reports))  # as if from a population of many such reports
    if len(others.weights) >= LEAST_SAMPLED:
        sampled = estimate_group(others, correction, shares)
        found |= {f"{key} of population": v for key, v in _held(sampled, population, shares).items()}
    return found


def _sums(
    units: Units, kept: "NDArray[np.float64]", drawn: "NDArray[np.int64]"
) -> tuple[GroupSums, "NDArray[np.float64]"]:
    """Return the predicted sums of drawn reports, less those of which nothing was kept, and their true vector."""
    weights: NDArray[np.float64] = np.bincount(units.report, kept)[drawn].astype(np.float64)
    rows = [slice(*units.bounds[report : report + 2]) for report in drawn[weights > 0]]
    columns = units.true.shape[1]
    truths, vectors = (
        np.array([kept[r] @ part[r] for r in rows]).reshape(-1, columns) for part in (units.true, units.raw)
    )
    return GroupSums(vectors, weights[weights > 0]), truths.sum(axis=0) / max(weights.sum(), 1e-9)


def _errors(estimate: Any, target: "NDArray[np.float64]", shares: int) -> dict[str, float]:
    """Return mean absolute errors, raw and corrected, and how much the intervals hold."""
    found: dict[str, float] = {}
    for name, part in (("share", slice(0, shares)), ("coverage", slice(shares, None))):
        found[f"{name} raw"] = 100 * float(abs(estimate.raw - target)[part].mean())
        found[f"{name} corrected"] = 100 * float(abs(estimate.value - target)[part].mean())
    return found | _held(estimate, target, shares)


def _held(estimate: Any, target: "NDArray[np.float64]", shares: int) -> dict[str, float]:
    held = (estimate.low <= target + 1e-12) & (target <= estimate.high + 1e-12)
    return {"share held": 100 * float(held[:shares].mean()), "coverage held": 100 * float(held[shares:].mean())}


def _rivals(
    units: Units, own: "NDArray[np.bool_]", sums: GroupSums, target: "NDArray[np.float64]", shares: int
) -> dict[str, float]:
    """Return the mean absolute errors of other ways to correct shares, from the same labelled reports.

    by area: (raw - fpr) / (tpr - fpr) for each area by itself, made to sum to one. drawn matrix: the confusion of a
    character's area with its predicted one, solved. inverse: true shares regressed on raw ones. difference: the mean
    error of labelled text taken off.
    """
    true, predicted = (part[own, :shares] for part in (units.true, units.raw))
    weighed = true * units.weight[own, None]
    joint, pi = predicted.T @ weighed / weighed.sum(), weighed.sum(axis=0) / weighed.sum()
    observed = predicted.T @ (predicted * units.weight[own, None]) / weighed.sum()
    raw = sums.vectors.sum(axis=0)[:shares] / sums.weights.sum()
    rates = np.diag(joint) / np.diag(true.T @ weighed / weighed.sum())
    false = (joint.sum(axis=1) - np.diag(joint)) / (1 - pi)
    found = {
        "by area": (raw - false) / (rates - false),
        "drawn matrix": np.linalg.solve(joint / pi, raw),
        "inverse": joint.T @ np.linalg.solve(observed, raw),
        "difference": raw - joint.sum(axis=1) + pi,
    }
    within = {name: np.maximum(value, 0) for name, value in found.items()}
    errors = {name: abs(value / value.sum() - target[:shares]).mean() for name, value in within.items()}
    return {f"share {name}": 100 * float(error) for name, error in errors.items()}


def on_file(model: Any, file: Path, measure: str) -> Iterator[dict[str, Any]]:
    """Yield the figures on a file of labelled sentences: of each report on average, of five, and of all together."""
    correction = _correction(model, measure)
    sums = list(_reports(model, file, measure))
    rng, every = np.random.default_rng(0), list(range(len(sums)))
    several = [rng.choice(every, 5, replace=False).tolist() for _ in range(200)] if len(sums) >= 5 else []
    for name, groups in (("each", [[i] for i in every]), ("five", several), ("all", [every])):
        rows = []
        for group in groups:
            weights = np.array([sums[i][0] for i in group])
            truths, vectors = (np.array([sums[i][k] for i in group]) for k in (1, 2))
            estimate = estimate_group(GroupSums(vectors, weights), correction, len(model.areas) + 1, census=True)
            rows.append(_errors(estimate, truths.sum(axis=0) / weights.sum(), len(model.areas) + 1))
        if rows:
            yield {"reports": name, **_averages(rows)}


def _correction(model: Any, measure: str) -> Any:
    units = _units(model.outcomes, measure)
    return fit_correction(units.truth, units.predicted, units.weight, units.report)


def _reports(
    model: Any, file: Path, measure: str
) -> Iterator[tuple[float, "NDArray[np.float64]", "NDArray[np.float64]"]]:
    """Yield the weight, the true and the predicted sums of each report of a file, tagged by the shipped model."""
    column = {area.id: i for i, area in enumerate(model.areas)}
    reports: defaultdict[str, list[Any]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reports[row.get("report") or row["document"]].append(row["sentences"])
    for paragraphs in reports.values():
        sentences = [sentence for own in paragraphs for sentence in own]
        paragraph = np.repeat(np.arange(len(paragraphs)), [len(own) for own in paragraphs])
        normalized = ["".join(s.normalized for s in _sentences(sentence["text"])) for sentence in sentences]
        scores = model.sentence_scores(normalized)
        predicted = model.decide(*scores, paragraph, len(paragraphs)).evidence
        truth = np.zeros_like(predicted)
        for i, sentence in enumerate(sentences):
            truth[i, [column[area] for area in sentence["areas"]]] = True
        length = np.array([len(sentence["text"]) for sentence in sentences])
        weight, _, (truth, predicted) = measured_units(measure, length, paragraph, truth, predicted)
        yield float(weight.sum()), weight @ area_vectors(truth), weight @ area_vectors(predicted)


def _sentences(text: str) -> Iterator[Any]:
    yield from (sentence for paragraph in from_text(text).paragraphs for sentence in paragraph.sentences)


def _averages(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    keys = dict.fromkeys(key for row in rows for key in row)
    return {key: round(float(np.mean([row[key] for row in rows if key in row])), 3) for key in keys}


def table(results: Mapping[str, Any]) -> str:
    """Return two Markdown tables: of the trials and of the files."""
    return "\n\n".join(_markdown(rows) for rows in results.values() if rows)


def _markdown(rows: Sequence[Mapping[str, Any]]) -> str:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_cell(row.get(key, "")) for key in keys] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [keys, ["---"] * len(keys), *cells])


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
