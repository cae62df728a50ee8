"""Markdown before it is parsed: front matter and notes are taken out; whether it has any mark of Markdown."""

import re
from typing import NamedTuple

_FRONT_MATTER = re.compile(
    r"\s*?(?:---[ \t]*\n(?:(?!---|\.\.\.).{0,1000}\n){0,200}(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?:(?!\+\+\+).{0,1000}\n){0,200}\+\+\+)[ \t]*(?:\n|$)"
)
_FRONT_LINE = re.compile(r"[\w\"' .-]{1,60}[:=].*|\s+.*|-\s.*|#.*|\[.*\]|[\]}]|\s*")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*)")
_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*(?!<?(?:[a-z][a-z+.-]{1,20}:|/|\.|#|www\.|[\w./-]+\.\w{2,5}\b))\S",
    re.IGNORECASE,
)
_REST_OF_NOTE = re.compile(r"(?: {2,}|\t)\S")
_CLOSE_HEADING = re.compile(r"(?m)^( {0,3}#{1,6})(?=[\u3400-\u9fff（(])(?!.*\S#(?:\s|$))")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Numbers at the beginning of lines are no marks: plain text has them, too, and they mean the same.
_MARK = re.compile(
    r"^ {0,3}(?:#{1,6}\s|>|(?!- \d{1,4} -\s*$)[-*+]\s+\S|```|~~~|(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$|\[[^\]\n]{1,200}\]:)"
    r"|^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|"
    r"|\*\*|__|~~|`|\]\(|<(?:/?[a-zA-Z]|!--)|\[\^|&#?\w{1,30};|(?<![\w*])\*[^\s*][^*\n]{0,200}\*|\\$",
    re.MULTILINE,
)


class MarkdownSource(NamedTuple):
    """The text of a Markdown file without front matter and notes, and the texts of its notes."""

    text: str
    notes: list[str]
    has_front_matter: bool


def markdown_source(text: str) -> MarkdownSource:
    """Take front matter (YAML or TOML) and footnotes out of a Markdown text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    front = _FRONT_MATTER.match(text)
    if front and all(_FRONT_LINE.fullmatch(line) for line in front[0].strip().splitlines()[1:-1]):
        text = text[front.end() :]
    else:
        front = None
    notes: list[str] = []
    if "]:" in text:
        text = _without_notes(text, notes)
    return MarkdownSource(_CLOSE_HEADING.sub(r"\1 ", text), notes, front is not None)


def _without_notes(text: str, notes: list[str]) -> str:
    """Return a text without its notes, which go into `notes`: [^1]: and what a parser would take for a link."""
    kept, in_note = [], False
    for line in text.split("\n"):
        if note := _NOTE.fullmatch(line):
            notes.append(note[2].strip())
            in_note = True
        elif _DEFINITION.match(line):
            notes.append(line.strip())
            in_note = False
        elif in_note and _REST_OF_NOTE.match(line):
            notes[-1] += line.strip()
        else:
            in_note = False
            kept.append(line)
    return "\n".join(kept)


def without_escapes(text: str) -> str:
    r"""Return a text with the characters that a backslash stands before.

    >>> without_escapes(r"1\. 修路")
    '1. 修路'
    """
    return _ESCAPE.sub(r"\1", text)


def has_marks(text: str) -> bool:
    """Whether a text has anything of Markdown in it but escapes and numbers at the beginning of lines."""
    return _MARK.search(_ESCAPE.sub("", text)) is not None
