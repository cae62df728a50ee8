"""Where the time goes, in nanoseconds of processor time a character, and what is above the floor."""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from classifier.engines import threads

threads.limit()  # as for a run, before numpy is loaded

from benchmarks.measuring import MB
from benchmarks.stages import Stages
from experiments import common


def main() -> None:
    """Time each part in turn, several times, and report the best."""
    given = common.settings_of(__file__)
    with TemporaryDirectory() as place:
        stages = Stages(None, Path(place), given["megabytes"] * MB)
        product = stages.product
        parts: dict[str, Callable[[], Any]] = {
            "read": stages.read,
            "decode": stages.decode,
            "structure": stages.structure,
            "prepare": stages.prepare,
            "cut": stages.cutting,
            "score": stages.score,
            "predict": stages.predict,
            "encode": stages.encode,
            "encode parquet": stages.encode_parquet,
            "look up": stages.look_up,
            "product": product,
            "numpy": stages.numpy,
        }
        stages.tagged  # noqa: B018 - what parts need of each other is computed before the clock runs
        gc.disable()  # as while a batch is tagged
        best = dict.fromkeys(parts, float("inf"))
        for _ in range(given["rounds"]):
            for name, part in parts.items():
                best[name] = min(best[name], seconds(part))
        size, characters = sum(map(len, stages.data)), stages.characters
    ns = {name: round(1e9 * s / characters, 1) for name, s in best.items()}
    split = {name: ns[name] for name in ("read", "decode", "structure", "prepare", "cut", "score")}
    split["join and rank"] = round(ns["predict"] - ns["prepare"] - ns["cut"] - ns["score"], 1)
    split["encode"] = ns["encode"]
    floor = {name: ns[name] for name in ("read", "cut", "look up", "product")}
    whole = sum(split.values())
    common.write_report(
        __file__,
        {
            "bytes a character": round(size / characters, 2),
            "parts": split,
            "encode parquet": ns["encode parquet"],
            "prepare, cut and score by numpy": ns["numpy"],
            "whole": round(whole, 1),
            "MB a second": round(size / characters / whole * 1e3, 2),
            "floor": floor,
            "whole floor": round(sum(floor.values()), 1),
            "above the floor": round(whole - sum(floor.values()), 1),
        },
    )


def seconds(part: Callable[[], Any]) -> float:
    """Return the processor time that a part takes."""
    begin = time.process_time()
    part()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
