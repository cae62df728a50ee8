"""An extract as a folder: manifest.json, terms.txt, words.tsv, paragraphs.jsonl and counts.npz; no text."""

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files as package_files
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any
from zipfile import BadZipFile

import numpy as np

from classifier.errors import BundleError
from classifier.extracts.extraction import MIN_REPORTS, MIN_SENTENCES, Extract, ExtractedParagraph, clause_contents
from classifier.features.csr import CsrCounts
from classifier.labelling.jsonl import encode_rows
from classifier.labelling.labelled_counts import UNKNOWN, LabelledCounts
from classifier.model.bundle import UNFIT, decode_user_words, encode_user_words
from classifier.settings import Settings
from classifier.storage import artifact

TERMS_FILE, USER_WORDS_FILE, PARAGRAPHS_FILE, COUNTS_FILE, CARD_FILE = (
    "terms.txt",
    "words.tsv",
    "paragraphs.jsonl",
    "counts.npz",
    "README.md",
)
EXTRACT_FILES = frozenset({TERMS_FILE, USER_WORDS_FILE, PARAGRAPHS_FILE, COUNTS_FILE})
EXTRACT_ARTIFACT = artifact.ArtifactKind(
    kind="policy-area-classifier extract",
    format=2,
    oldest=2,
    names=EXTRACT_FILES,
    beside=frozenset({CARD_FILE}),
    noun="extract",
    option="--labels",
    remedy="get it again or make it with 'classify labels extract'",
)
# The settings that decide what a term is; counts made with others do not fit together.
KINDS_OF_TERMS = ("char_ngrams", "edges", "mask_numbers")


def save_extract(extract: Extract, folder: Path, card: str) -> None:
    """Write an extract; an old one in the folder is replaced only when the new one is whole."""
    counted = extract.counted
    arrays = {
        "indptr": counted.clause_counts.indptr.astype("<u4"),
        "indices": counted.clause_counts.indices.astype("<u4"),
        "data": np.minimum(counted.clause_counts.data, 255).astype("<u1"),
        "sentence": counted.clause_to_sentence.astype("<u4"),
        "heading_indptr": extract.headings.indptr.astype("<u4"),
        "heading_indices": extract.headings.indices.astype("<u4"),
        "heading_data": np.minimum(extract.headings.data, 255).astype("<u1"),
        "paragraph": counted.sentence_to_paragraph.astype("<u4"),
        "labels": counted.labels.astype("<i1"),
    }
    buffer = BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    files = {
        TERMS_FILE: "".join(f"{term}\n" for term in counted.terms).encode(),
        USER_WORDS_FILE: encode_user_words(extract.user_words),
        PARAGRAPHS_FILE: encode_rows(asdict(p) for p in extract.paragraphs),
        COUNTS_FILE: buffer.getvalue(),
    }
    about = {
        "areas": list(extract.areas),
        "tokenizer": tokenizer_fingerprint(extract.user_words),
        "terms": {key: getattr(extract.settings, key) for key in KINDS_OF_TERMS},
        "kept": {"min_sentences": MIN_SENTENCES, "min_reports": MIN_REPORTS},
        "account": extract.account,
    }
    artifact.save_artifact(folder, EXTRACT_ARTIFACT, about, files, {CARD_FILE: card.encode()})


def tokenizer_fingerprint(words: dict[str, int]) -> dict[str, str]:
    """Return what pins the cutting of words: jieba's dictionary and the user words, by their checksums."""
    return {
        "dictionary": _dictionary(),
        "words": hashlib.sha256(encode_user_words(words)).hexdigest(),
        "markov_model": "off",
    }


@cache
def _dictionary() -> str:
    return hashlib.sha256(package_files("jieba").joinpath("dict.txt").read_bytes()).hexdigest()


def is_extract(folder: Path) -> bool:
    """Whether a folder looks like an extract, sound or not."""
    return any((folder / name).is_file() for name in (COUNTS_FILE, PARAGRAPHS_FILE, artifact.MANIFEST))


def load_extract(folder: Path) -> tuple[Extract, str]:
    """Read an extract and its seal. Raises BundleError in one line where it is damaged or does not fit together."""
    manifest, data = artifact.load_artifact(folder, EXTRACT_ARTIFACT)
    try:
        extract = _extract(manifest, data)
        _check(extract)
    except (*UNFIT, IndexError, BadZipFile) as error:
        raise BundleError(f"{folder}: its files do not fit together ({error}); {EXTRACT_ARTIFACT.remedy}") from error
    return extract, str(manifest["seal"])


def _extract(manifest: dict[str, Any], data: dict[str, bytes]) -> Extract:
    with np.load(BytesIO(data[COUNTS_FILE]), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    terms = tuple(data[TERMS_FILE].decode().splitlines())
    paragraphs = tuple(ExtractedParagraph(**json.loads(line)) for line in data[PARAGRAPHS_FILE].decode().splitlines())
    labels = arrays["labels"].astype(np.int8)
    paragraph = arrays["paragraph"].astype(np.int64)
    if paragraph.min(initial=0) < 0 or paragraph.max(initial=0) >= len(paragraphs):
        raise ValueError("paragraphs of sentences")
    if set(manifest["terms"]) != set(KINDS_OF_TERMS) or set(manifest["tokenizer"]) != set(tokenizer_fingerprint({})):
        raise ValueError("kinds of terms or tokenizer")
    targets = np.zeros((len(paragraphs), len(manifest["areas"])), dtype=np.bool_)
    np.logical_or.at(targets, paragraph, labels != 0)
    counted = LabelledCounts(
        terms=terms,
        clause_counts=_counts(arrays, "", len(terms)),
        clause_to_sentence=arrays["sentence"].astype(np.int64),
        sentence_to_paragraph=paragraph,
        labels=labels,
        targets=targets,
        reports=tuple(p.report for p in paragraphs),
    )
    return Extract(
        areas=tuple(manifest["areas"]),
        counted=counted,
        headings=_counts(arrays, "heading_", len(terms)),
        paragraphs=paragraphs,
        settings=Settings.from_dict(manifest["terms"]),
        user_words=decode_user_words(data[USER_WORDS_FILE]),
        account=manifest["account"],
        tokenizer=manifest["tokenizer"],
    )


def _counts(arrays: dict[str, Any], prefix: str, columns: int) -> CsrCounts:
    return CsrCounts(
        arrays[f"{prefix}indptr"].astype(np.int64),
        arrays[f"{prefix}indices"].astype(np.int64),
        arrays[f"{prefix}data"].astype(np.float64),
        columns,
    )


def _check(extract: Extract) -> None:
    """Raise ValueError unless everything is of its type, in its range, and fits together."""
    counted, paragraphs = extract.counted, extract.paragraphs
    _check_counts(counted.clause_counts, len(counted.clause_to_sentence))
    _check_clauses(counted)
    _check_counts(extract.headings, len(paragraphs))
    if counted.labels.shape != (len(counted.sentence_to_paragraph), len(extract.areas)):
        raise ValueError("shape of labels")
    if not np.isin(counted.labels, (UNKNOWN, 0, 1)).all():
        raise ValueError("values of labels")
    if (np.diff(counted.sentence_to_paragraph) < 0).any():
        raise ValueError("order of sentences")
    if list(counted.terms) != sorted(set(counted.terms)) or not all(counted.terms):
        raise ValueError("order of terms")
    if not all(isinstance(a, str) for a in extract.areas) or len(set(extract.areas)) < len(extract.areas):
        raise ValueError("areas")
    if len({p.id for p in paragraphs}) < len(paragraphs):
        raise ValueError("an id stands twice")
    for p in paragraphs:
        fields: list[tuple[object, type | UnionType]] = [(p.id, str), (p.report, str), (p.level, str | None)]
        fields += [(p.shape, str | None), (p.year, int | None)]
        if not all(isinstance(value, kind) for value, kind in fields):
            raise ValueError(f"paragraph {p.id!r}")


def _check_clauses(counted: LabelledCounts) -> None:
    """Raise ValueError unless each sentence has its clauses, in the order that says nothing of the text."""
    if not np.array_equal(np.unique(counted.clause_to_sentence), np.arange(len(counted.sentence_to_paragraph))):
        raise ValueError("sentences of clauses")
    contents = clause_contents(counted)
    if any(a > b for a, b in pairwise(contents)):
        raise ValueError("order of clauses")


def _check_counts(counts: CsrCounts, rows: int) -> None:
    """Raise ValueError unless the arrays are a sound matrix: columns ascending in each row, counts of 1 and more."""
    if counts.rows != rows or counts.indptr[0] != 0 or (np.diff(counts.indptr) < 0).any():
        raise ValueError("rows of counts")
    if counts.indptr[-1] != len(counts.indices) or len(counts.indices) != len(counts.data):
        raise ValueError("entries of counts")
    if len(counts.indices) == 0:
        return
    if counts.indices.min() < 0 or counts.indices.max() >= counts.columns or not (counts.data >= 1).all():
        raise ValueError("values of counts")
    same_row = np.diff(counts.row_of_entry()) == 0
    if (np.diff(counts.indices)[same_row] <= 0).any():
        raise ValueError("order of columns")
