"""Text to words, by jieba's dictionary without its hidden Markov model; rjieba does the same, faster."""

from collections.abc import Callable, Mapping
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any

from classifier.characters import MASK, NOT_WORD, NUMBER_PATTERN

Tokenize = Callable[[str], list[str]]


def jieba_with(words: Mapping[str, int]) -> Any:
    """Return a jieba tokenizer with user words and their frequencies."""
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word, frequency in words.items():
        known = tokenizer.FREQ.get(word, 0)
        tokenizer.add_word(word, frequency)
        tokenizer.total -= known  # jieba counts a known word twice, rjieba does not
    return tokenizer


def jieba_tokenizer(words: Mapping[str, int]) -> Tokenize:
    """Return the tokenizer that the other one is compared with."""
    tokenizer = jieba_with(words)
    return lambda text: list(tokenizer.cut(text, HMM=False))


def rjieba_tokenizer(words: Mapping[str, int]) -> Tokenize:
    """Return the fast tokenizer. Raises ImportError where rjieba has no wheel."""
    tokenizer = _rjieba().Jieba()
    for word, frequency in words.items():
        tokenizer.add_word(word, frequency, None)
    return lambda text: tokenizer.cut(text, False)


def _rjieba() -> Any:
    """Return rjieba's compiled part alone: importing the package would load a dictionary that is not used here."""
    package = find_spec("rjieba")
    compiled = package and PathFinder.find_spec("rjieba", package.submodule_search_locations)
    if compiled is None or compiled.loader is None:
        raise ImportError("rjieba is not installed")
    module = module_from_spec(compiled)
    compiled.loader.exec_module(module)
    return module


def load_tokenizer(words: Mapping[str, int]) -> Tokenize:
    """Return the faster tokenizer of those installed; both give the same words."""
    try:
        return rjieba_tokenizer(words)
    except ImportError:
        return jieba_tokenizer(words)


def segments(sentence: str, mask_numbers: bool) -> list[str]:
    """Return what stands between the punctuation of a normalized sentence, in small letters, numbers masked as 0.

    >>> segments("投资80.5亿元,GDP增长7%。", True)
    ['投资0亿元', 'gdp增长0']
    """
    text = sentence.lower()
    if mask_numbers:
        text = NUMBER_PATTERN.sub(MASK, text)
    return [segment for segment in NOT_WORD.split(text) if segment]
