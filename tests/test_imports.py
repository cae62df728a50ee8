"""The house's rules: rooms import only from rooms above them, and the command starts without heavy libraries."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "classifier"
# From top to bottom; a room may import from those above it and from itself.
ROOMS = [
    "errors",
    "records",
    "_kernel",
    "compiled",
    "resources",
    "sealed",
    "documents",
    "labelling",
    "model",
    "extracts",
    "evaluation",
    "analysis",
    "output",
    "engines",
    "predicting",
    "api",
    "evaluating",
    "cli",
    "__main__",
]
LONGEST_MODULE = 350


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The rooms that a module imports from, wherever in the module that stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= (
                {f"{node.module}.{alias.name}" for alias in node.names}
                if node.module == "classifier"
                else {str(node.module)}
            )
    return {name.split(".")[1] for name in names if name.startswith("classifier.")}


def test_imports_go_one_way() -> None:
    wrong = []
    for path in modules():
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        wrong += [f"{path} imports {r}" for r in imported(path) if ROOMS.index(r) > ROOMS.index(room)]
    assert not wrong


def test_every_room_is_in_the_order() -> None:
    rooms = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in modules()} - {"__init__"}
    assert rooms | {"_kernel"} == set(ROOMS)  # which is compiled


def test_no_module_is_too_long() -> None:
    lengths = {str(p): len(p.read_text(encoding="utf-8").splitlines()) for p in modules()}
    assert {p: n for p, n in lengths.items() if n > LONGEST_MODULE} == {}


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh process has loaded after running the code."""
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PROJECT)
    return set(done.stderr.split())


MOST_FOR_HELP, MOST_FOR_ONE_REPORT = 190, 350  # modules; a third of the time of a start is the loading of them
RUN = """
from typer.testing import CliRunner
from classifier.cli.app import app
result = CliRunner().invoke(app, {args})
assert result.exit_code == 0, result.output"""


@pytest.mark.parametrize("args", [["--help"], ["predict", "--help"], ["train", "--help"], ["evaluate", "--help"]])
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    heavy = {"sklearn", "scipy", "matplotlib", "numpy", "joblib", "jieba", "rjieba", "rich", "opencc"}
    loaded = loaded_by(RUN.format(args=args))
    assert loaded & heavy == set()
    assert len(loaded) < MOST_FOR_HELP


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_one_small_report_needs_little(form: str) -> None:
    args = ["predict", "seeds/reports/work-plan.txt", "--format", form]
    loaded = loaded_by(RUN.format(args=args))
    heavy = {"sklearn", "scipy", "matplotlib", "joblib", "jieba", "opencc", "charset_normalizer", "pydantic"}
    assert loaded & heavy == set()
    assert loaded & {"rich.console", "rich.table", "logging", "tomllib"} == set()  # which no pipe needs
    assert len(loaded) < MOST_FOR_ONE_REPORT
    assert "numpy" in loaded
    assert "rjieba" not in loaded  # its compiled part alone is; the package would load a second dictionary
    assert loaded & {"multiprocessing", "concurrent", "pyarrow", "zipfile"} == set()
    assert loaded & {"rich", "orjson", "csv"} == {"table": {"rich"}, "jsonl": {"orjson"}, "csv": {"csv"}}[form]


def test_the_package_itself_costs_nothing() -> None:
    assert loaded_by("import classifier") & {"numpy", "typer", "sklearn"} == set()
