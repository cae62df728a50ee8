"""Compare a run over many reports with what each report alone gives: alike.py FOLDER RESULT.jsonl; prints JSON.

RESULT.jsonl is what was written by `classify predict FOLDER --format jsonl --scores all`, by several processes.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from classifier import load_model, read


def main() -> None:
    """Tag report by report, and compare areas, scores and evidence with what is in the file."""
    model = load_model()
    paragraphs = differ = 0
    with Path(sys.argv[2]).open(encoding="utf-8") as lines:
        for document in read(sys.argv[1]):
            for prediction in model.predict(document):
                alone = prediction.to_dict(document.name, all_scores=True)
                differ += alone != json.loads(next(lines))
                paragraphs += 1
        differ += sum(1 for _ in lines)
    print(json.dumps({"paragraphs": paragraphs, "differ": differ}))


if __name__ == "__main__":
    main()
