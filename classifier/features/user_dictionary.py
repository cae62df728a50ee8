"""The user dictionary: policy terms from term files, each with the frequency that makes the tokenizer keep it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from classifier.documents.normalize import normalize_text
from classifier.errors import LabelError
from classifier.features.tokenizer import jieba_with, segments
from classifier.messages import message, system_reason
from classifier.resources import terms_folder
from classifier.settings import Settings

COMMENT = "#"


def read_policy_terms(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the terms of each file `<area>.txt`: one a line, years and remarks after a tab, # for comments.

    Raises LabelError where the folder has no term files or one of them is not UTF-8.
    """
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise LabelError(
            message("{place}: no term files; it needs files such as ecology.txt with a term on each line", place=folder)
        )
    return {file.stem: tuple(_terms(file)) for file in files}


def _terms(file: Path) -> Iterable[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        why = system_reason(error)
        raise LabelError(message("{place}: cannot be opened ({why}); check the path", place=file, why=why)) from error
    except UnicodeDecodeError as error:
        raise LabelError(
            message("{place}: not UTF-8 at byte {n}; save it as UTF-8", place=file, n=error.start)
        ) from error
    for line in text.splitlines():
        term = line.partition("\t")[0].strip()
        if term and not term.startswith(COMMENT):
            yield term


def word_frequencies(words: Iterable[str]) -> dict[str, int]:
    """Return for each word the frequency that keeps it whole, by jieba's own rule over its own dictionary.

    The rule (jieba 0.42 `suggest_freq`): the product of the relative frequencies of the parts that the
    word is tokenized into, times the total, plus one; at least the frequency that the word has already.
    Computed once, on the dictionary without user words, so that the order of words does not matter.
    """
    base = jieba_with({})
    found: dict[str, int] = {}
    for word in sorted(set(words)):
        share = 1.0
        for part in base.cut(word, HMM=False):
            share *= base.FREQ.get(part, 1) / base.total
        found[word] = max(int(share * base.total) + 1, base.FREQ.get(word, 0))
    return found


def user_words(terms: Mapping[str, Iterable[str]], mask_numbers: bool) -> tuple[str, ...]:
    """Return the terms of all areas as the tokenizer will meet them, sorted, each once.

    Terms of one character, or with punctuation inside, cannot change what the tokenizer does and are left out.
    """
    parts = (segments(normalize_text(word), mask_numbers) for words in terms.values() for word in words)
    return tuple(sorted({own[0] for own in parts if len(own) == 1 and len(own[0]) > 1}))


def policy_words(settings: Settings, terms: Path | None = None) -> dict[str, int]:
    """Return the user dictionary of a terms folder, or of the shipped terms, with frequencies."""
    return word_frequencies(user_words(read_policy_terms(terms or terms_folder()), settings.mask_numbers))
