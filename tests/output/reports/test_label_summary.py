import io
from pathlib import Path

from classifier.output.reports.label_summary import print_summary
from classifier.training.training_set import as_training_set


def test_labels_are_counted_by_part_kind_and_area(small_labels: Path) -> None:
    stream = io.StringIO()
    print_summary(as_training_set([small_labels]), "en", stream)
    parts, levels, years, shapes, areas = (b.splitlines() for b in stream.getvalue().strip().split("\n\n"))
    assert parts[1].split() == ["texts", "6", "36", "72"]
    assert levels[1].split() == ["county", "36"]
    assert [line.split() for line in years[1:]] == [["2020-2024", "30"], ["2025-2029", "6"]]
    assert shapes[1].split() == ["none", "36"]
    assert [line.split()[0] for line in areas[1:]] == ["Farms", "Schools", "Roads"]
