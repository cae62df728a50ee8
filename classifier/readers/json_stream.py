"""Read JSON values one after another from a stream, however long the list is that they stand in."""

import codecs
import json
from typing import Any, BinaryIO

from classifier.errors import DocumentError
from classifier.messages import message
from classifier.readers.raw import LONGEST_FIELD

_CHUNK = 1 << 18  # bytes that are read at a time
_BLANKS = " \t\r\n\ufeff"
_NEAR_THE_END = 12  # characters: a word or escape that is cut off by the end of what was read so far


class JsonStream:
    """The text of a JSON file, of which a part is in memory; values are read by the standard library."""

    def __init__(self, stream: BinaryIO, place: str) -> None:
        """Read from a stream of bytes. place: what the file is called in messages."""
        self.stream, self.place = stream, place
        self.text, self.at, self.ended = "", 0, False
        self.line = 1  # of the beginning of `text`
        self.utf8 = codecs.getincrementaldecoder("utf_8")()
        self.json = json.JSONDecoder()

    def peek(self) -> str:
        """Return the next character that is no blank, without going past it; an empty text at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _BLANKS:
                    return self.text[self.at]
                self.at += 1
            if not self._more():
                return ""

    def skip(self, expected: str) -> None:
        """Go past the next character. Raises DocumentError where it is another than the expected one."""
        if self.peek() != expected:
            raise self._broken(message("{character} expected", character=expected), self.at)
        self.at += 1

    def value(self) -> Any:
        """Return the next value and go past it. Raises DocumentError where there is no whole one."""
        self._forget()
        self.peek()
        value, self.at = self._decoded()
        return value

    def first_of_list(self) -> Any:
        """Return the first element of the list that comes next, without going past anything; None for an empty one."""
        self._forget()
        start = self.at
        self.skip("[")
        value = None if self.peek() in ("", "]") else self._decoded()[0]
        self.at = start
        return value

    def _decoded(self) -> tuple[Any, int]:
        """Return the value that begins here, and the place behind it."""
        while True:
            try:
                value, end = self.json.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self._is_wrong(error) or not self._more():
                    raise self._broken(error.msg, error.pos) from error
            except (ValueError, RecursionError) as error:  # numbers of thousands of digits, a thousand lists in lists
                raise self._broken(str(error), self.at) from error
            else:
                if end < len(self.text) or not self._more():  # a number may go on in the next part
                    return value, end

    def _is_wrong(self, error: json.JSONDecodeError) -> bool:
        """Whether an error is one of the text, and not of its being cut off where the part in memory ends."""
        return not error.msg.startswith("Unterminated string") and error.pos < len(self.text) - _NEAR_THE_END

    def _more(self) -> bool:
        """Add the next part of the file to the text; return whether there was one."""
        waiting = len(self.text) - self.at
        if waiting > LONGEST_FIELD:
            raise self._broken(message("longer than {n} million characters", n=LONGEST_FIELD >> 20), self.at)
        data = b"" if self.ended else self.stream.read(max(_CHUNK, waiting))
        self.ended = not data
        try:
            self.text += self.utf8.decode(data, final=self.ended)
        except UnicodeDecodeError as error:
            raise DocumentError(message("{place}: not UTF-8; save the file in UTF-8", place=self.place)) from error
        return bool(data)

    def _forget(self) -> None:
        """Drop the text that is done, if it is much."""
        if self.at > _CHUNK:
            self.line += self.text.count("\n", 0, self.at)
            self.text, self.at = self.text[self.at :], 0

    def _broken(self, why: str, at: int) -> DocumentError:
        return DocumentError(
            message(
                "{place}: line {line}: not whole JSON ({error}); mend it, or save the table as CSV",
                place=self.place,
                line=self.line + self.text.count("\n", 0, at),
                error=why,
            )
        )
