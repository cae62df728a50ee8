"""What the kernel is given at each call is checked; that its scores are right is in tests/model/test_kernel_scores."""

from typing import Any

import numpy as np
import pytest

from classifier import compiled
from tests.kernel.tables import AREAS, build

TEXT = "\n建设\n".encode("utf-16-le")
TOKENS = ["\n", "建设", "\n"]


def score(tables: object, tokens: list[Any], text: bytes, shape: tuple[int, ...] = (1, AREAS)) -> Any:
    whole, best = np.zeros(shape), np.zeros(shape)
    compiled.kernel.score(tables, tokens, text, whole, best)
    return whole, best


@pytest.mark.parametrize(
    "tokens", [["\n", "建设"], [*TOKENS, "\n"], ["\n", "", "建设", "\n"], [], ["\n建设\n", "\n"], ["\n" * 2**20]]
)
def test_tokens_of_another_text_are_refused(tokens: list[str]) -> None:
    with pytest.raises(ValueError, match="do not make up the text"):
        score(build(), tokens, TEXT)


def test_tokens_that_are_no_text_are_refused() -> None:
    with pytest.raises(TypeError):
        score(build(), ["\n", 3, "\n"], TEXT)


@pytest.mark.parametrize("shape", [(2, AREAS), (1, AREAS - 1), (0, AREAS)])
def test_arrays_of_another_shape_are_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not of the sentences and areas"):
        score(build(), TOKENS, TEXT, shape)
    whole = np.zeros((1, AREAS))
    with pytest.raises(ValueError, match="not of the sentences and areas"):
        compiled.kernel.score(build(), TOKENS, TEXT, whole, np.zeros(shape))


@pytest.mark.parametrize("text", ["", "建设", "\n建设", "建设\n"])
def test_text_without_line_ends_around_it_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no prepared text"):
        score(build(), [text] if text else [], text.encode("utf-16-le"))


def test_an_array_that_cannot_be_written_is_refused() -> None:
    fixed = np.zeros((1, AREAS))
    fixed.flags.writeable = False
    with pytest.raises((ValueError, BufferError, TypeError)):
        compiled.kernel.score(build(), TOKENS, TEXT, fixed, np.zeros((1, AREAS)))


@pytest.mark.parametrize("tables", [None, object(), np.zeros(3)])
def test_what_is_no_model_is_refused(tables: object) -> None:
    with pytest.raises(ValueError, match="PyCapsule"):
        score(tables, TOKENS, TEXT)


@pytest.mark.parametrize("tokens", [["\n建设\n"], ["\n建", "设\n"], list("\n建设\n")])
def test_tokens_across_line_ends_do_no_harm(tokens: list[str]) -> None:
    whole, best = score(build(), tokens, TEXT)
    assert np.isfinite([whole, best]).all()


def test_any_characters_do_no_harm() -> None:
    """Signs that no prepared text has, and every character of the basic plane."""
    text = "\n" + "".join(chr(c) for c in range(1, 0x10000) if c != 10 and not 0xD800 <= c < 0xE000) + "\n"
    whole, best = score(build(), ["\n", text[1:-1], "\n"], text.encode("utf-16-le"))
    assert np.isfinite([whole, best]).all()


def test_no_sentence_has_no_score() -> None:
    whole, _ = score(build(), ["\n"], "\n".encode("utf-16-le"), (0, AREAS))
    assert whole.shape == (0, AREAS)
