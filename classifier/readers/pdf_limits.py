"""Refuses PDF files that are made to hang or to fill the memory, before pdfium unpacks any page of them.

pdfium unpacks a page in one call that cannot be stopped, so what a page will draw is measured first.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from classifier.readers.limits import LARGEST_DOCUMENT, LARGEST_PAGE, LARGEST_STREAM, MOST_PAGE_TEXT

SMALL_STREAM = 64 << 10  # bytes: the text of smaller ones is not told apart from the rest
DEEPEST_PAGE_TREE = 20
MOST_PACKINGS = 4  # of one stream, each around the next

_STREAM = re.compile(rb"stream\r?\n")
_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10}) \d{1,5} obj\b")
_REFERENCE = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d{1,10}) \d{1,5} R")
_CONTENTS = re.compile(rb"/Contents\s*(?:(\d{1,10}) \d{1,5} R|\[([^\]]*)\])")
_NUMBER = re.compile(rb"(\d{1,10}) \d{1,5} R")
_LENGTH = re.compile(rb"/Length\s*(\d{1,10})( \d{1,5} R)?")
_LONE_NUMBER = re.compile(rb"(?<![0-9])(\d{1,10}) \d{1,5} obj\s{1,4}(\d{1,10})\s{1,4}endobj")
_DO = re.compile(rb"\bDo\b")
_DRAW = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_STRING = re.compile(rb"\([^)]*+\)?|<[0-9A-Fa-f\s]*+>")
_FILTER = re.compile(rb"/(?:Flate|LZW|ASCIIHex|ASCII85|RunLength)Decode|/(?:Fl|LZW|AHx|A85|RL)\b")


class PdfTooLargeError(Exception):
    """A page, stream or document unpacks to more than any document does."""


class _Weight(NamedTuple):
    """How much something draws: bytes of operators, and bytes of strings among them."""

    size: int
    text: int

    def plus(self, other: "_Weight", times: int = 1) -> "_Weight":
        """Add what is drawn so many times."""
        return _Weight(self.size + times * other.size, self.text + times * other.text)


class _Operators(NamedTuple):
    """A stream of drawing operators: its own weight, and how often it draws which name; None for what is unnamed."""

    own: _Weight
    draws: dict[bytes | None, int]


def check_pdf(data: bytes) -> None:
    """Raise PdfTooLargeError if a page of the file draws more than any document does.

    `data` is a file as pdfium saves it: each object by itself, unlocked, and its names spelled in one way.
    """
    objects = dict(_objects(data))
    names = _Names(objects)
    operators = {number: found for number, text in objects.items() if (found := _operators(text)) is not None}
    weights = _weights({number: names.of(objects[number]) for number in operators}, operators)
    document = 0
    for number, text in objects.items():
        page = weights.get(number, _Weight(0, 0))  # of a form that is drawn by a font, maybe
        if contents := _CONTENTS.search(text):
            named = names.of(text)
            for stream in [contents[1]] if contents[1] else _NUMBER.findall(contents[2]):
                if int(stream) in operators:
                    page = page.plus(_weight(operators[int(stream)], named, weights))
            document += page.size
        if page.size > LARGEST_PAGE or page.text > MOST_PAGE_TEXT or document > LARGEST_DOCUMENT:
            raise PdfTooLargeError


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects with their numbers."""
    start = 0
    lengths = {int(number): int(length) for number, length in _LONE_NUMBER.findall(data)}
    while found := _OBJECT.search(data, start):
        end = data.find(b"endobj", found.end())
        stream = _STREAM.search(data, found.end(), max(end, 0))
        if stream is not None:
            end = data.find(b"endobj", stream.end() + _length(data[found.end() : stream.start()], lengths))
        end = len(data) if end < 0 else end
        yield int(found[1]), data[found.end() : end]
        start = end


def _length(head: bytes, lengths: dict[int, int]) -> int:
    """The bytes of a packed stream, by its own word, which may stand in another object."""
    found = _LENGTH.search(head)
    if found is None:
        return 0
    return int(found[1]) if found[2] is None else lengths.get(int(found[1]), 0)


def _operators(text: bytes) -> _Operators | None:
    """Return a stream as what it draws; None for images, fonts and whatever is no stream."""
    found = _STREAM.search(text)
    if found is None:
        return None
    head = text[: found.start()]
    if re.search(rb"/Subtype\s*/Image\b", head):
        return None
    unpacked = _unpacked(text[found.end() :], head)
    is_other = re.search(rb"/Type\s*/(?!XObject)|/Subtype\s*/(?!Form)|/Length1\b", head)
    if is_other and not re.search(rb"/Subtype\s*/Form\b", head):
        return None
    if len(unpacked) > LARGEST_PAGE:
        raise PdfTooLargeError
    strings = len(unpacked)
    if strings > SMALL_STREAM:
        strings = sum(found.end() - found.start() for found in _STRING.finditer(unpacked))
    draws: dict[bytes | None, int] = defaultdict(int)
    for name in _DRAW.findall(unpacked):
        draws[name] += 1
    draws[None] = len(_DO.findall(unpacked)) - sum(draws.values())  # spelled with comments between, say
    return _Operators(_Weight(len(unpacked) + 1, strings), dict(draws))


class _Names:
    """Finds the objects that a page or form names in its resources; resources that many pages share are read once."""

    def __init__(self, objects: dict[int, bytes]) -> None:
        self.objects = objects
        self.shared: dict[int, dict[bytes, int]] = {}

    def of(self, text: bytes) -> dict[bytes, int]:
        """The names with the numbers of their objects; a page may leave them to its parents."""
        named: dict[bytes, int] = {}
        for _ in range(DEEPEST_PAGE_TREE):
            head = _head(text)
            own = _references(head)
            for key in (b"Resources", b"XObject"):
                if key in own:
                    own = self._shared(own[key]) | own
            named = own | named
            if b"/Resources" in head or b"Parent" not in own:
                break
            text = self.objects.get(own[b"Parent"], b"")
        return named

    def _shared(self, number: int) -> dict[bytes, int]:
        if number not in self.shared:
            self.shared[number] = _references(_head(self.objects.get(number, b"")))
        return self.shared[number]


def _references(head: bytes) -> dict[bytes, int]:
    return {name: int(number) for name, number in _REFERENCE.findall(head)}


def _head(text: bytes) -> bytes:
    """The dictionary of an object."""
    found = _STREAM.search(text)
    return text[: found.start()] if found else text


def _unpacked(packed: bytes, head: bytes) -> bytes:
    """Unpack a stream as far as the limit of its size; what is packed otherwise is taken for as large as it is."""
    filters = _FILTER.findall(head)
    if len(filters) > MOST_PACKINGS:
        raise PdfTooLargeError
    for name in filters:
        if name not in (b"/FlateDecode", b"/Fl"):
            return packed
        try:
            packed = zlib.decompressobj().decompress(packed, LARGEST_STREAM + 1)
        except zlib.error:
            return packed
        if len(packed) > LARGEST_STREAM:
            raise PdfTooLargeError
    return packed


def _weights(named: dict[int, dict[bytes, int]], operators: dict[int, _Operators]) -> dict[int, _Weight]:
    """Return what each stream draws with the forms in it, the innermost first; a circle is drawn once."""
    weights: dict[int, _Weight] = {}
    for first in operators:
        waiting = [first]
        opened: set[int] = set()
        while waiting:
            number = waiting[-1]
            below = {n for n in _drawn(operators[number], named[number]) if n in operators and n not in weights}
            if number not in weights and (inner := below - opened) and number not in opened:
                opened.add(number)
                waiting.extend(inner)
                continue
            waiting.pop()
            weights[number] = _weight(operators[number], named[number], weights)
    return weights


def _drawn(stream: _Operators, named: dict[bytes, int]) -> set[int]:
    """The objects that a stream may draw: by their names, or any that it knows where a name is not known."""
    if not any(stream.draws.values()):
        return set()
    if all(name in named for name, times in stream.draws.items() if times):
        return {named[name] for name, times in stream.draws.items() if times and name is not None}
    return set(named.values())


def _weight(stream: _Operators, named: dict[bytes, int], weights: dict[int, _Weight]) -> _Weight:
    total = stream.own
    for name, times in stream.draws.items():
        numbers = [named[name]] if name in named else list(named.values()) if times else []
        total = total.plus(max((weights[n] for n in numbers if n in weights), default=_Weight(0, 0)), times)
    return total
