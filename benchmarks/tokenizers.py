"""Measure tokenizing alone, and fastText on tokenized text, in MB a second: tokenizers.py FOLDER; prints JSON."""

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import LABELS, reports
from benchmarks.measuring import MB
from benchmarks.plain import labelled
from classifier.features.tokenizer import jieba_tokenizer, rjieba_tokenizer

ROUNDS = 2
JIEBA_BYTES = 2 * MB  # of text for jieba, the slowest


def main() -> None:
    """Measure each in turn, and print the best rate of each."""
    logging.disable()
    lines = texts(Path(sys.argv[1]))
    some = lines[: max(1, len(lines) * JIEBA_BYTES // volume(lines))]
    tokenize, slow = rjieba_tokenizer({}), jieba_tokenizer({})
    tasks: dict[str, tuple[Callable[[], Any], int]] = {
        "jieba": (lambda: [slow(line) for line in some], volume(some)),
        "rjieba": (lambda: [tokenize(line) for line in lines], volume(lines)),
    }
    note = ""
    try:
        model = fasttext_model(tokenize)
        ready = [joined(tokenize, line) for line in lines]
        tasks["fasttext"] = (lambda: tagged(model, ready), volume(lines))
        tasks["fasttext_tokenizing"] = (
            lambda: tagged(model, [joined(tokenize, line) for line in lines]),
            volume(lines),
        )
    except ImportError:
        note = "fastText is not installed (pip install fasttext-wheel): its rows are left out"
    rates = dict.fromkeys(tasks, 0.0)
    for _ in range(ROUNDS):
        for name, (task, size) in tasks.items():
            begin = time.perf_counter()
            task()
            rates[name] = max(rates[name], size / MB / (time.perf_counter() - begin))
    print(json.dumps({"rates": rates, "note": note}))


def texts(folder: Path) -> list[str]:
    """Return the lines with text of all reports."""
    every = (
        line for file in reports(folder) for line in file.read_text(encoding="utf-8", errors="replace").split("\n")
    )
    return [line for line in every if line.strip()]


def volume(lines: list[str]) -> int:
    """Return the bytes of lines in UTF-8."""
    return sum(len(line.encode()) for line in lines)


def joined(tokenize: Callable[[str], list[str]], line: str) -> str:
    """Return a line as fastText wants it: words with spaces between."""
    return " ".join(tokenize(line)).replace("\n", " ") + "\n"


def fasttext_model(tokenize: Callable[[str], list[str]]) -> Any:
    """Train fastText on the labelled paragraphs. Raises ImportError where it is not installed."""
    try:
        import fasttext
    except ImportError:
        import floret as fasttext  # the same library, kept up
    found, areas = labelled([str(file) for file in sorted(LABELS.glob("*.jsonl"))])
    with TemporaryDirectory() as folder:
        file = Path(folder, "train.txt")
        rows = (
            " ".join(f"__label__{a}" for a in own or ["none"]) + " " + joined(tokenize, text)
            for text, own in zip(found, areas, strict=True)
        )
        file.write_text("".join(rows), encoding="utf-8")
        return fasttext.train_supervised(str(file), loss="ova", epoch=15, wordNgrams=2, dim=50, verbose=0)


def tagged(model: Any, lines: list[str]) -> Any:
    """Return the areas of lines; calls past the wrapper, which fails with newer versions of numpy."""
    return model.f.multilinePredict(lines, -1, 0.5, "strict")


if __name__ == "__main__":
    main()
