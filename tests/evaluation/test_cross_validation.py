from pathlib import Path

from classifier.evaluation.cross_validation import cross_validate, folds_of
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import load_labels
from classifier.settings import Settings
from classifier.training.train import train_model
from tests.conftest import labels_folder


def test_cross_validation_never_sees_the_report_it_tags(tmp_path: Path) -> None:
    """Each report has two words of its own, one of which means schools; who has not seen it cannot tell them apart."""
    rows: list[dict[str, object]] = []
    for r in range(6):
        for p in range(8):
            word = chr(0x4E00 + 20 * r + p % 2) * 3
            sentence = {"text": f"{word}。", "areas": ["schools"] if p % 2 else []}
            rows.append({"id": f"{r}-{p}", "report": f"r{r}", "sentences": [sentence]})
    labels = load_labels([labels_folder(tmp_path / "labels", rows)])
    areas, options = labels.taxonomy.areas, Settings(min_sentences=1, min_reports=1)
    counted = count_labels(labels.examples, areas, {}, options)
    schools = labels.taxonomy.ids.index("schools")
    fitted = train_model(counted, areas, {}, options).model.tag_counted(counted).paragraphs >= Settings.threshold
    assert (fitted[:, schools] == counted.targets[:, schools]).all()
    predictions, _ = cross_validate(counted, areas, {}, folds_of(counted, 6, 0), options)
    assert (predictions.truth == counted.targets).all()
    by_report = predictions.predicted[:, schools].reshape(6, 8)
    assert all(row.all() or not row.any() for row in by_report)
