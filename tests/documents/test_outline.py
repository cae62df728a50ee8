from classifier.documents.numbering import Level
from classifier.documents.outline import Outline


def test_a_heading_ends_those_of_its_own_and_deeper_levels() -> None:
    outline = Outline()
    outline.open(Level.SECTION, "一、")
    outline.open(Level.NUMBER, "1.")
    assert outline.above() == ("一、", "1.")
    outline.open(Level.SUBSECTION, "(一)")
    assert outline.above() == ("一、", "(一)")
    outline.open(Level.SECTION, "二、")
    assert outline.above() == ("二、",)
    outline.close()
    assert outline.above() == ()
