"""From probabilities to areas: where to cut, and whether misses should cost more than false alarms in training."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier.model.model import CUT
from experiments import lab
from experiments.bench import Bench
from experiments.cuts import moved


def variant(
    bench: Bench, cut: str = "", real: bool = False, at: float = CUT, weight: float = 1.0, balanced: bool = False
) -> lab.Outcome:
    """Return the outcome of other cuts, or of training where positive cases weigh more."""
    if cut:
        return moved(bench, lab.plain(bench), cut, real, at)
    if balanced:
        return lab.joined(bench, lab.around(bench, lab.plain_scores(bench)), class_weight="balanced")
    return lab.standard(bench, lab.tf_idf(bench), lab.per_area(lab.svm(class_weight={True: weight})))


if __name__ == "__main__":
    lab.write_table(__file__, variant)
