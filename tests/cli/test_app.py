import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import classifier
from classifier.resources import default_model
from tests.test_house import MOST_FOR_HELP, RUN, loaded_by

Run = Callable[..., Result]
COMMANDS = [
    (),
    *((name,) for name in ("predict", "train", "evaluate", "areas", "agreement", "labels")),
    *(("labels", name) for name in ("extract", "summary")),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_h_is_help(classify: Run, command: tuple[str, ...]) -> None:
    short, long = (classify(*command, option) for option in ("-h", "--help"))
    assert short.exit_code == long.exit_code == 0
    assert short.stdout == long.stdout
    assert "-h, --help" in short.stdout


def test_the_version_names_program_model_and_data(classify: Run) -> None:
    manifest = (default_model() / "manifest.json").read_bytes()
    model, data = hashlib.sha256(manifest).hexdigest()[:12], json.loads(manifest)["data"][:12]
    result = classify("--version")
    assert result.exit_code == 0
    assert result.stdout == f"classify {classifier.__version__} (model {model}, data {data})\n"


@pytest.mark.parametrize("manifest", [None, "{", "[]", "{}", '{"data": 3}'])
def test_the_version_is_told_without_a_sound_model_too(
    classify: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, manifest: str | None
) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)
    monkeypatch.setattr("classifier.tasks.version.default_model", lambda: tmp_path)
    result = classify("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"classify {classifier.__version__} (its model is missing or damaged")


def test_the_version_starts_light() -> None:
    loaded = loaded_by(RUN.format(args=["--version"]))
    assert loaded & {"numpy", "sklearn", "scipy", "jieba", "rich"} == set()
    assert len(loaded) < MOST_FOR_HELP + 60  # importlib.metadata parses its files as mail
