"""What suggested labels save against random ones, and learning curves: python -m experiments.suggestions NAME.

NAME is a folder here with a settings.toml: `labels` to draw from, `held_out` (the part of reports that is measured on),
`pool` (paragraphs to choose from), `start` and `step` (paragraphs), `rounds`, `repeats`, `folds`, `char_ngrams` and
`strategies`; under `curve` the `points`, `step` and `repeats` of learning curves. report.json is written beside it, and
the curves to the place where `classify suggest` reads them. Labels are chosen by the code of that command; models are
trained as `classify train` does it, but for the number of folds and the length of n-grams.
"""

import argparse
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from classifier.features.csr import sum_rows, take_rows
from classifier.features.tfidf import tf_idf
from classifier.features.user_dictionary import policy_words
from classifier.labelling.labelled_counts import LabelledCounts, frequent_terms, keep_terms, take_paragraphs
from classifier.selection.choice import choose, quota
from classifier.selection.forecast import CURVE_FILE, fit_power_law
from classifier.selection.worth import rarities, uncertainties, worths
from classifier.settings import Settings
from classifier.training.train import train_model
from classifier.training.training_set import count_training_set, load_training_set
from experiments.bench import EXPERIMENTS, PROJECT, commit, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Data:
    """Labelled paragraphs: their counts, the number of the report of each, and their words with their sizes."""

    counts: LabelledCounts
    report: "Ints"
    words: Any
    sizes: "Floats"
    names: tuple[str, ...]
    train: Callable[[LabelledCounts], Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run an experiment, write its report.json and the curves, and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("name", help="folder of the experiment, such as 024-suggest")
    parser.add_argument("--curve", type=Path, default=CURVE_FILE, help="where the learning curves are written")
    parser.add_argument("--only", choices=["strategies", "curve"], help="run one part, and keep the other as it is")
    options = parser.parse_args(arguments)
    folder = EXPERIMENTS / options.name
    settings = tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    file = folder / "report.json"
    results = json.loads(file.read_text(encoding="utf-8"))["results"] if options.only and file.exists() else {}
    data, digest = read_data(settings)
    if options.only != "curve":
        results["strategies"] = compare_strategies(data, settings)
    if options.only != "strategies":
        results["curve"] = measure_curves(data, settings)
        options.curve.write_text(json.dumps(results["curve"]) + "\n", encoding="utf-8")
    report = {"commit": commit(), "data": digest, "settings": settings, "results": results}
    file.write_text(json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    print("\n\n".join(map(table, results.values())))


def read_data(settings: Mapping[str, Any]) -> tuple[Data, str]:
    """Return the labelled paragraphs of an experiment, and the hash of the labels."""
    training = load_training_set([PROJECT / path for path in settings["labels"]])
    chosen = Settings(folds=settings["folds"], char_ngrams=settings["char_ngrams"])
    user_words = policy_words(chosen, None)
    whole = count_training_set(training, user_words, chosen)
    words = np.array([i for i, term in enumerate(whole.terms) if term[0] == "w" and len(term) > 2], dtype=np.int64)
    of_words = keep_terms(whole, words)
    paragraphs = len(whole.reports)
    report = np.unique(np.array(whole.reports), return_inverse=True)[1].astype(np.int64)
    return Data(
        keep_terms(whole, frequent_terms(whole, 3, 2)),
        report,
        sum_rows(of_words.sentence_counts, whole.sentence_to_paragraph, paragraphs),
        np.array([len(term) - 1 for term in of_words.terms], dtype=np.float64),
        of_words.terms,
        lambda part: train_model(part, training.labelled.taxonomy.areas, user_words, chosen).model,
    ), training.digest()


def compare_strategies(data: Data, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return macro-F1 of each strategy after each round, shape (repeats, rounds + 1), and what it saves."""
    sizes = [settings["start"] + settings["step"] * i for i in range(settings["rounds"] + 1)]
    runs: dict[str, list[list[float]]] = {name: [] for name in settings["strategies"]}
    read: dict[str, list[list[int]]] = {name: [] for name in runs}
    for repeat in range(settings["repeats"]):
        rng = np.random.default_rng(repeat)
        test, learnable = divide(data, settings["held_out"], rng)
        pool = np.sort(rng.permutation(np.flatnonzero(learnable))[: settings["pool"]])
        begin = rng.permutation(pool)[: settings["start"]]
        held_out = take_paragraphs(data.counts, test)
        first = data.train(take_paragraphs(data.counts, among(begin, len(test))))
        for name, own in runs.items():
            steps = list(_run(data, name, pool, begin, first, held_out, settings, repeat))
            own.append([value for value, _ in steps])
            read[name].append([sentences for _, sentences in steps])
            say(f"{name}, repeat {repeat + 1}: {' '.join(f'{value:.4f}' for value in own[-1])}")
    return {"paragraphs": sizes, "macro_f1": runs, "sentences": read, "against_random": savings(sizes, runs)}


def divide(data: Data, part: float, rng: np.random.Generator) -> "tuple[Bools, Bools]":
    """Return which paragraphs are measured on, those of a part of the reports, and which may be learned from."""
    reports = rng.permutation(int(data.report.max()) + 1)
    test = np.isin(data.report, reports[: round(part * len(reports))])
    return test, ~test


def among(numbers: "Ints", all_: int) -> "Bools":
    """Return whether each number below `all_` is among some."""
    found = np.zeros(all_, dtype=np.bool_)
    found[numbers] = True
    return found


def _run(
    data: Data,
    strategy: str,
    pool: "Ints",
    begin: "Ints",
    first: Any,
    held_out: LabelledCounts,
    settings: Mapping[str, Any],
    seed: int,
) -> Iterator[tuple[float, int]]:
    """Yield macro-F1 on held-out reports and sentences learned from, before any choice and after each round."""
    rng = np.random.default_rng(seed)
    labelled, model, sentences = begin, first, np.bincount(data.counts.sentence_to_paragraph)
    yield macro_f1(model, held_out), int(sentences[labelled].sum())
    for _ in range(settings["rounds"]):
        rest = np.setdiff1d(pool, labelled)
        more = next_labels(data, strategy, rest, labelled, model, settings["step"], rng)
        labelled = np.concatenate([labelled, more])
        model = data.train(take_paragraphs(data.counts, among(labelled, len(data.report))))
        yield macro_f1(model, held_out), int(sentences[labelled].sum())


def next_labels(
    data: Data, strategy: str, rest: "Ints", labelled: "Ints", model: Any, size: int, rng: np.random.Generator
) -> "Ints":
    """Return the paragraphs that a strategy would have labelled next."""
    if strategy == "random":
        return rng.permutation(rest)[:size]
    counted = take_paragraphs(data.counts, among(rest, len(data.report)))
    p = model.tag_counted(counted).paragraphs
    own = take_paragraphs(data.counts, among(labelled, len(data.report)))
    rarity = rarities((own.labels == 1).sum(axis=0))
    if strategy == "nearest to the threshold":
        return rest[np.argsort(-uncertainties(p).max(axis=1), kind="stable")[:size]]
    worth = worths(p, rarity, novelty_of(data, rest, model))
    known = model.known(counted)
    rows = sum_rows(known.sentence_counts, known.sentence_to_paragraph, len(rest))
    rows = replace(rows, data=tf_idf(rows, model.classifiers.idf, model.settings.sublinear))
    report = np.unique(data.report[rest], return_inverse=True)[1].astype(np.int64)
    return rest[choose(worth, rows, report, size, quota(size, int(report.max()) + 1))]


def novelty_of(data: Data, rest: "Ints", model: Any) -> "Floats":
    """Return the share of the characters of words that a model does not know, shape (paragraphs,)."""
    known = set(model.vocabulary.words)
    new = np.array([name[1:] not in known for name in data.names])
    words = take_rows(data.words, among(rest, len(data.report)))
    row, weight = words.row_of_entry(), words.data * data.sizes[words.indices]
    all_ = np.bincount(row, weight, minlength=len(rest))
    found: Floats = np.bincount(row, weight * new[words.indices], minlength=len(rest)) / np.maximum(all_, 1)
    return found


def macro_f1(model: Any, held_out: LabelledCounts) -> float:
    """Return the macro-F1 of a model on held-out paragraphs."""
    found, known = model.tag_counted(held_out).paragraphs >= 0.5, held_out.known
    hits = (found & held_out.targets & known).sum(axis=0)
    both = (found & known).sum(axis=0) + (held_out.targets & known).sum(axis=0)
    return float(np.mean(2 * hits / np.maximum(both, 1)))


def savings(sizes: Sequence[int], runs: Mapping[str, list[list[float]]]) -> dict[str, Any]:
    """Return by how much each strategy is better than a random choice, and how many of its labels are worth 100.

    gain: mean over all rounds of the difference of macro-F1, in points, with its 95 % interval over repeats. worth_100:
    random labels, read off the power law through the mean of the random runs, that reach what 100 chosen ones reach, on
    average over the rounds; the interval is of the same bootstrap of repeats.
    """
    random, points = np.array(runs["random"]), np.array(sizes, dtype=np.float64)
    found = {}
    for name, own in runs.items():
        if name == "random":
            continue
        chosen, rng = np.array(own), np.random.default_rng(0)
        draws = [rng.integers(0, len(chosen), len(chosen)) for _ in range(2000)]
        gain = 100 * (chosen - random)[:, 1:].mean(axis=1)
        gains = [float(gain[d].mean()) for d in draws]
        worth = [_worth(points, random[d].mean(axis=0), chosen[d].mean(axis=0)) for d in draws]
        found[name] = {
            "gain": [float(gain.mean()), *np.percentile(gains, [2.5, 97.5]).tolist()],
            "worth_100": [
                _worth(points, random.mean(axis=0), chosen.mean(axis=0)),
                *np.percentile(worth, [2.5, 97.5]).tolist(),
            ],
        }
    return found


def _worth(points: "Floats", random: "Floats", chosen: "Floats") -> float:
    """Return how many random labels reach what 100 chosen ones reach, beyond the paragraphs of the start."""
    limit, scale, exponent = fit_power_law(points, random)
    gap = np.maximum(limit - chosen[1:], 1e-6)
    reached = np.minimum((scale / gap) ** (1 / exponent), 10 * points[-1]) if scale else points[1:]
    ratio: float = float(np.median((reached - points[0]) / (points[1:] - points[0])))
    return 100 * ratio


def measure_curves(data: Data, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return macro-F1 after growing numbers of random paragraphs, and after a step more, for each repeat."""
    chosen = settings["curve"]
    before: list[list[float]] = []
    after: list[list[float]] = []
    for repeat in range(chosen["repeats"]):
        rng = np.random.default_rng(1000 + repeat)
        test, learnable = divide(data, settings["held_out"], rng)
        order, held_out = rng.permutation(np.flatnonzero(learnable)), take_paragraphs(data.counts, test)

        def reached(
            n: int, order: "Ints" = order, held_out: LabelledCounts = held_out, paragraphs: int = len(test)
        ) -> float:
            part = take_paragraphs(data.counts, among(order[:n], paragraphs))
            return round(macro_f1(data.train(part), held_out), 5)

        before.append([reached(n) for n in chosen["points"]])
        after.append([reached(n + chosen["step"]) for n in chosen["points"]])
        say(f"curve, repeat {repeat + 1}: {before[-1]} {after[-1]}")
    return {"paragraphs": chosen["points"], "macro_f1": before, "step": chosen["step"], "after": after}


def table(part: Mapping[str, Any]) -> str:
    """Return a Markdown table of one part of a report: mean macro-F1 in percent."""
    sizes = part["paragraphs"]
    runs = part["macro_f1"] if isinstance(part["macro_f1"], dict) else {"random": part["macro_f1"]}
    lines = [["paragraphs", *map(str, sizes), "gain", "100 are worth"], ["---", *["---:"] * (len(sizes) + 2)]]
    for name, own in runs.items():
        better = part.get("against_random", {}).get(name)
        extra = [_interval(better["gain"], 2), _interval(better["worth_100"], 0)] if better else ["", ""]
        lines.append([name, *(f"{100 * value:.2f}" for value in np.mean(own, axis=0)), *extra])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _interval(values: Sequence[float], digits: int) -> str:
    value, low, high = (f"{v:.{digits}f}" for v in values)
    return f"{value} ({low} to {high})"
