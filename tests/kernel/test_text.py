"""The kernel's characters, numbers and pauses are those of characters.py, from which its header was made."""

from hypothesis import given
from hypothesis import strategies as st

from classifier import compiled
from classifier.characters import BASIC, EDGE, MASK, NOT_WORD, NUMBER_PATTERN, PAUSE
from tests.strategies import normalized

CLAUSE = "\t"  # what stands for a pause in prepared text


def prepared(text: str, mask: bool) -> str:
    return compiled.kernel.prepare(text.encode("utf-32-le", "surrogatepass"), mask).decode("utf-16-le", "surrogatepass")


def test_each_character_is_a_word_character_here_if_it_is_one_there() -> None:
    small = [c for c in map(chr, range(BASIC)) if not "A" <= c <= "Z"]
    assert prepared("".join(small), False).replace("\n", CLAUSE) == "".join(
        c if not NOT_WORD.match(c) else CLAUSE if c == "\n" or PAUSE.match(c) else " " for c in small
    )
    assert prepared("ABCXYZ", False) == "abcxyz"
    assert prepared(EDGE + "\U00020000", False) == "  "


@given(normalized, st.booleans())
def test_numbers_and_pauses_are_those_of_the_patterns(sentence: str, mask: bool) -> None:
    text = "".join(c.lower() if c.isascii() else c for c in sentence)
    masked = NUMBER_PATTERN.sub(MASK, text) if mask else text
    pauses = {match.start() for match in PAUSE.finditer(masked)}
    assert prepared(sentence, mask) == "".join(
        c if c == "\n" or not NOT_WORD.match(c) else CLAUSE if i in pauses else " " for i, c in enumerate(masked)
    )
