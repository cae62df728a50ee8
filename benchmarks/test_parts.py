"""Time the parts of a run with pytest-benchmark, so that a slowdown shows.

Before a change: pytest benchmarks --benchmark-save=before. After it, for what is slower by more than 15 %:
pytest benchmarks --benchmark-compare --benchmark-compare-fail=min:15%. Needs the extra `bench`.
"""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from classifier.engines.own_process import tune_process

pytest.importorskip("pytest_benchmark", reason="timing needs pytest-benchmark: pip install '.[bench]'")
tune_process()  # as for a run, before numpy is loaded

from benchmarks.measuring import MB
from benchmarks.stages import Stages

SIZE = 2 * MB
PARTS = (
    "load",
    "decode",
    "structure",
    "tokenizing",
    "score",
    "numpy",
    "predict",
    "encode",
    "encode_parquet",
)


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """Make the parts, with what each needs of those before it."""
    made = Stages(None, tmp_path_factory.mktemp("reports"), SIZE)
    made.score()
    made.encode()
    return made


@pytest.fixture(autouse=True)
def no_collection() -> Iterator[None]:
    """Turn garbage collection off, as the command does."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("part", PARTS)
def test_part(stages: Stages, part: str, benchmark: Any) -> None:
    """Time a part; the number of its characters is stored beside the figures."""
    benchmark.extra_info["characters"] = stages.characters
    benchmark.pedantic(getattr(stages, part), rounds=5, warmup_rounds=1)
    assert stages.characters * 3 > SIZE / 2
