"""HTML: one self-contained page for a report or for all reports, or a folder with an index and a page for each."""

import shutil
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import ClassVar

import orjson

from classifier.output.predictions.output_format import OutputFormat
from classifier.records import Prediction


class HtmlFormat(OutputFormat):
    """Pages for a browser; what waits for the last step is one line of JSON for each report."""

    for_stdout: ClassVar[bool] = False
    wants_words: ClassVar[bool] = True
    into_folder: ClassVar[bool] = True

    def encode(self, rows: Iterable[tuple[str, Prediction]]) -> bytes:
        """Return one line for each report, with what its page shows."""
        from classifier.output.pages.report_data import report_data

        reports = (
            report_data(name, [prediction for _, prediction in group], self.options)
            for name, group in groupby(rows, key=lambda row: row[0])
        )
        return b"".join(orjson.dumps(report, option=orjson.OPT_APPEND_NEWLINE) for report in reports)

    def finish(self, part: Path, new: Path) -> Path:
        """Write all reports to `new`: a page, or a folder where the output is to be one."""
        from classifier.output.pages.pages import one_page

        with part.open("rb") as lines:
            reports = [orjson.loads(line) for line in lines]
        new.write_text(one_page(reports, self.options, self._about()), encoding="utf-8")
        return new

    def finish_folder(self, part: Path, new: Path) -> Path:
        """Write `new`, a folder with index.html and a page for each report; one report is in memory at a time."""
        from classifier.output.pages.pages import INDEX, file_names, index_page, report_page

        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        about = self._about()
        with part.open("rb") as lines:
            pages = file_names([orjson.loads(line)["name"] for line in lines])
        rows = []
        with part.open("rb") as lines:
            for line, page in zip(lines, pages, strict=True):
                report = orjson.loads(line)
                (new / page).write_text(report_page(report, self.options, about), encoding="utf-8")
                kept = {key: value for key, value in report.items() if key not in ("paragraphs", "outline", "doubtful")}
                rows.append({**kept, "link": page})
        (new / INDEX).write_text(index_page(rows, self.options, about), encoding="utf-8")
        return new

    def _about(self) -> str:
        """Return what stands at the foot of each page: what made it, and what was read."""
        return " · ".join([self.options.about_line, *self.read])
