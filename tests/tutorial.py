"""Run the commands of a tutorial and write their output into it: `python -m tests.tutorial [PAGE…]`.

Commands stand in blocks that begin with ```console, a line for each, after a dollar sign; below each stands what it
tells, on both streams, long output with its beginning and end alone. They run one after the other in a new folder with
the files of seeds/retraining.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import PROJECT

PAGES = [PROJECT / "docs" / "retraining.md", PROJECT / "docs" / "retraining.zh-CN.md"]
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_BEGINNING, _END = 16, 6  # lines that are shown of long output
LANGUAGES = {"retraining.md": "en", "retraining.zh-CN.md": "zh"}


def written_anew(page: Path) -> str:
    """Return a page with what its commands tell now."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder, "reports")
        shutil.copytree(PROJECT / "seeds" / "retraining", here)
        places = [here]
        return BLOCK.sub(lambda block: _run_block(block[0], places, page), text)


def _run_block(block: str, places: list[Path], page: Path) -> str:
    """Run the commands of a block, in the folder where the last one ended."""
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            shown.append(line)
            shown += _shortened(_run(line[2:], places, page).splitlines())
    return "\n".join(shown) + "\n"


def _run(line: str, places: list[Path], page: Path) -> str:
    """Return what a command tells. Raises AssertionError where it fails."""
    words = shlex.split(line)
    if words[0] == "cd":
        places.append((places[-1] / words[1]).resolve())
        return ""
    if words[0] in {"cp", "mv"}:
        shutil.copyfile(places[-1] / words[1], places[-1] / words[2])
        return ""
    if words[0] == "echo":  # the only command that writes by >>
        text, mark, name = words[1], words[-2], words[-1]
        assert mark == ">>"
        with (places[-1] / name).open("a", encoding="utf-8") as stream:
            stream.write(text.replace("\\n", "\n") + "\n")
        return ""
    assert words[0] == "classify", line
    lang = LANGUAGES[page.name]
    own = {"PYTHONPATH": str(PROJECT), "CLASSIFY_USER": "li", "LANGUAGE": lang, "LC_ALL": "C.UTF-8"}
    environment = {**os.environ, **own}
    done = subprocess.run(
        [sys.executable, "-m", "classifier", *words[1:]],
        cwd=places[-1],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return _lasting(done.stdout)


def _lasting(text: str) -> str:
    """Return output without what is another each time: times and hashes of the day."""
    text = re.sub(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", "2026-01-01 09:00", text)
    return re.sub(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12}\b", "0123456789ab", text)


def _shortened(lines: list[str]) -> list[str]:
    if len(lines) <= _BEGINNING + _END + 1:
        return lines
    return [*lines[:_BEGINNING], "…", *lines[-_END:]]


def main() -> None:
    """Write the pages that are named, or both, anew."""
    for page in [Path(name) for name in sys.argv[1:]] or PAGES:
        page.write_text(written_anew(page), encoding="utf-8")


if __name__ == "__main__":
    main()
