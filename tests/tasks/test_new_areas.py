"""An area that a user added is tagged after a sample was checked, and not before."""

from pathlib import Path

import orjson
import pytest

from classifier.documents.structure import single_paragraph
from classifier.errors import ClassifierError
from classifier.model.bundle import load_model
from classifier.records import Prediction
from classifier.tasks.new_areas import draw_sample, sample_result, use_area
from classifier.tasks.retrain import retrain
from classifier.workspace.label_log import append_labels
from classifier.workspace.place import Workspace, init_workspace
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from classifier.workspace.versions import use_version, used_model

AREA = "borderland"
TEXTS = ("加强边境管控{n}公里，护边员队伍和边民生产生活条件改善。", "粮食播种面积稳定在{n}万亩，高标准农田建设加快。")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = init_workspace(tmp_path_factory.mktemp("own"))
    workspace.settings_file.write_text("[training]\nmin_sentences = 2\nmin_reports = 2\nfolds = 3\n", encoding="utf-8")
    workspace.taxonomy_file.write_text(
        f'[[areas]]\nid = "{AREA}"\nzh = "边境与民族事务"\nen = "Borderland"\n', encoding="utf-8"
    )
    rows = []
    for n in range(24):
        for has, text in zip((True, False), TEXTS, strict=True):
            filled = text.format(n=n)
            spans = tuple((s.start, s.end) for s in single_paragraph(filled).sentences)
            areas = frozenset({AREA} if has else {"rural_revitalization"})
            verdict = Verdict(areas, frozenset({AREA, "rural_revitalization"}))
            name = f"{n % 6}.txt"
            rows.append(SavedLabel(paragraph_id(name, filled), name, filled, spans, (verdict,)))
    append_labels(workspace, rows, "review")
    assert retrain(workspace, only_mine=True).trial == (AREA,)
    use_version(workspace, "1")
    return workspace


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("".join(TEXTS[0].format(n=100 + n) + "\n" for n in range(40)), encoding="utf-8")
    return path


def tags(workspace: Workspace, text: str) -> Prediction:
    (prediction,) = load_model(used_model(workspace)).predict_paragraphs([single_paragraph(text)])
    return prediction


def test_an_area_is_tagged_once_its_sample_was_checked(trained: Workspace, report: Path) -> None:
    border, field = (text.format(n=500) for text in TEXTS)
    assert AREA not in [a.id for a in tags(trained, border).areas]
    assert [a.id for a in tags(trained, field).areas] == ["rural_revitalization"]
    place, drawn, found = draw_sample(trained, AREA, [report], 30)
    assert (drawn, found) == (30, 40)
    rows = [orjson.loads(line) for line in place.read_bytes().splitlines()]
    assert {tuple(row["about"]) for row in rows} == {(AREA,)}
    with pytest.raises(ClassifierError, match="0 of 0 checked"):
        use_area(trained, AREA)
    answers = [
        SavedLabel(
            paragraph_id(row["document"], row["text"]),
            row["document"],
            row["text"],
            ((0, len(row["text"])),),
            (Verdict(frozenset({AREA} if i >= 3 else set()), frozenset({AREA})),),
        )
        for i, row in enumerate(rows)
    ]
    append_labels(trained, answers[:20], "review")
    with pytest.raises(ClassifierError, match="17 of 20 checked"):  # at least 0.62
        use_area(trained, AREA)
    append_labels(trained, answers[20:], "review")
    result = sample_result(trained, AREA)
    assert (result.drawn, result.answered, result.right) == (30, 30, 27)
    assert result.low == pytest.approx(0.7347, abs=1e-4)  # as R's binom.test(27, 30) says
    assert use_area(trained, AREA).name == "0002"
    assert AREA in [a.id for a in tags(trained, border).areas]


def test_only_added_areas_are_checked(trained: Workspace, report: Path) -> None:
    with pytest.raises(ClassifierError, match="no added area ecology"):
        draw_sample(trained, "ecology", [report])
