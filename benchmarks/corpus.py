"""Find or make the text to measure on: a folder of reports, or one made of the project's own texts."""

import json
import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from benchmarks.measuring import CORPUS, MB, PROJECT

LABELS = PROJECT / "labels" / "paragraphs"
SEEDS = PROJECT / "seeds" / "reports"
GENERATED = 8 * MB


def reports(folder: Path) -> list[Path]:
    """Return the reports of a folder and the folders in it."""
    return sorted(folder.rglob("*.txt"))


def size(files: list[Path]) -> int:
    """Return the bytes of files."""
    return sum(file.stat().st_size for file in files)


def text_folder(given: Path | None, place: Path) -> Path:
    """Return the folder that was given, else the corpus beside the project, else one made in `place`."""
    if given is not None or CORPUS.is_dir():
        return given or CORPUS
    made = place / "corpus"
    generate(made, GENERATED)
    return made


def generate(folder: Path, least: int) -> None:
    """Write the sample and the labelled reports, again and again under new names, until they have `least` bytes."""
    folder.mkdir()
    sources = [*own_reports()]
    done = 0
    for number, (name, text) in enumerate(cycle(sources)):
        done += (folder / f"{number:04}-{name}.txt").write_text(text, encoding="utf-8") and len(text.encode())
        if done >= least:
            return


def own_reports() -> Iterator[tuple[str, str]]:
    """Yield name and text of the project's reports."""
    for file in sorted(SEEDS.glob("*.txt")):
        yield file.stem, file.read_text(encoding="utf-8")
    for file in sorted(LABELS.glob("*.jsonl")):
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        yield file.stem, "\n".join("".join(s["text"] for s in row["sentences"]) for row in rows)


def copies(folder: Path, target: Path, times: int) -> Path:
    """Copy the reports of a folder to `target` so many times, each time to a folder of its own; return `target`."""
    for number in range(times):
        for file in reports(folder):
            place = target / str(number) / file.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    return target
