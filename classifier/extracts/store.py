"""An extract as a folder: manifest.json, terms.txt, words.tsv, paragraphs.jsonl and counts.npz; no text."""

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files as package_files
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from classifier.extracts.checks import check_extract
from classifier.extracts.extraction import MIN_REPORTS, MIN_SENTENCES, Extract, ExtractedParagraph
from classifier.features.csr import CsrCounts
from classifier.labelling.jsonl import encode_rows
from classifier.labelling.labelled_counts import UNKNOWN, LabelledCounts, guessed_clause_labels
from classifier.messages import message
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


def _extract_words() -> artifact.ArtifactWords:
    return artifact.ArtifactWords(
        noun=message("extract"),
        option="--labels",
        remedy=message("get it again or make it with 'classify labels extract'"),
    )


EXTRACT_ARTIFACT = artifact.ArtifactKind(
    kind="policy-area-classifier extract",
    format=2,
    oldest=2,
    names=EXTRACT_FILES,
    beside=frozenset({CARD_FILE}),
    words=_extract_words,
)
# The settings that decide what a term is; counts that were made with different ones do not go together.
KINDS_OF_TERMS = ("char_ngrams", "edges", "mask_numbers")


def save_extract(extract: Extract, folder: Path, card: str) -> None:
    """Write an extract; an old one in the folder is replaced only when the new one is whole."""
    counts = extract.labelled_counts
    arrays = {
        "indptr": counts.clause_counts.indptr.astype("<u4"),
        "indices": counts.clause_counts.indices.astype("<u4"),
        "data": np.minimum(counts.clause_counts.data, 255).astype("<u1"),
        "sentence": counts.clause_to_sentence.astype("<u4"),
        "heading_indptr": extract.headings.indptr.astype("<u4"),
        "heading_indices": extract.headings.indices.astype("<u4"),
        "heading_data": np.minimum(extract.headings.data, 255).astype("<u1"),
        "paragraph": counts.sentence_to_paragraph.astype("<u4"),
        "labels": counts.labels.astype("<i1"),
    }
    buffer = BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    files = {
        TERMS_FILE: "".join(f"{term}\n" for term in counts.terms).encode(),
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


def tokenizer_fingerprint(user_words: dict[str, int]) -> dict[str, str]:
    """Return what decides how texts are tokenized: jieba's dictionary and the user words, by their checksums."""
    return {
        "dictionary": _dictionary(),
        "words": hashlib.sha256(encode_user_words(user_words)).hexdigest(),
        "markov_model": "off",
    }


@cache
def _dictionary() -> str:
    """Return the checksum of jieba's dictionary."""
    return hashlib.sha256(package_files("jieba").joinpath("dict.txt").read_bytes()).hexdigest()


def is_extract(folder: Path) -> bool:
    """Whether a folder looks like an extract, sound or not."""
    return any((folder / name).is_file() for name in (COUNTS_FILE, PARAGRAPHS_FILE, artifact.MANIFEST))


def load_extract(folder: Path) -> tuple[Extract, str]:
    """Read an extract and the checksum of its manifest. Raises BundleError where it is damaged or unsound."""
    manifest, data = artifact.load_artifact(folder, EXTRACT_ARTIFACT)
    try:
        extract = _extract(manifest, data)
        check_extract(extract)
    except (*UNFIT, IndexError, BadZipFile) as error:
        raise artifact.unfit(folder, error, EXTRACT_ARTIFACT) from error
    return extract, str(manifest["seal"])


def _extract(manifest: dict[str, Any], data: dict[str, bytes]) -> Extract:
    with np.load(BytesIO(data[COUNTS_FILE]), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    terms = tuple(data[TERMS_FILE].decode().splitlines())
    paragraphs = tuple(ExtractedParagraph(**json.loads(line)) for line in data[PARAGRAPHS_FILE].decode().splitlines())
    labels = arrays["labels"].astype(np.int8)
    sentence_to_paragraph = arrays["paragraph"].astype(np.int64)
    if sentence_to_paragraph.min(initial=0) < 0 or sentence_to_paragraph.max(initial=0) >= len(paragraphs):
        raise ValueError("paragraphs of sentences")
    if set(manifest["terms"]) != set(KINDS_OF_TERMS) or set(manifest["tokenizer"]) != set(tokenizer_fingerprint({})):
        raise ValueError("kinds of terms or tokenizer")
    targets = np.zeros((len(paragraphs), len(manifest["areas"])), dtype=np.bool_)
    np.logical_or.at(targets, sentence_to_paragraph, (labels == 1) | (labels == UNKNOWN))
    clause_to_sentence = arrays["sentence"].astype(np.int64)
    if clause_to_sentence.min(initial=0) < 0 or clause_to_sentence.max(initial=0) >= len(labels):
        raise ValueError("sentences of clauses")
    labelled_counts = LabelledCounts(
        terms=terms,
        clause_counts=_counts(arrays, "", len(terms)),
        clause_to_sentence=clause_to_sentence,
        sentence_to_paragraph=sentence_to_paragraph,
        labels=labels,
        clause_labels=guessed_clause_labels(labels, clause_to_sentence),
        targets=targets,
        reports=tuple(p.report for p in paragraphs),
    )
    return Extract(
        areas=tuple(manifest["areas"]),
        labelled_counts=labelled_counts,
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
