"""Measure changes of shares between two groups of reports: python -m experiments.changes NAME.

NAME is a folder here with a settings.toml; report.json is written beside it. Its keys: `draws` (trials of each row),
`tilts` (how far the mix of areas of the second group strays from that of the first) and `reports` (of each group).
"""

import argparse
import json
import tomllib
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from classifier import GroupSums, area_vectors, estimate_difference, estimate_group, fit_correction, load_model
from experiments.bench import EXPERIMENTS, commit, say

CALIBRATING = 0.6  # of the labelled reports; the groups are drawn from the others
LEAST_DRAWN = 5  # reports, from which intervals are of the population that they were drawn from


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the trials, write report.json and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="folder of the experiment, such as 026-changes")
    folder = EXPERIMENTS / parser.parse_args(arguments).name
    settings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    model = load_model()
    results = []
    for tilt in settings["tilts"]:
        for reports in settings["reports"]:
            rng = np.random.default_rng(0)
            rows = [trial(model.outcomes, tilt, reports, rng) for _ in range(settings["draws"])]
            row = {key: round(100 * float(np.mean([r[key] for r in rows])), 3) for key in rows[0]}
            results.append({"tilt": tilt, "reports": reports, **row})
            say(f"tilt {tilt}, {reports} reports: done")
    report = {
        "commit": commit(),
        "version": version("policy-area-classifier"),
        "data": model.data_hash,
        "settings": settings,
        "results": results,
    }
    (folder / "report.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print("\n".join(f"| {' | '.join(map(str, row))} |" for row in [list(results[0]), *(r.values() for r in results)]))


def trial(outcomes: Any, tilt: float, reports: int, rng: np.random.Generator) -> dict[str, float]:
    """Return mean absolute errors of changes, and what intervals hold: theirs, and those of two independent shares.

    tilt: the deviation of the logarithm of what a unit of each area counts in the second group.
    """
    true, raw = area_vectors(outcomes.truth), area_vectors(outcomes.predicted)
    shares = outcomes.truth.shape[1] + 1
    order = rng.permutation(int(outcomes.report[-1]) + 1)
    calibrating, pool = np.split(order, [int(CALIBRATING * len(order))])
    own = np.isin(outcomes.report, calibrating)
    renumbered = np.unique(outcomes.report[own], return_inverse=True)[1]
    length = outcomes.length.astype(np.float64)
    correction = fit_correction(outcomes.truth[own], outcomes.predicted[own], length[own], renumbered)
    strength = rng.normal(0, tilt, shares)
    chance = np.minimum(np.exp(true[:, :shares] @ strength - strength.max() + 0.5), 1)
    kept = (length, length * (rng.random(len(chance)) < chance) if tilt else length)
    groups, targets = [], []
    for weight, chances, chosen in zip(kept, (1.0, chance), np.split(pool[: 2 * reports], 2), strict=True):
        weights = np.bincount(outcomes.report, weight)[chosen].astype(np.float64)
        drawn = chosen[weights > 0]
        vectors = np.array([weight[outcomes.report == r] @ raw[outcomes.report == r] for r in drawn])
        groups.append(GroupSums(vectors.reshape(-1, raw.shape[1]), weights[weights > 0]))
        wanted = weight * np.isin(outcomes.report, drawn)
        if len(drawn) >= LEAST_DRAWN:
            wanted = length * chances * np.isin(outcomes.report, pool)
        targets.append(wanted @ true / max(wanted.sum(), 1e-9))
    if not all(len(group.weights) for group in groups):
        return trial(outcomes, tilt, reports, rng)
    target = (targets[1] - targets[0])[:shares]
    difference, low, high = (part[:shares] for part in estimate_difference(groups[0], groups[1], correction, shares))
    each = [estimate_group(group, correction, shares) for group in groups]
    apart = np.hypot(*((e.high - e.low)[:shares] / 2 for e in each))
    return {
        "raw": float(abs((each[1].raw - each[0].raw)[:shares] - target).mean()),
        "corrected": float(abs(difference - target).mean()),
        "held": float(((low <= target) & (target <= high)).mean()),
        "held as if independent": float((abs(difference - target) <= apart).mean()),
        "half width": float((high - low).mean() / 2),
    }


if __name__ == "__main__":
    main()
