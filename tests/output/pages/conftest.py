from collections.abc import Callable
from typing import Any

import pytest

from classifier.analysis.carrying_words import with_carrying_words
from classifier.documents.parse import from_text
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.pages.report_data import report_data

Report = Callable[..., dict[str, Any]]


@pytest.fixture
def options(small_model: Model) -> OutputOptions:
    return OutputOptions(small_model.areas, "zh")


@pytest.fixture
def report(small_model: Model, options: OutputOptions) -> Report:
    """What a page shows of a text, as a report of a name."""

    def of(text: str, name: str = "report.txt", lang: str = "zh") -> dict[str, Any]:
        predictions = with_carrying_words(small_model, small_model.predict(from_text(text)))
        return report_data(name, predictions, OutputOptions(options.areas, lang))

    return of
