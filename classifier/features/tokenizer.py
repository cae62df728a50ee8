"""Text to words, by jieba's dictionary without its hidden Markov model; rjieba does the same, faster."""

import re
from collections.abc import Callable, Mapping
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import Any

# Runs of what jieba's patterns treat as words; the rest cuts, in both engines alike.
NOT_WORD = re.compile(r"[^\u4e00-\u9fd5a-z0-9+#&._%\-]+")
NUMBER_PATTERN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
MASK = "0"

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
    """Return the reference cutter."""
    tokenizer = jieba_with(words)
    return lambda text: list(tokenizer.cut(text, HMM=False))


def rjieba_tokenizer(words: Mapping[str, int]) -> Tokenize:
    """Return the fast cutter. Raises ImportError where rjieba has no wheel."""
    tokenizer = _rjieba().Jieba()
    for word, frequency in words.items():
        tokenizer.add_word(word, frequency, None)
    return lambda text: tokenizer.cut(text, False)


def _rjieba() -> Any:
    """Return rjieba's compiled part alone: importing the package loads a dictionary that nobody here would use."""
    package = find_spec("rjieba")
    compiled = package and PathFinder.find_spec("rjieba", package.submodule_search_locations)
    if compiled is None or compiled.loader is None:
        raise ImportError("rjieba is not installed")
    module = module_from_spec(compiled)
    compiled.loader.exec_module(module)
    return module


def load_tokenizer(words: Mapping[str, int]) -> Tokenize:
    """Return the fastest cutter there is; all of them cut alike."""
    try:
        return rjieba_tokenizer(words)
    except ImportError:
        return jieba_tokenizer(words)


def segments(plain: str, mask_numbers: bool) -> list[str]:
    """Return the runs of word characters of a plain sentence, lower case, numbers masked as 0.

    >>> segments("投资80.5亿元,GDP增长7%。", True)
    ['投资0亿元', 'gdp增长0']
    """
    text = plain.lower()
    if mask_numbers:
        text = NUMBER_PATTERN.sub(MASK, text)
    return [run for run in NOT_WORD.split(text) if run]
