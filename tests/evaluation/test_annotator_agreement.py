from pathlib import Path

from classifier.evaluation.annotator_agreement import READINGS, measure_annotator_agreement
from tests.conftest import labelled_rows, write_rows

AREAS = ("farms", "schools", "roads")


def test_two_readings_are_compared_by_paragraphs(tmp_path: Path) -> None:
    assert measure_annotator_agreement(tmp_path, AREAS) is None
    for name in READINGS:
        write_rows(tmp_path / name, labelled_rows(2))
    found = measure_annotator_agreement(tmp_path, AREAS)
    assert found is not None
    assert found.macro == 1
