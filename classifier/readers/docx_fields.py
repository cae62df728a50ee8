"""Fields of Word, such as cross-references: which of their runs are code, and which the result that is shown."""

from collections import Counter

from lxml import etree

from classifier.readers.docx_xml import word_name

_DELETED = {word_name("w:del"), word_name("w:moveFrom")}
FIELD_MARK, _KIND = word_name("w:fldChar"), word_name("w:fldCharType")


class OpenFields:
    """Fields that have begun and not ended, and whether what is read now is the code of one of them."""

    def __init__(self, parent: etree._Element) -> None:
        """Begin what stands below an element; where fields are not whole, code and result cannot be told apart."""
        kinds = Counter(mark.get(_KIND) for mark in parent.iter(FIELD_MARK) if not _is_deleted(mark))
        self.whole = kinds["begin"] == kinds["end"]
        self.has_result: list[bool] = []  # for each open field, whether its code is over
        self.codes = 0  # how many of them are at their code

    def read(self, mark: etree._Element) -> None:
        """Go past a mark of a field."""
        kind = mark.get(_KIND) if self.whole else None
        if kind == "begin":
            self.has_result.append(False)
            self.codes += 1
        elif kind == "separate" and self.has_result:
            self.codes -= not self.has_result[-1]
            self.has_result[-1] = True
        elif kind == "end" and self.has_result:
            self.codes -= not self.has_result.pop()


def _is_deleted(mark: etree._Element) -> bool:
    run = mark.getparent()
    above = None if run is None else run.getparent()
    return above is not None and above.tag in _DELETED
