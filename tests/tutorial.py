"""Run the commands of a tutorial and write their output into it: `python -m tests.tutorial [PAGE…]`.

Commands stand in blocks that begin with ```console, a line for each, after a dollar sign; below each stands what it
tells, on both streams, long output with its beginning and end alone. They run one after the other in a new folder with
the files of seeds/retraining. `classify review` is served to a headless Chromium, in which the paragraphs of
labelled-2024.jsonl are labelled by keyboard; the keys that were pressed are written between two marks, and the page as
it looked midway is a picture of docs/data. Between two other marks stands the last line of the comparison in words.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from classifier.labelling.taxonomy import load_taxonomy
from classifier.resources import taxonomy_file
from tests.conftest import PROJECT
from tests.web.browser import Browser, chromium
from tests.web.labelling import Labelled, keys_table, label_by_keys, wanted_areas
from tests.web.running import running

PAGES = [PROJECT / "docs" / "retraining.md", PROJECT / "docs" / "retraining.zh-CN.md"]
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_KEYS = re.compile(r"(?<=^<!-- keys -->\n)(?:(?!<!--)[^\n]*\n)*", re.MULTILINE)
CHANGE = re.compile(r"(?<=^<!-- change -->\n)(?:(?!<!--)[^\n]*\n)*", re.MULTILINE)
_PARTS = re.compile(f"{BLOCK.pattern}|{_KEYS.pattern}|{CHANGE.pattern}", re.MULTILINE | re.DOTALL)
MEANS = re.compile(r"^(?:All areas|全部领域平均) .*?([+-]\d\.\d{3}) +(.*?) +\S+$", re.MULTILINE)
_CHANGE_TOLD = {
    "en": "The mean F1 over all areas changes by {} on your own paragraphs and by {} on the shipped ones.\n",
    "zh": "全部领域的平均 F1，在自有段落上变化 {}，在随附段落上变化 {}。\n",
}
_INTERVAL_TOLD = {"en": "{} (95 % interval {})", "zh": "{}（95% 区间 {}）"}
_BEGINNING, _END = 16, 6  # lines that are shown of long output
_MOST_OF_TRAINING = 70  # lines of `classify train`, whose comparison is what the reader came for
_PROGRESS = re.compile(r"^(?:classifiers fitted: |已训练的分类器：)\d+.*\n", re.MULTILINE)
_MIDWAY = 12  # paragraphs labelled when the picture is taken
_WIDTH, _HEIGHT, _COLORS = 1280, 740, 256  # of the picture
LANGUAGES = {"retraining.md": "en", "retraining.zh-CN.md": "zh"}


@dataclass
class _Reader:
    """Somebody who reads a page and does what it says, from a new cache on. place: the folder where they are."""

    lang: str
    place: Path
    cache: Path
    pictures: Path | None
    labelled: list[Labelled] = field(default_factory=list)
    trained: str = ""  # what the last training told

    @property
    def environment(self) -> dict[str, str]:
        own = {"CLASSIFY_USER": "li", "CLASSIFY_CACHE": str(self.cache)}  # a cache moves last decimals
        return {**own, "LANGUAGE": self.lang, "LC_ALL": "C.UTF-8"}


def written_anew(page: Path, pictures: Path | None = None) -> str:
    """Return a page with what its commands tell now. pictures: the folder for pictures of the label page, if wanted."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder, "reports")
        shutil.copytree(PROJECT / "seeds" / "retraining", here)
        reader = _Reader(LANGUAGES[page.name], here, Path(folder, "cache"), pictures)
        return _PARTS.sub(lambda part: _filled(part[0], reader), text)


def _filled(part: str, reader: _Reader) -> str:
    """Run the commands of a block, in the folder where the last one ended; fill in what stands between marks."""
    if not part.startswith("$ "):
        return _change(reader) if reader.trained else keys_table(reader.labelled, reader.lang)
    shown = []
    for line in part.splitlines():
        if line.startswith("$ "):
            shown.append(line)
            words = shlex.split(line[2:])
            told, most = _run(words, reader), _BEGINNING + _END + 1
            if words[:2] == ["classify", "train"]:
                reader.trained, most = told, _MOST_OF_TRAINING
            shown += _shortened(told.splitlines(), most)
    return "\n".join(shown) + "\n"


def _change(reader: _Reader) -> str:
    """Return by how much the last training changed the means, in words."""
    found = MEANS.findall(reader.trained)
    told = [d if "—" in limits else _INTERVAL_TOLD[reader.lang].format(d, limits) for d, limits in found]
    return _CHANGE_TOLD[reader.lang].format(*told)


def _run(words: list[str], reader: _Reader) -> str:
    """Return what a command tells. Raises AssertionError where it fails."""
    if words[0] == "cd":
        reader.place = (reader.place / words[1]).resolve()
        return ""
    if words[0] == "cp":
        shutil.copyfile(reader.place / words[1], reader.place / words[2])
        return ""
    assert words[0] == "classify", words
    if words[1] == "review":
        return _lasting(_review(words[2:], reader))
    done = subprocess.run(
        [sys.executable, "-m", "classifier", *words[1:]],
        cwd=reader.place,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **reader.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return _lasting(done.stdout)


def _review(options: list[str], reader: _Reader) -> str:
    """Label in the page by keyboard, end it by Ctrl-C, and return what its terminal shows."""
    names = {area.id: area.name(reader.lang) for area in load_taxonomy(taxonomy_file()).areas}
    wanted = wanted_areas(reader.place.parent / "labelled-2024.jsonl", names)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,  # Chromium writes to the last
        chromium(Path(profile)) as port,
        running("review", *options, "--no-browser", cwd=reader.place, **reader.environment) as server,
    ):
        tab = Browser(port)
        tab.size(_WIDTH, _HEIGHT)
        tab.open(server.address())
        tab.wait("document.querySelectorAll('#keys kbd').length > 0")
        reader.labelled = label_by_keys(tab, wanted, lambda n: _picture(tab, n, reader))
        tab.close()
        assert server.end(signal.SIGINT) == 0
        server.rest()
        return "".join([*server.lines[:-1], "^C\n", server.lines[-1]])


def _picture(tab: Browser, labelled: int, reader: _Reader) -> None:
    """Take the picture of the page when some paragraphs are labelled, once it shows the words of the next one."""
    if labelled == _MIDWAY and reader.pictures is not None:
        tab.wait("document.querySelectorAll('article.at .ev b').length > 0")
        place = reader.pictures / f"label-page.{reader.lang}.png"
        tab.picture(place)
        Image.open(place).quantize(_COLORS, Image.Quantize.MAXCOVERAGE).save(place, optimize=True)


def _lasting(text: str) -> str:
    """Return output without what is another each time: times, hashes and addresses of the day, and progress."""
    text = re.sub(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", "2026-01-01 09:00", text)
    text = re.sub(r"127\.0\.0\.1:\d+/\?token=[\w-]+", "127.0.0.1:50000/?token=…", text)
    return re.sub(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12}\b", "0123456789ab", _PROGRESS.sub("", text))


def _shortened(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - _END - 1], "…", *lines[-_END:]]


def main() -> None:
    """Write the pages that are named, or both, anew."""
    for page in [Path(name) for name in sys.argv[1:]] or PAGES:
        page.write_text(written_anew(page, page.parent / "data"), encoding="utf-8")


if __name__ == "__main__":
    main()
