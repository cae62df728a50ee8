"""How many planted errors an audit of labels finds, and how precisely: python -m experiments.planted_errors NAME.

NAME is a folder here with a settings.toml: `labels`, `paragraphs` (how many are drawn), `wrong` (the part of paragraphs
that get one wrong area), `folds`, `char_ngrams` and `repeats`. report.json is written beside it. Half of the wrong
paragraphs lose an area that they have, in all their sentences; the others get one that they have not, in one sentence.
Labels are judged by the code of `classify audit`. The errors that are in the labels anyway count as false alarms.
"""

import argparse
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from classifier.features.user_dictionary import policy_words
from classifier.labelling.labelled_counts import UNKNOWN, LabelledCounts, frequent_terms, keep_terms, take_paragraphs
from classifier.selection.label_issues import label_issues, self_confidences
from classifier.settings import Settings
from classifier.training.train import train_model
from classifier.training.training_set import count_training_set, load_training_set
from experiments.bench import EXPERIMENTS, PROJECT, commit, say

if TYPE_CHECKING:
    from numpy.typing import NDArray


def main(arguments: Sequence[str] | None = None) -> None:
    """Run an experiment, write its report.json and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="folder of the experiment, such as 025-audit")
    folder = EXPERIMENTS / parser.parse_args(arguments).name
    settings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    training = load_training_set([PROJECT / path for path in settings["labels"]])
    chosen = Settings(folds=settings["folds"], char_ngrams=settings["char_ngrams"])
    user_words, areas = policy_words(chosen, None), training.labelled.taxonomy.areas
    whole = count_training_set(training, user_words, chosen)
    whole = keep_terms(whole, frequent_terms(whole, 2, 2))
    rows = []
    for repeat in range(settings["repeats"]):
        rng = np.random.default_rng(repeat)
        drawn = np.zeros(len(whole.reports), dtype=np.bool_)
        drawn[rng.permutation(len(drawn))[: settings["paragraphs"]]] = True
        labels, planted = plant(take_paragraphs(whole, drawn), settings["wrong"], rng)
        scores = train_model(labels, areas, user_words, chosen).out_of_fold
        rows.append(figures(labels, planted, scores))
        say(f"repeat {repeat + 1}: {rows[-1]}")
    results = {key: _with_interval([row[key] for row in rows]) for key in rows[0]}
    report = {"commit": commit(), "data": training.digest(), "settings": settings, "results": results, "repeats": rows}
    text = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    print(table(results))


def plant(labels: LabelledCounts, wrong: float, rng: np.random.Generator) -> "tuple[LabelledCounts, NDArray[np.bool_]]":
    """Return labels in which some paragraphs have one wrong area, and where it is, shape (paragraphs, areas)."""
    own, clauses, targets = labels.labels.copy(), labels.clause_labels.copy(), labels.targets.copy()
    planted = np.zeros(targets.shape, dtype=np.bool_)
    sentence_to_paragraph = labels.sentence_to_paragraph
    chosen = rng.permutation(len(targets))[: round(wrong * len(targets))]
    for number, paragraph in enumerate(chosen.tolist()):
        loses = number % 2 == 0
        possible = np.flatnonzero(labels.known[paragraph] & (labels.targets[paragraph] == loses))
        if not len(possible):
            continue
        area = int(rng.choice(possible))
        sentences = np.flatnonzero(sentence_to_paragraph == paragraph)
        meant = sentences if loses else rng.choice(sentences, 1)
        own[meant, area] = 0 if loses else 1
        clauses[np.isin(labels.clause_to_sentence, meant), area] = 0 if loses else UNKNOWN
        targets[paragraph, area] = not loses
        planted[paragraph, area] = True
    return replace(labels, labels=own, clause_labels=clauses, targets=targets), planted


def figures(labels: LabelledCounts, planted: "NDArray[np.bool_]", scores: "NDArray[np.float64]") -> dict[str, float]:
    """Return how well the planted errors are found, in percent.

    precision, recall: of what is called doubtful. at planted: the part of planted errors among as many labels as were
    planted, least confident first. first 50: the same of the first 50. chance: the part of wrong labels among all.
    """
    from sklearn.metrics import average_precision_score

    issues = label_issues(labels.targets, scores, labels.known)
    confidence = self_confidences(labels.targets, scores)
    rank = np.argsort(np.where(issues, confidence, 1 + confidence)[labels.known], kind="stable")
    ordered, number = planted[labels.known][rank], int(planted.sum())
    removed, added = planted & ~labels.targets, planted & labels.targets
    found = {
        "doubtful labels": float(issues.sum()),
        "planted": float(number),
        "precision": 100 * float(planted[issues].mean()),
        "recall": 100 * float(issues[planted].mean()),
        "recall of lost areas": 100 * float(issues[removed].mean()),
        "recall of added areas": 100 * float(issues[added].mean()),
        "precision at planted": 100 * float(ordered[:number].mean()),
        "precision of the first 50": 100 * float(ordered[:50].mean()),
        "average precision": 100 * float(average_precision_score(planted[labels.known], -confidence[labels.known])),
        "chance": 100 * number / float(labels.known.sum()),
    }
    return {key: round(value, 2) for key, value in found.items()}


def _with_interval(values: Sequence[float]) -> list[float]:
    """Return the mean, and the 95 % interval of it by Student's t."""
    from scipy.stats import t

    mean, spread = float(np.mean(values)), float(np.std(values, ddof=1)) / len(values) ** 0.5
    half = float(t.ppf(0.975, len(values) - 1)) * spread
    return [round(value, 2) for value in (mean, mean - half, mean + half)]


def table(results: Mapping[str, Any]) -> str:
    """Return a Markdown table."""
    lines = [["", "mean", "95 % interval"], ["---", "---:", "---:"]]
    lines += [[name, f"{mean:.1f}", f"{low:.1f} to {high:.1f}"] for name, (mean, low, high) in results.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
