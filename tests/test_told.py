"""Nothing is told that has not gone through the catalogue: errors, faults, notes and lines of progress."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PACKAGE = PROJECT / "classifier"
BASES = {"ClassifierError", "BadParameter"}  # classes whose text people read, and all that are derived from them
TELLERS = {"say", "progress", "echo", "note", "fault", "exit"}  # functions and methods whose first argument people read
LISTS = {"faults", "notes"}  # lists of such texts
# Files whose messages are not in the catalogue yet.
NOT_YET = {
    "cli/predict.py",
    "cli/progress.py",
    "cli/read.py",
    "cli/reporter.py",
    "documents/parse.py",
    "readers/archive.py",
    "readers/csv.py",
    "readers/jsonl.py",
    "readers/parquet.py",
    "readers/pdf.py",
    "readers/registry.py",
    "readers/sources.py",
    "readers/tables.py",
    "readers/text.py",
}


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def told_classes(trees: dict[str, ast.Module]) -> set[str]:
    """The classes of BASES and all that are derived from them, in any file."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = set(BASES)
    while more := {name for name, own in bases.items() if own & found} - found:
        found |= more
    return found


def told_texts(tree: ast.Module, classes: set[str]) -> Iterator[ast.expr]:
    """The texts of a file that people read."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = name_of(node.func)
        into_list = isinstance(node.func, ast.Attribute) and name_of(node.func.value) in LISTS
        if name in classes | TELLERS or (into_list and name in ("append", "extend")):
            yield node.args[0]


def is_literal(node: ast.expr) -> bool:
    """Whether a text, or a part of it that is put together here, stands in the code and in no catalogue."""
    parts: list[ast.expr] = []
    match node:
        case ast.JoinedStr():
            return True
        case ast.Constant(value=str(value)):
            return any(c.isalpha() for c in value)
        case ast.BinOp(left=one, right=other) | ast.IfExp(body=one, orelse=other):
            parts = [one, other]
        case ast.BoolOp(values=several) | ast.List(elts=several) | ast.Tuple(elts=several):
            parts = several
        case ast.GeneratorExp(elt=part) | ast.ListComp(elt=part) | ast.Starred(value=part):
            parts = [part]
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join"), args=args):
            parts = [value, *args]
        case ast.Call(func=ast.Name(id="str"), args=args):
            parts = args
    return any(map(is_literal, parts))


def files_with_literals(package: Path) -> dict[str, list[int]]:
    """For each file the lines where people are told something that stands in no catalogue."""
    trees = {
        path.relative_to(package).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
    }
    classes = told_classes(trees)
    found = {
        file: [text.lineno for text in told_texts(tree, classes) if is_literal(text)] for file, tree in trees.items()
    }
    return {file: lines for file, lines in found.items() if lines}


def test_everything_that_is_told_is_a_message() -> None:
    found = files_with_literals(PACKAGE)
    assert {file: lines for file, lines in found.items() if file not in NOT_YET} == {}


def test_what_is_not_yet_done_is_not_done() -> None:
    assert NOT_YET - set(files_with_literals(PACKAGE)) == set()


@pytest.mark.parametrize(
    "line",
    [
        'raise Torn("torn")',
        'raise ClassifierError(f"{x}: torn")',
        'raise ClassifierError(str("torn"))',
        'raise Torn("\\n".join(f"{x}: torn" for x in y))',
        'raise Torn(x + ": torn")',
        'raise Torn("{}: torn".format(x))',
        'raise Torn(x if x else "torn")',
        'raise typer.BadParameter(x or "torn")',
        'faults.append("torn")',
        'self.notes.extend([f"{x}: torn"])',
        'say(f"torn: {x}")',
        'typer.echo("torn", err=True)',
    ],
)
def test_a_planted_literal_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.py").write_text("class Torn(errors.ClassifierError): ...\n", encoding="utf-8")
    (tmp_path / "b.py").write_text(f"\n{line}\n", encoding="utf-8")
    assert files_with_literals(tmp_path) == {"b.py": [2]}


@pytest.mark.parametrize(
    "line",
    [
        'raise Torn(message("torn"))',
        'raise ClassifierError(counted_message("one", "{n}", n))',
        "raise Torn(str(error))",
        'raise Torn("\\n".join(faults))',
        'faults.extend(message("{x}", x=x) for x in y)',
        'raise ValueError("for programmers")',
        'print("data")',
    ],
)
def test_a_message_is_none(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.py").write_text(f"class Torn(ClassifierError): ...\n{line}\n", encoding="utf-8")
    assert files_with_literals(tmp_path) == {}
