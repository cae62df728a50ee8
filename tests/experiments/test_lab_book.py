"""Each experiment is whole: what went in, what came out and where it ran, what it means, and its line in the table."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import classifier
from tests.conftest import PROJECT

BOOK = PROJECT / "experiments"
FOLDERS = sorted(f for f in BOOK.iterdir() if f.is_dir() and f.name[0].isdigit())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_an_experiment_has_settings_report_and_notes(folder: Path) -> None:
    assert {f.name for f in folder.iterdir()} - {"run.py", "__pycache__"} == {
        "settings.toml",
        "report.json",
        "notes.md",
    }
    assert tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))
    assert (folder / "notes.md").read_text(encoding="utf-8").startswith("# ")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert next(iter(report)) == "commit"
    assert re.fullmatch("[0-9a-f]{40}", report["commit"])
    assert report["settings"]
    assert report["results"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_notes_name_the_script_at_the_commit_of_the_report(folder: Path) -> None:
    commit = json.loads((folder / "report.json").read_text(encoding="utf-8"))["commit"]
    scripts = re.findall(r"git show (\w+):(\S+)`", (folder / "notes.md").read_text(encoding="utf-8"))
    assert scripts in ([], [(commit[:8], f"experiments/{folder.name}/run.py")])
    own = f"python experiments/{folder.name}/run.py" if (folder / "run.py").exists() else "python -m experiments."
    assert scripts or own in (folder / "notes.md").read_text(encoding="utf-8")


def test_the_table_lists_every_experiment_once() -> None:
    rows = re.findall(r"^\| \[([^\]]+)\]\(([^)]+)\)", (BOOK / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(f.name, f"{f.name}/notes.md") for f in FOLDERS]


def reaches_inside(text: str) -> Iterator[str]:
    """What a script imports from the package that the package does not export."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.partition(".")[0] == "classifier")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "classifier":
            inner = node.module != "classifier"
            yield from (f"{node.module}.{a.name}" for a in node.names if inner or a.name not in classifier.__all__)


def test_experiments_import_only_what_the_package_exports() -> None:
    scripts = {path: list(reaches_inside(path.read_text(encoding="utf-8"))) for path in BOOK.rglob("*.py")}
    assert {path.name: found for path, found in scripts.items() if found} == {}


@pytest.mark.parametrize(
    "planted", ["import classifier.model", "from classifier.model.model import Model", "from classifier import model"]
)
def test_a_planted_import_is_found(planted: str) -> None:
    assert list(reaches_inside("from classifier import read, train")) == []
    assert len(list(reaches_inside(f"def f():\n    {planted}"))) == 1
