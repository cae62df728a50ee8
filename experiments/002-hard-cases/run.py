"""What sentences aimed at known kinds of mistakes are worth, on real reports that nobody looked at for them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier import api
from classifier.evaluation.runs import on_examples
from experiments import common


def main() -> None:
    """Train with and without the hard cases, on the written reports and a third of the real ones; score on another."""
    common.need_shared()
    labelled = common.written()
    real = common.real(labelled)
    names = sorted({e.report for e in real}, key=common.spread)
    third = {name: i % 3 for i, name in enumerate(names)}
    learned = [e for e in real if third[e.report] == 0]
    measured = [e for e in real if third[e.report] == 2]
    hard = [e for e in labelled.examples if e.report.startswith("hard-")]
    plain = [e for e in labelled.examples if not e.report.startswith("hard-")]
    results: dict[str, object] = {
        "hard sentences": sum(len(e.sentences) for e in hard),
        "measured paragraphs": len(measured),
    }
    for base, parts in {"written": [plain], "written and a third of real": [plain, learned]}.items():
        for name, extra in {"before": [], "after": [hard]}.items():
            model = api.train(common.training(labelled, *parts, *extra), jobs=common.JOBS)
            held_out = common.score(on_examples(model, measured), model)
            results[f"{base}, {name}"] = {"third": held_out, **common.on_gold(model)}
    common.write_report(__file__, results)


if __name__ == "__main__":
    main()
