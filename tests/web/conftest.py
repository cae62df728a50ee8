"""What the tests of the web room share: a workspace, and a label page of it that answers in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from classifier.messages import spoken
from classifier.model.model import Model
from classifier.web.review_app import ReviewServer
from classifier.web.review_data import ReviewQuestion
from classifier.web.review_files import ReviewFiles
from classifier.web.review_labels import ReviewLabels
from classifier.web.sessions import Sessions
from classifier.workspace.place import Workspace, init_workspace
from tests.conftest import AREAS

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
REPORT = "一、工作回顾\n招聘教师30名，教育质量提升。改造国道30公里。\n粮食总产达到20万吨。\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace whose areas are those of the small model."""
    made = init_workspace(tmp_path / "own")
    rows = [f'[[areas]]\nid = "{a.id}"\nzh = "{a.zh}"\nen = "{a.en}"\ndefinition = "关于{a.zh}"\n' for a in AREAS]
    made.taxonomy_file.write_text("own_areas_alone = true\n" + "\n".join(rows), encoding="utf-8")
    return made


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    place = tmp_path / "某县.txt"
    place.write_text(REPORT, encoding="utf-8")
    return place


class ReviewPage:
    """A label page of this process: its server, and clients that have entered, or not."""

    def __init__(self, server: ReviewServer, announced: list[str]) -> None:
        self.server, self.announced = server, announced
        self.sessions = server.sessions
        self.app = server.app()

    def stranger(self) -> TestClient:
        """A client without a cookie."""
        return TestClient(self.app, base_url=HERE, headers={"origin": HERE})

    def client(self) -> TestClient:
        """A client that has used a token."""
        client = self.stranger()
        assert client.get(f"/?token={self.sessions.token}").status_code == 200
        return client


@pytest.fixture
def review_page(workspace: Workspace, small_model: Model) -> Iterator[Callable[..., ReviewPage]]:
    """Make the label page of a path, asking about some areas."""

    def made(path: Path, areas: str = "farms schools roads", lang: str = "en") -> ReviewPage:
        announced: list[str] = []
        question = ReviewQuestion(tuple(a for a in AREAS if a.id in areas.split()), lang)
        files = ReviewFiles(path, small_model, [a.id for a in AREAS])
        server = ReviewServer(files, ReviewLabels(workspace), question, Sessions(announced.append), PORT)
        return ReviewPage(server, announced)

    with spoken("en"):
        yield made


Verdict = dict[str, object]


def verdict(client: TestClient, position: int, *areas: str, sentence: int | None = None, since: int = 0) -> Verdict:
    """What the page sends of a paragraph."""
    paragraph = client.get("/api/reports/0").json()["paragraphs"][position]
    row = {"report": 0, "position": position, "id": paragraph["id"], "sentence": sentence}
    return {**row, "areas": list(areas), "since": since}
