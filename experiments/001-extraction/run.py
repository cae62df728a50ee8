"""What is lost when real sentences train as counts without text, and how much of them can be rebuilt."""

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.documents.normalise import plain_text
from classifier.documents.reading import read, sources
from classifier.extracts.extraction import Extract
from classifier.extracts.joining import TrainingSet, load_training_set
from classifier.extracts.language import Language, SetPhrases, han
from classifier.extracts.reconstruction import leaks, rebuild
from classifier.records import Example
from experiments import common


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


def attack(real: Sequence[Example], extract: Extract) -> dict[str, int]:
    """Rebuild sentences from the extract with the language statistics of the corpus; count runs that came back.

    The corpus holds the very reports, so its statistics know more than an outsider's would.
    """
    reports = [
        [s.plain for p in read(source).paragraphs for s in p.sentences]
        for source in sources(str(common.SHARED / "corpus"))
    ]
    language = Language(reports)
    counted = extract.counted
    texts = [han(plain_text(s)) for e in real for s in e.sentences]
    phrases = {n: SetPhrases(reports, n + 1) for n in (12, 20)}
    found = dict.fromkeys(("over_12", "over_20"), 0)
    longest = 0
    for row, text in enumerate(texts):
        a, b = counted.counts.indptr[row : row + 2]
        names = (counted.terms[i] for i in counted.counts.indices[a:b])
        terms = dict(zip(names, counted.counts.data[a:b].astype(int).tolist(), strict=True))
        rebuilt = rebuild(terms, language)
        for n, set_phrases in phrases.items():
            runs = leaks(rebuilt, text, set_phrases)
            found[f"over_{n}"] += bool(runs)
            longest = max([longest, *(end - start for start, end in runs)])
    return found | {"sentences": len(texts), "longest run": longest}


if __name__ == "__main__":
    main()
