import json

import orjson

from classifier.output.options import OutputOptions
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.records import Prediction
from tests.conftest import AREAS


def test_the_record_is_written_as_the_standard_library_writes_it(predictions: list[Prediction]) -> None:
    """But for spaces; all scores that a model can give are written with the same digits."""
    form = JsonlFormat(OutputOptions(AREAS, "zh", all_scores=True))
    for prediction in predictions:
        row = prediction.to_dict("某县\t.txt", all_scores=True)
        line = form.encode([("某县\t.txt", prediction)]).decode()
        assert line == json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
    scores = [i / 10_000 for i in range(10_001)]
    assert orjson.dumps(scores).decode() == json.dumps(scores, separators=(",", ":"))


def test_chosen_areas_and_all_scores(rows: list[tuple[str, Prediction]]) -> None:
    form = JsonlFormat(OutputOptions(AREAS[2:], "en", all_scores=True))
    last = json.loads(form.encode(rows).splitlines()[2])
    assert [a["name"] for a in last["areas"]] == ["Roads"]
    assert list(last["scores"]) == ["roads"]
    assert [len(s["areas"]) for s in last["sentences"]] == [0, 1]
