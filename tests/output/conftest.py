"""What the tests of output share: a small report, and what the small model makes of it."""

import pytest

from classifier.documents.parse import from_text
from classifier.model.model import Model
from classifier.records import Document, Prediction


@pytest.fixture(scope="session")
def report() -> Document:
    return from_text("各位代表：\n一、粮食总产达到9万吨\n新建小学5所，增加学位200个。改造国道30公里。\n", "某县.txt")


@pytest.fixture(scope="session")
def predictions(report: Document, small_model: Model) -> list[Prediction]:
    return small_model.predict(report)


@pytest.fixture(scope="session")
def rows(report: Document, predictions: list[Prediction]) -> list[tuple[str, Prediction]]:
    return [(report.name, prediction) for prediction in predictions]
