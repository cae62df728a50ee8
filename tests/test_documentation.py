"""What the documents say must be there, and what is there must be said."""

import inspect
import json
import re
from io import BytesIO
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from classifier.cli.app import app
from classifier.labelling.taxonomy import load_taxonomy
from classifier.output.receipts.file_receipt import FileReceipt
from classifier.output.receipts.receipt import Receipt, write_receipt
from classifier.readers.formats import FORMATS
from classifier.readers.lines import CountKind
from classifier.readers.raw import PassedOver
from classifier.records import Kind, Paragraph, Prediction, Sentence
from classifier.resources import taxonomy_file, terms_folder
from tests.conftest import PROJECT

READMES = [PROJECT / "README.md", PROJECT / "README.zh-CN.md"]
READING = [PROJECT / "docs" / "reading.md", PROJECT / "docs" / "reading.zh-CN.md"]
DOCUMENTS = sorted({*PROJECT.glob("*.md"), *(p for f in ("docs", "experiments") for p in (PROJECT / f).rglob("*.md"))})
ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


def options() -> set[str]:
    whole = get_command(app)
    found: set[str] = set()
    for command in (whole, *whole.commands.values()):  # type: ignore[attr-defined]
        found |= {o for p in command.params for o in p.opts if o.startswith("--")}
    return found - {"--help"}


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)
def test_every_command_and_option_is_in_the_readme(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert [c for c in COMMANDS if f"classify {c}" not in text] == []
    assert [o for o in sorted(options()) if o not in text] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)
def test_the_readme_names_only_options_that_exist(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    named = set(re.findall(r"classify \w+[^`\n]*", text))
    used = {o for line in named for o in re.findall(r"--[a-z]+(?:-[a-z]+)*", line)}
    assert used <= options() | {"--help"}


def in_code(page: Path) -> set[str]:
    """What stands between backticks in the running text of a page."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", text))


@pytest.mark.parametrize("page", READING, ids=lambda p: p.name)
def test_every_ending_and_count_stands_in_the_page_on_reading(page: Path) -> None:
    words = in_code(page)
    assert {ending for form in FORMATS for ending in form.endings} - words == set()
    assert {*map(str, CountKind), *map(str, PassedOver)} - words == set()


@pytest.mark.parametrize("page", READING, ids=lambda p: p.name)
def test_every_key_of_a_receipt_stands_in_the_page_on_reading(page: Path) -> None:
    stream, receipt = BytesIO(), Receipt()
    write_receipt(stream, {}, receipt, [FileReceipt("a.txt")])
    written = json.loads(stream.getvalue())
    keys = {*written, *written["totals"], *written["files"][0]}
    assert keys - in_code(page) == set()


@pytest.mark.parametrize("document", [*READMES, *sorted((PROJECT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_documents_name_only_commands_that_exist(document: Path) -> None:
    named = {m for code in in_code(document) for m in re.findall(r"^classify ([a-z]+)", code)}
    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("readme", READMES, ids=lambda p: p.name)
def test_the_record_of_the_readme_has_the_keys_of_a_record(readme: Path) -> None:
    (block,) = re.findall(r"```json\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    shown = json.loads(block)
    sentence = Sentence(0, 1, "路")
    paragraph = Paragraph(1, 1, Kind.PARAGRAPH, (), "路", (sentence,))
    record = Prediction(paragraph, (), ((),)).to_dict()
    assert list(shown) == list(record)
    assert list(shown["sentences"][0]) == list(record["sentences"][0])


def test_pages_are_there_in_both_languages_with_the_same_sections() -> None:
    for chinese in (PROJECT / "docs").glob("*.zh-CN.md"):
        english = chinese.with_name(chinese.name.replace(".zh-CN", ""))
        levels = [re.findall(r"^#+", page.read_text(encoding="utf-8"), re.MULTILINE) for page in (english, chinese)]
        rows = [len(re.findall(r"^\|", page.read_text(encoding="utf-8"), re.MULTILINE)) for page in (english, chinese)]
        assert levels[0] == levels[1], chinese.name
        assert rows[0] == rows[1], chinese.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert links or document not in READMES
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_both_readmes_give_the_same_commands() -> None:
    blocks = [re.findall(r"^python3 -m venv .*", r.read_text(encoding="utf-8"), re.MULTILINE) for r in READMES]
    assert blocks[0] == blocks[1]
    assert len(blocks[0]) == 2


def test_the_test_command_is_what_ci_runs() -> None:
    ci = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert "-c requirements.lock -e '.[test]'" in ci
    assert "-c requirements.lock -e '.[test]'" in READMES[0].read_text(encoding="utf-8")


def test_the_codebook_explains_every_area() -> None:
    text = (PROJECT / "labels" / "codebook.md").read_text(encoding="utf-8")
    taxonomy = load_taxonomy(taxonomy_file())
    assert [a.id for a in taxonomy.areas if f"`{a.id}`" not in text or a.zh not in text] == []


def test_every_area_has_its_terms_and_no_term_stands_twice() -> None:
    files = sorted(terms_folder().glob("*.txt"))
    assert {f.stem for f in files} == set(load_taxonomy(taxonomy_file()).ids)
    terms = [t for f in files for t in read(f)]
    assert len(terms) == len(set(terms))
    assert min(len(read(f)) for f in files) >= 100


def read(file: Path) -> list[str]:
    from classifier.features.user_dictionary import read_policy_terms

    return list(read_policy_terms(file.parent)[file.stem])


def test_public_api_is_documented() -> None:
    import classifier

    for name in classifier.__all__:
        assert inspect.getdoc(getattr(classifier, name)), name


def test_help_speaks_both_languages() -> None:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert re.search("[\u4e00-\u9fff]", command.help or ""), name
        for parameter in command.params:
            if isinstance(parameter, typer.core.TyperOption | typer.core.TyperArgument) and parameter.name != "help":
                assert re.search("[\u4e00-\u9fff]", parameter.help or ""), (name, parameter.name)


def test_every_folder_of_the_package_stands_in_the_architecture() -> None:
    package = PROJECT / "classifier"
    folders = {f.relative_to(package).as_posix() for f in package.iterdir() if f.is_dir() and f.name[0].isalpha()}
    named = {n for row in re.findall(r"^\|([^|]+)\|", ARCHITECTURE, re.MULTILINE) for n in re.findall(r"`(\w+)/`", row)}
    assert named == folders


def test_every_word_of_the_glossary_stands_once() -> None:
    _, glossary = ARCHITECTURE.split("\n## Glossary\n")
    rows = re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)[1:]
    words = [word for row in rows if set(row) != {"-"} for word in re.split(", ", re.sub(r"（.*?）| \(.*?\)", "", row))]
    assert len(words) >= 30
    assert sorted(words) == sorted(set(words))
