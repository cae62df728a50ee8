"""Markdown to its lines: the text without marks, headings with their levels, tables row by row."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.encoding import decode
from classifier.readers.heading_ranks import ranked_headings
from classifier.readers.lines import CountKind, DocumentLines, Place, RawLine
from classifier.readers.markdown_inline import inline_lines, markup_lines
from classifier.readers.markdown_source import has_marks, markdown_source, without_escapes
from classifier.readers.text import read_plain_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LARGEST_MARKDOWN = 20 << 20  # bytes; a report of 300 pages has less than two million
_DEEPEST = 100  # quotations and lists within each other; the parser leaves out what is deeper
_LONGEST_HEADING = 60  # characters; what is longer and stands over a line of --- is a paragraph, and that only divides


def read_markdown(data: bytes, place: str) -> DocumentLines:
    """Return the lines of a Markdown file; one without marks of Markdown is read as plain text.

    Counts of the receipt: front_matter, bullets, table_rows, notes, deleted_revisions (~~text~~), lines_joined, markup
    (pieces of HTML); for plain text those of `read_plain_text`. Raises DocumentError where the bytes are no text or
    too many.
    """
    if len(data) > LARGEST_MARKDOWN:
        raise DocumentError(
            message(
                "{place}: a Markdown file of more than {most} MB; divide it", place=place, most=LARGEST_MARKDOWN >> 20
            )
        )
    text, note = decode(data, place)
    notes = [note] if note else []
    source = markdown_source(text)
    counts: Counter[CountKind] = Counter()
    if not has_marks(source.text):
        plain = read_plain_text(without_escapes(source.text).encode("utf-8", "replace"), place)
        found = list(plain.lines)
        counts.update({CountKind(kind): n for kind, n in plain.counts.items()})
        notes += plain.notes
    else:
        tokens = _parser().parse(source.text)
        if max((token.level for token in tokens), default=0) >= _DEEPEST - 1:
            raise DocumentError(
                message(
                    "{place}: its lists or quotations stand too deep in each other; copy its text into a new file",
                    place=place,
                )
            )
        found = ranked_headings(_Blocks(counts).read(tokens))
    found += [RawLine(line, 0, Place.NOTE) for line in map(_plain, source.notes) if line]
    counts[CountKind.FRONT_MATTER] += source.has_front_matter
    counts[CountKind.NOTES] += len(source.notes)
    numbered = tuple(line._replace(number=i) for i, line in enumerate(found, start=1))
    return DocumentLines(numbered, tuple(notes), counts={kind: n for kind, n in sorted(counts.items()) if n})


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    return parser.disable("code")  # which blanks before the paragraphs of a Chinese text would make of them


def _plain(text: str) -> str:
    lines = inline_lines(_parser().parseInline(text)[0], Counter())
    return "".join(line.text for line in lines)


class _Blocks:
    """Makes lines of the blocks that the parser found, in order."""

    def __init__(self, counts: Counter[CountKind]) -> None:
        self.counts = counts
        self.lines: list[RawLine] = []
        self.level: int | None = None  # of the heading that is read
        self.lists: list[Iterator[str]] = []  # the numbers of each open list that are still to come
        self.number = ""  # of a list, for the next line
        self.row: list[str] | None = None

    def read(self, tokens: "list[Token]") -> list[RawLine]:
        """Return the lines of a file."""
        for at, token in enumerate(tokens):
            kind = token.type
            if kind == "heading_open":
                underlined = token.markup in ("-", "=")
                self.level = None if underlined and _is_text(tokens[at + 1].content) else int(token.tag[1])
            elif kind == "heading_close":
                self.level = None
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.lists.append(_numbers(tokens, at) if kind == "ordered_list_open" else iter(()))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif kind == "list_item_open":
                self.number = next(self.lists[-1], "")
                self.counts[CountKind.BULLETS] += not self.number
            elif kind == "list_item_close":
                self.number = ""
            elif kind == "tr_open":
                self.row = []
            elif kind == "tr_close":
                self._end_row()
            elif kind == "inline":
                self._inline(token)
            elif kind == "fence":
                self.lines += (RawLine(line.strip(), 0) for line in token.content.splitlines() if line.strip())
            elif kind == "html_block":
                self.counts[CountKind.MARKUP] += 1
                self.lines += markup_lines(token.content, self.counts)
        return self.lines

    def _inline(self, token: "Token") -> None:
        if self.row is not None:
            self.row.append(" ".join(line.text for line in inline_lines(token, self.counts)))
            return
        found = inline_lines(token, self.counts)
        for line in found:
            level = self.level if line.place is Place.BODY else None
            self.lines.append(line._replace(text=self.number + line.text, level=level))
            self.number = ""

    def _end_row(self) -> None:
        cells, self.row = self.row or [], None
        if any(cells):
            self.lines.append(RawLine("\t".join(cells), 0, Place.TABLE))
            self.counts[CountKind.TABLE_ROWS] += 1


def _is_text(content: str) -> bool:
    return len(content) > _LONGEST_HEADING or "\n" in content or content.rstrip().endswith(("。", "；", "！", "："))


def _numbers(tokens: "list[Token]", at: int) -> Iterator[str]:
    """Yield the numbers of the list that begins at a token, as typed; counted where all are typed alike, 1. 1. 1."""
    level = tokens[at].level
    items = []
    for token in tokens[at + 1 :]:
        if token.level <= level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            items.append(token)
    alike = len({token.info for token in items}) == 1
    for n, token in enumerate(items):
        yield f"{int(token.info) + n if alike else token.info}{token.markup} "
