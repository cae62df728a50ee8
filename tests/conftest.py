"""What the tests share: small invented labels, a model trained on them, and the real documents where they are."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from classifier.cli.app import app
from classifier.extracts import store
from classifier.extracts.extraction import Extract, build_extract
from classifier.features.tokenizer import load_tokenizer
from classifier.labelling.jsonl import encode_rows
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet, load_labels
from classifier.messages import speak
from classifier.model.bundle import save_model
from classifier.model.model import Model
from classifier.records import Area
from classifier.settings import Settings
from classifier.training.train import train_model

PROJECT = Path(__file__).parent.parent
SHARED = PROJECT.parent / "shared"

for name in ("LANGUAGE", "LC_MESSAGES", "LANG"):  # messages in English, whatever the machine's language
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"


@pytest.fixture(autouse=True)
def language_of_messages() -> Iterator[None]:
    """A command with --lang leaves the messages of the process in that language."""
    yield
    speak(None)


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test writes into the user's cache folder."""
    os.environ["CLASSIFY_CACHE"] = str(tmp_path_factory.mktemp("cache"))


AREAS = (
    Area("farms", "农业", "Farms", core=True),
    Area("schools", "教育", "Schools"),
    Area("roads", "道路", "Roads"),
)
# Sentences of each area; every report below holds all of them in another order, with other figures.
SENTENCES = {
    "farms": ["粮食总产达到{n}万吨。", "新建高标准农田{n}万亩。", "扶持家庭农场{n}家，茶园扩种{n}亩。"],
    "schools": ["新建小学{n}所，增加学位{n}个。", "招聘教师{n}名，教育质量提升。", "高中阶段毛入学率达到{n}%。"],
    "roads": ["改造国道{n}公里。", "新建桥梁{n}座，打通断头路{n}条。", "农村公路硬化{n}公里，道路通畅。"],
    "": ["各项工作有序推进。", "这些成绩来之不易。", "我们要坚定信心、开拓前进。"],
}


def labelled_rows(reports: int = 6, by_sentence: bool = True) -> list[dict[str, object]]:
    """Labelled paragraphs of one to three sentences, in the form of a .jsonl file."""
    rows: list[dict[str, object]] = []
    for r in range(reports):
        pool = [(a, s.format(n=10 * r + i + 3)) for a, group in SENTENCES.items() for i, s in enumerate(group)]
        pool = pool[r:] + pool[:r]
        for p, size in enumerate((1, 2, 3, 1, 2, 3)):
            chosen = [pool[(p * 5 + i * 4) % len(pool)] for i in range(size)]
            row: dict[str, object] = {"id": f"r{r}-{p}", "report": f"r{r}", "level": "county", "year": 2020 + r}
            if by_sentence:
                row["sentences"] = [{"text": text, "areas": [a] if a else []} for a, text in chosen]
            else:
                row["text"] = "".join(text for _, text in chosen)
                row["areas"] = sorted({a for a, _ in chosen if a})
            rows.append(row)
    return rows


def write_rows(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_bytes(encode_rows(rows))
    return path


def texts_of(row: dict[str, object]) -> list[str]:
    """The sentences of a row of labelled_rows."""
    sentences = row["sentences"]
    assert isinstance(sentences, list)
    return [s["text"] for s in sentences]


def labels_folder(folder: Path, rows: list[dict[str, object]]) -> Path:
    (folder / "paragraphs").mkdir(parents=True)
    write_rows(folder / "paragraphs" / "all.jsonl", rows)
    lines = [f'[[areas]]\nid = "{a.id}"\nzh = "{a.zh}"\nen = "{a.en}"\ncore = {str(a.core).lower()}\n' for a in AREAS]
    (folder / "taxonomy.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return labels_folder(tmp_path_factory.mktemp("small") / "labels", labelled_rows())


@pytest.fixture(scope="session")
def small_set(small_labels: Path) -> LabelledSet:
    return load_labels([small_labels])


@pytest.fixture(scope="session")
def small_model(small_set: LabelledSet) -> Model:
    settings = Settings(min_sentences=2)
    areas = small_set.taxonomy.areas
    return train_model(
        count_labels(small_set.examples, areas, {}, settings), areas, {}, settings, data_hash="0" * 64
    ).model


@pytest.fixture(scope="session")
def small_bundle(small_model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle") / "model"
    save_model(small_model, folder, "card")
    return folder


@pytest.fixture(scope="session")
def small_extract(small_set: LabelledSet) -> Extract:
    return build_extract(small_set.examples, [a.id for a in AREAS], {}, load_tokenizer({}), Settings())


@pytest.fixture
def extract_folder(small_extract: Extract, tmp_path: Path) -> Path:
    store.save_extract(small_extract, tmp_path / "extract", "card")
    return tmp_path / "extract"


@pytest.fixture
def classify() -> Callable[..., Result]:
    """The command, run in this process."""
    return lambda *args: CliRunner().invoke(app, [str(a) for a in args])


def run_command(*args: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command, run in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "classifier", *map(str, args)],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents, which are not part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the real documents in ../shared are not here")
    return SHARED
