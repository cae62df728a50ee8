"""A workspace with two areas of its own and few labels, which trains in a second; and shipped labels of that kind."""

from collections.abc import Iterator
from pathlib import Path

from classifier.documents.structure import single_paragraph
from classifier.workspace.label_log import append_labels
from classifier.workspace.place import Workspace, init_workspace
from classifier.workspace.saved_labels import SavedLabel, Verdict, paragraph_id
from tests.conftest import write_rows

AREAS = frozenset({"ecology", "industry"})
TEXTS = {
    "ecology": "治理河道{n}公里，空气质量优良天数比例提高，新增造林绿化面积。",
    "industry": "规模以上工业企业达到{n}家，制造业技术改造投资增长，新建标准厂房。",
}
SETTINGS = "[training]\nmin_sentences = 2\nmin_reports = 2\nfolds = 3\n"
TAXONOMY = """own_areas_alone = true
[[areas]]
id = "ecology"
zh = "生态"
en = "Ecology"
core = true
[[areas]]
id = "industry"
zh = "工业"
en = "Industry"
"""


def small_workspace(folder: Path) -> Workspace:
    """Return a workspace that knows the areas of AREAS alone."""
    workspace = init_workspace(folder)
    workspace.settings_file.write_text(SETTINGS, encoding="utf-8")
    workspace.taxonomy_file.write_text(TAXONOMY, encoding="utf-8")
    return workspace


def small_shipped_labels(folder: Path) -> Path:
    """Write labels of four documents that stand for the shipped ones, and return their folder."""
    (folder / "paragraphs").mkdir(parents=True)
    (folder / "taxonomy.toml").write_text(TAXONOMY, encoding="utf-8")
    rows: list[dict[str, object]] = [
        {
            "id": f"{document}-{area}",
            "report": f"{document}",
            "level": "county",
            "year": 2020 + document,
            "sentences": [{"text": TEXTS[area].format(n=500 + 10 * document), "areas": [area]}],
        }
        for document in range(4)
        for area in TEXTS
    ]
    write_rows(folder / "paragraphs" / "all.jsonl", rows)
    return folder


def save(workspace: Workspace, documents: range) -> None:
    """Save three labels of each area for each document."""
    append_labels(workspace, [label for d in documents for label in _labels(d)], "review")


def _labels(document: int) -> Iterator[SavedLabel]:
    for area, text in TEXTS.items():
        for n in range(3):
            filled = text.format(n=10 * document + n)
            spans = tuple((s.start, s.end) for s in single_paragraph(filled).sentences)
            name = f"{document}.txt"
            yield SavedLabel(paragraph_id(name, filled), name, filled, spans, (Verdict(frozenset({area}), AREAS),))
