"""The base part of a training: labels that stay the same from one training to the next, such as the shipped ones.

Their counts, and the alphas of the fits on them, are kept in the user's cache folder, so that a training on them and on
a few labels more takes seconds. What is kept makes no difference to the model beyond the last stored step.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.features.csr import CsrCounts
from classifier.labelling.labelled_counts import LabelledCounts, with_sentence_counts
from classifier.settings import Settings
from classifier.storage.cache import load_arrays, packed_texts, program_key, save_arrays, unpacked_texts
from classifier.training.base_counts import BaseCounts
from classifier.training.fold_fits import PairAlphas
from classifier.training.svm import Alphas

_COUNTS = "counts"
_ROWS = ("clause_to_sentence", "sentence_to_paragraph", "labels", "clause_labels", "targets")
WHOLE_FIT, PART_FITS = "whole", "parts"  # fits whose alphas are kept: on all reports; all of a training, or its folds


@dataclass(frozen=True, slots=True)
class BasePart:
    """The first paragraphs of labelled counts, how many they are, and the key of all that their counts were made of."""

    paragraphs: int
    key: str


def key_of(*parts: Any) -> str:
    """Return a SHA-256 of parts, made of what JSON knows, of the program, and of the tokenizers that are installed."""
    known = [program_key(), [_version(name) for name in ("jieba", "rjieba")], *parts]
    return hashlib.sha256(json.dumps(known, ensure_ascii=False).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def load_counts(key: str) -> BaseCounts | None:
    """Return the counts that were kept under a key."""
    if (kept := load_arrays(_COUNTS, key)) is None:
        return None
    terms, rare = unpacked_texts(kept["terms"]), unpacked_texts(kept["rare_terms"])
    found = LabelledCounts(
        terms=terms,
        clause_counts=_csr(kept, "clause", len(terms)),
        reports=unpacked_texts(kept["reports"]),
        **{name: kept[name] for name in _ROWS},
    )
    sentence_counts = _csr(kept, "sentence", len(terms))
    return BaseCounts(with_sentence_counts(found, sentence_counts), rare, _csr(kept, "rare", len(rare)))


def save_counts(key: str, counts: BaseCounts) -> None:
    """Keep counts under a key."""
    frequent = counts.frequent
    arrays = {name: getattr(frequent, name) for name in _ROWS}
    parts = {"clause": frequent.clause_counts, "sentence": frequent.sentence_counts, "rare": counts.rare}
    for kind, csr in parts.items():
        arrays |= {f"{kind}_indptr": csr.indptr, f"{kind}_indices": csr.indices.astype(np.int32)}
        arrays[f"{kind}_data"] = csr.data.astype(np.float32)
    texts = {"terms": frequent.terms, "rare_terms": counts.rare_terms, "reports": frequent.reports}
    save_arrays(_COUNTS, key, arrays | {name: packed_texts(own) for name, own in texts.items()})


def _csr(kept: dict[str, NDArray[Any]], kind: str, columns: int) -> CsrCounts:
    data = kept[f"{kind}_data"].astype(np.float64)
    return CsrCounts(kept[f"{kind}_indptr"], kept[f"{kind}_indices"], data, columns)


def load_alphas(base: BasePart, settings: Settings, areas: Sequence[str], fits: str) -> tuple[PairAlphas, ...]:
    """Return the alphas of some fits of the base part that an earlier training has kept; () where there are none."""
    kept = load_arrays(fits, _alphas_key(base, settings, areas))
    if kept is None:
        return ()
    found = [Alphas(kept[f"index-{n}"], kept[f"value-{n}"]) for n in range(len(kept) // 2)]
    return tuple(zip(found[::2], found[1::2], strict=True))


def save_alphas(
    base: BasePart,
    settings: Settings,
    areas: Sequence[str],
    fits: str,
    alphas: Sequence[PairAlphas],
    counts: LabelledCounts,
) -> None:
    """Keep the alphas of the rows of the base part. fits: the name of these fits, WHOLE_FIT or PART_FITS."""
    sentences = int((counts.sentence_to_paragraph < base.paragraphs).sum())
    clauses = int((counts.clause_to_sentence < sentences).sum())
    arrays: dict[str, NDArray[Any]] = {}
    for n, own in enumerate(part for pair in alphas for part in pair):
        mine = own.index < (sentences, clauses)[n % 2] * len(areas)
        arrays |= {f"index-{n}": own.index[mine], f"value-{n}": own.value[mine]}
    save_arrays(fits, _alphas_key(base, settings, areas), arrays)


def _alphas_key(base: BasePart, settings: Settings, areas: Sequence[str]) -> str:
    return key_of(base.key, settings.as_dict(), list(areas))
