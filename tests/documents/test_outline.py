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


def test_a_numbered_paragraph_ends_headings_and_opens_none() -> None:
    outline = Outline()
    for level, text in ((Level.SECTION, "一、"), (Level.UNNUMBERED, "实事"), (Level.ITEM, "一是")):
        outline.open(level, text)
    outline.end_numbered(Level.NUMBER)
    assert (outline.above(), outline.innermost()) == (("一、", "实事"), Level.UNNUMBERED)
    outline.end(Level.SUBSECTION)
    assert outline.above() == ("一、",)
    assert outline.has(Level.SECTION)
    assert not outline.has(Level.UNNUMBERED)
    outline.end(Level.CHAPTER)
    assert (outline.above(), outline.innermost()) == ((), None)
