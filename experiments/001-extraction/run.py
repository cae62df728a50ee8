"""What is lost when real sentences train as counts without text, and how much of them can be rebuilt."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.documents.normalise import plain_text
from classifier.documents.reading import read, sources
from classifier.extracts.extraction import Extract
from classifier.extracts.joining import TrainingSet, load_training_set
from classifier.extracts.language import Language, SetPhrases, han
from classifier.extracts.reconstruction import attempts, leaks, rebuild
from classifier.model.clauses import clauses as parts
from classifier.model.counted import Counted
from classifier.records import Example
from experiments import common

WHOLE = 8  # Han characters of a clause that is counted if it comes back


def main() -> None:
    """Train on text, on the extract, and on each of them together with the written reports; score on the gold."""
    common.need_shared()
    labelled = common.written()
    real = common.real(labelled)
    extracts = load_training_set([common.LABELS / "extracted"]).extracts
    sets = {
        "real text": common.training(labelled, real),
        "extract": TrainingSet(common.training(labelled).labelled, extracts),
        "written": common.training(labelled, labelled.examples),
        "written and real text": common.training(labelled, labelled.examples, real),
        "written and extract": TrainingSet(labelled, extracts),
    }
    scores = {name: common.on_gold(api.train(s, jobs=common.JOBS)) for name, s in sets.items()}
    results = {
        "gold": scores,
        "account": extracts[0].extract.account,
        "attack with the corpus": attack(real, extracts[0].extract),
    }
    common.write_report(__file__, results)


def attack(real: Sequence[Example], extract: Extract) -> dict[str, dict[str, int]]:
    """Rebuild sentences from the extract with the language statistics of the corpus; count what came back.

    The corpus holds the very reports, so its statistics know more than an outsider's would. A clause comes back whole
    where all of its Han characters, if they are WHOLE or more, stand in one rebuilt text.
    """
    reports = [
        [s.plain for p in read(source).paragraphs for s in p.sentences]
        for source in sources(str(common.SHARED / "corpus"))
    ]
    language = Language(reports)
    plains = [plain_text(s) for e in real for s in e.sentences]
    phrases = {n: SetPhrases(reports, n + 1) for n in (12, 20)}
    sentences, clauses = Counter[str](), Counter[str]()
    for plain, rows in zip(plains, rows_of(extract.counted), strict=True):
        true = han(plain)
        texts = [text for own in attempts(rows, language) for text in own]
        sentences.update(long_runs(texts, true, phrases))
        for row in rows:
            clauses.update(long_runs(rebuild(row, language), true, phrases))
        everything = sum((Counter(row) for row in rows), Counter[str]())
        together = "|".join(han(text) for text in rebuild(everything, language))
        known = "|".join(han(text) for text in texts)
        for own in filter(lambda c: len(c) >= WHOLE, map(han, parts(plain))):
            clauses.update(
                {"of 8 or more": 1, "whole": own in known, "whole, from the sentence alone": own in together}
            )
    sentences["all"], clauses["all"] = len(plains), extract.counted.clauses.rows
    return {"sentences": dict(sentences), "clauses": dict(clauses)}


def long_runs(texts: Sequence[str], true: str, phrases: Mapping[int, SetPhrases]) -> dict[str, int]:
    """Return whether rebuilt texts hold a run of the true one that is no set phrase, of each length."""
    return {f"over_{n}": int(bool(leaks(texts, true, own))) for n, own in phrases.items()}


def rows_of(counted: Counted) -> Iterator[list[dict[str, int]]]:
    """Yield for each sentence the terms of its clauses with their counts."""
    rows = counted.clauses
    first = np.searchsorted(counted.sentence, np.arange(len(counted.paragraph) + 1))
    for span in pairwise(first):
        bounds = pairwise(rows.indptr[span[0] : span[1] + 1])
        yield [
            {counted.terms[i]: int(n) for i, n in zip(rows.indices[a:b], rows.data[a:b], strict=True)}
            for a, b in bounds
        ]


if __name__ == "__main__":
    main()
