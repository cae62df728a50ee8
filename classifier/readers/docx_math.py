"""Formulas of Word to text in one line."""

from lxml import etree

from classifier.readers.docx_xml import word_name

FORMULAS = {word_name("m:oMath"), word_name("m:oMathPara")}
_DELETED = {word_name("w:del"), word_name("w:moveFrom")}
_TEXT, _FRACTION = word_name("m:t"), word_name("m:f")
_OVER, _UNDER = word_name("m:num"), word_name("m:den")


def formula_text(node: etree._Element) -> str:
    """Return the text of a formula in one line: a fraction as 1/2."""
    if node.tag == _TEXT:
        return node.text or ""
    if node.tag in _DELETED or str(node.tag).endswith("Pr"):
        return ""
    if node.tag == _FRACTION:
        over, under = node.find(_OVER), node.find(_UNDER)
        if over is not None and under is not None:
            return f"{formula_text(over)}/{formula_text(under)}"
    return "".join(map(formula_text, node))
