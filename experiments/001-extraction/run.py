"""What is lost when real sentences train as counts without text, and how much of them can be rebuilt."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.extracts.joining import TrainingSet, load_training_set
from classifier.labelling.corrections import corrected, load_corrections
from classifier.labelling.store import load_examples
from experiments import common


def main() -> None:
    """Train on text, on the extract, and on each of them together with the written reports; score on the gold."""
    common.need_shared()
    labelled = common.written()
    ids = labelled.taxonomy.ids
    real = corrected(load_examples([common.REAL], ids), load_corrections(common.LABELS / "corrections.jsonl", ids))
    extracts = load_training_set([common.LABELS / "extracted"]).extracts
    sets = {
        "real text": common.training(labelled, real),
        "extract": TrainingSet(common.training(labelled).labelled, extracts),
        "written": common.training(labelled, labelled.examples),
        "written and real text": common.training(labelled, labelled.examples, real),
        "written and extract": TrainingSet(labelled, extracts),
    }
    scores = {name: common.on_gold(api.train(s, jobs=common.JOBS)) for name, s in sets.items()}
    common.write_report(__file__, {"gold": scores, "account": extracts[0].extract.account})


if __name__ == "__main__":
    main()
