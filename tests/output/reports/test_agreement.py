import io

from classifier.labelling.agreement import disagreements, measure_agreement
from classifier.output.reports.agreement import print_agreement, print_disagreements

FIRST = {("a", 1): frozenset({"farms"}), ("a", 2): frozenset({"roads"}), ("b", 0): frozenset({"roads"})}
SECOND = {**FIRST, ("a", 2): frozenset[str]()}


def test_agreement_is_printed_for_each_area_and_over_all() -> None:
    stream = io.StringIO()
    print_agreement(measure_agreement(FIRST, SECOND), {"farms": "Farms"}, "en", stream)
    lines = stream.getvalue().splitlines()
    assert lines[0].split() == ["Area", "Kappa", "F1", "Units"]
    assert lines[1].split() == ["Farms", "1.000", "1.000", "1"]
    assert lines[2].split()[0] == "roads"
    assert lines[-1] == "Exactly alike: 0.667"


def test_what_is_undefined_is_a_dash() -> None:
    stream = io.StringIO()
    print_agreement(measure_agreement({("b", 0): FIRST["b", 0]}, FIRST), {}, "zh", stream)
    assert "—" in stream.getvalue()


def test_disagreements_are_listed() -> None:
    stream = io.StringIO()
    print_disagreements(disagreements(FIRST, SECOND), "en", stream)
    assert stream.getvalue() == "\nDisagreements (1)\na/2\troads\t-\n"
