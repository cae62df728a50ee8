"""The house's rules: rooms import one way, no file imports another in a circle, and the command starts light."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "classifier"
# From the ground floor up; a room may import from those below it and from itself.
ROOMS = [
    "errors",
    "messages",
    "patterns",
    "records",
    "arrays",
    "progress",
    "paths",
    "toml_files",
    "characters",
    "radicals",
    "settings",
    "resources",
    "_kernel",
    "compiled",
    "storage",
    "readers",
    "documents",
    "features",
    "labelling",
    "model",
    "extracts",
    "training",
    "workspace",
    "evaluation",
    "analysis",
    "selection",
    "output",
    "transfer",
    "engines",
    "tasks",
    "web",
    "cli",
    "__main__",
]
COMPILED = {"_kernel"}  # which is no Python file
LONGEST_MODULE = 350


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    """The dotted name below the package of each Python file, and the file; a room's __init__ has the room's name."""
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(package: Path) -> dict[str, set[str]]:
    """For each module the modules that it imports, wherever in the file that stands, for types alone too."""
    files = dict(modules(package))
    found: dict[str, set[str]] = {}
    for name, path in files.items():
        dotted: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                dotted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                below = {i for i in inner if i.removeprefix(f"{package.name}.") in files}
                dotted |= below or {str(node.module)}
        own = {d.removeprefix(f"{package.name}.") for d in dotted if d.startswith(f"{package.name}.")}
        found[name] = own - {name}
    return found


def upward_imports(package: Path, rooms: list[str]) -> list[str]:
    """Imports of a room that stands above the importing one."""

    def floor(module: str) -> int:
        return rooms.index(module.partition(".")[0])

    return [
        f"{name} imports {other}"
        for name, others in imports(package).items()
        for other in sorted(others)
        if name and floor(other) > floor(name)
    ]


def circle(package: Path) -> list[str]:
    """The modules of a circle of imports, if there is one."""
    try:
        tuple(TopologicalSorter(imports(package)).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def test_imports_go_one_way() -> None:
    assert upward_imports(PACKAGE, ROOMS) == []


def test_no_file_imports_another_in_a_circle() -> None:
    assert circle(PACKAGE) == []


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    package = tmp_path / "house"
    for room, files in {"low": {"a": "", "b": "from house.low import a"}, "high": {"c": "import house.low.b"}}.items():
        (package / room).mkdir(parents=True)
        for name, text in files.items():
            (package / room / f"{name}.py").write_text(f"{text}\n", encoding="utf-8")
    return package


def test_a_planted_upward_import_is_found(small_house: Path) -> None:
    assert upward_imports(small_house, ["low", "high"]) == []
    (small_house / "low" / "a.py").write_text("def f():\n    from house.high.c import x\n", encoding="utf-8")
    assert upward_imports(small_house, ["low", "high"]) == ["low.a imports high.c"]


def test_a_planted_circle_is_found(small_house: Path) -> None:
    assert circle(small_house) == []
    planted = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.low.b import x\n"
    (small_house / "low" / "a.py").write_text(planted, encoding="utf-8")
    assert set(circle(small_house)) == {"low.a", "low.b"}


def test_every_room_is_in_the_order() -> None:
    rooms = {name.partition(".")[0] for name, _ in modules(PACKAGE) if name}
    assert rooms | COMPILED == set(ROOMS)


def test_no_module_is_too_long() -> None:
    lengths = {name: len(p.read_text(encoding="utf-8").splitlines()) for name, p in modules(PACKAGE)}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_every_module_says_its_trade_in_its_first_line() -> None:
    silent = [
        name for name, p in modules(PACKAGE) if not (ast.get_docstring(ast.parse(p.read_text(encoding="utf-8"))) or "")
    ]
    assert silent == []


def public_names(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                for target in targets:
                    parts = target.elts if isinstance(target, ast.Tuple) else [target]
                    yield from (part.id for part in parts if isinstance(part, ast.Name))


# What the files of a room have in common by agreement: each subcommand's function is called `command`.
SHARED_NAMES = {"command", "group"}


def test_no_public_name_stands_for_two_things() -> None:
    places = defaultdict(list)
    for module, path in modules(PACKAGE):
        for name in public_names(path):
            if not name.startswith("_") and name not in SHARED_NAMES:
                places[name].append(module)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh process has loaded after running the code."""
    script = f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PROJECT)
    return set(done.stderr.split())


MOST_FOR_HELP, MOST_FOR_ONE_REPORT = 190, 379  # modules; a third of the time of a start is the loading of them
RUN = """
from typer.testing import CliRunner
from classifier.cli.app import app
result = CliRunner().invoke(app, {args})
assert result.exit_code == 0, result.output"""


@pytest.mark.parametrize(
    "args", [["--help"], ["predict", "--help"], ["train", "--help"], ["evaluate", "--help"], ["shares", "--help"]]
)
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
