"""Tell the lines that official documents have around their text: number, addressees, signature, copies, attachments."""

import re
from collections.abc import Iterable

from classifier.documents import line_kinds, numbering
from classifier.documents.numbering import Level
from classifier.patterns import lazy_pattern

_LONGEST_MARK = 300
_OFFICE = "(?:政府|办公室|办公厅|委员会|管委会|办事处|党委|机构|单位|部门|企业|院校|学校|局|厅|委|办|院|处)"
_NUMBER = r"(?:【?发文字号】? ?:? ?)?[\u4e00-\u9fff]{2,14} ?[〔\[(【]\d{4}[〕\])】] ?第?\d{1,4}号"
_ADDRESSEES = (
    rf"(?!各位)(?:[^。;:,、]{{0,6}}各(?!位)|[^。;:,、]{{2,20}}{_OFFICE}[,、])[^。;:]{{0,200}}{_OFFICE}(?:\([^()]*\))?:"
)
_COPIES = r"(?:抄送|抄报|主送|分送)(?:机关|单位)?:.*"
_PRINTED = rf"[^。;:]{{2,40}} ?{line_kinds.DATE} ?印发"
_RELEASE = r"\((?:此件|本件|此文件|本文)[^()。]{1,20}\)"
_HEAD = rf"[^。;:,、]{{2,40}}{_OFFICE}文件"  # the red head of a document
_CONTACT = r"\(?联系(?:人|方式|电话)(?:及(?:联系)?(?:电话|方式))?:[^。;]{2,80}\)?"
_SUBJECTS = "主题词:.{0,60}"
_MARK = lazy_pattern("|".join((_NUMBER, _ADDRESSEES, _COPIES, _PRINTED, _RELEASE, _HEAD, _CONTACT, _SUBJECTS)))
# Most lines have none of these, and looking is faster than the pattern.
_MARK_ENDS, _MARK_STARTS = ("号", ":", "印发", ")", "文件"), ("抄", "主送", "分送", "联系", "主题词")
_END = lazy_pattern(rf"{_PRINTED}|{_RELEASE}|附(?:件|表|录)[\d一二三四五六七八九十]{{0,2}}:?")
_LONGEST_OFFICE, _OFFICE_ENDS = 45, tuple("府室厅会处委构位门业校学局办院")
_SIGNATURE = lazy_pattern(rf"[^。;:,!?]{{2,40}}{_OFFICE}")
_LONGEST_DATE = 14  # characters
_DATE = re.compile(line_kinds.DATE)
_ATTACHMENTS = lazy_pattern(r"附(?:件|表|录):(?: ?1[.、]|$).*")
_ATTACHMENT_NUMBER = lazy_pattern(r"(\d{1,2})[.、]")
_LONGEST_ATTACHMENT = 60
_ISSUED = lazy_pattern(
    r"《([^《》]{4,60})》[^。]{0,8}的?(?:通知|决定|公告|通告|意见)|(?:印发|转发|发布)([^《》。;:]{4,60})的(?:通知|公告|通告)"
)
_ISSUED_KINDS = "办法|规定|规则|细则|条例|制度|措施|目录|名单|(?:任务|责任|职责)?分工(?:表|方案)?|一览表|预案|标准|指南"
_FRONT_TITLE = lazy_pattern(
    rf"(?:关于|[^。;:!,、]{{1,15}}[省市县区州旗镇乡])[^。;:!]{{2,60}}(?:{_ISSUED_KINDS}|函|决定|批复|请示|公报)(?:\([^()]*\))?"
)
_ISSUED_TITLE = lazy_pattern(rf"[^。;:!]{{2,50}}(?:{_ISSUED_KINDS})(?:\([^()]*\))?")


def is_official_mark(line: str) -> bool:
    """Whether a line is a document number, the addressees, copies, the printing note or （此件公开发布）."""
    if not line.endswith(_MARK_ENDS) and not line.startswith(_MARK_STARTS):
        return False
    return len(line) <= _LONGEST_MARK and _MARK.fullmatch(line) is not None


def is_signature(line: str, following: Iterable[str]) -> bool:
    """Whether a line is an office that signs, with the date in the next line or behind other offices.

    following: the next lines.
    """
    if not _is_office(line):
        return False
    for later in following:
        if len(later) <= _LONGEST_DATE and _DATE.fullmatch(later):
            return True
        if not _is_office(later):
            return False
    return False


def _is_office(line: str) -> bool:
    if len(line) > _LONGEST_OFFICE or not line.endswith(_OFFICE_ENDS):  # which is faster than the pattern
        return False
    return _SIGNATURE.fullmatch(line) is not None and numbering.numbering_of(line) is None


def ends_document(line: str) -> bool:
    """Whether an issued document may begin after a line: （此件公开发布）, a bare 附件 1 or the printing note."""
    return len(line) <= _LONGEST_MARK and _END.fullmatch(line) is not None


def opens_attachments(line: str) -> bool:
    """Whether a line begins the list of attachments, as 附件：1．重点项目清单 does."""
    return line.startswith("附") and len(line) <= _LONGEST_ATTACHMENT and _ATTACHMENTS.fullmatch(line) is not None


def is_attachment(line: str) -> bool:
    """Whether a line can be a later one of the list of attachments."""
    own = numbering.numbering_of(line)
    short = own is not None and own.level is Level.NUMBER and len(line) <= _LONGEST_ATTACHMENT
    return short and not line_kinds.ends_in_punctuation(line)


def issued_name(title: str) -> str | None:
    """Return the name of what a notice issues, which stands in 《》 in its title, else None.

    >>> issued_name("北溪镇人民政府关于印发《北溪镇防汛预案》的通知")
    '北溪镇防汛预案'
    """
    match = _ISSUED.search(title)
    return match[1] or match[2] if match else None


def is_front_title(line: str) -> bool:
    """Whether a line before all text is the title of a document that is no report: a letter, measures, rules."""
    return _FRONT_TITLE.fullmatch(line) is not None


def is_issued_title(line: str) -> bool:
    """Whether a line after the end of a notice is the title of what it issues."""
    if not line_kinds.could_be_title(line) or line_kinds.is_other(line):
        return False
    return line_kinds.is_title(line) or _ISSUED_TITLE.fullmatch(line) is not None
