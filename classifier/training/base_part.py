"""The base part of a training: labels that stay the same from one training to the next, such as the shipped ones.

Their counts, and the alphas of the fits on them, are kept in the user's cache folder, so that a training on them and on
a few labels more takes seconds. What is kept makes no difference to the model beyond the last stored step.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.features.csr import CsrCounts
from classifier.labelling.labelled_counts import LabelledCounts, with_sentence_counts
from classifier.settings import Settings
from classifier.storage.cache import load_arrays, program_key, save_arrays
from classifier.training.fold_fits import FoldAlphas
from classifier.training.svm import Alphas

_COUNTS, _ALPHAS = "counts", "alphas"


@dataclass(frozen=True, slots=True)
class BasePart:
    """The first paragraphs of labelled counts, how many they are, and the key of all that their counts were made of."""

    paragraphs: int
    key: str


def key_of(*parts: Any) -> str:
    """Return a SHA-256 of parts, made of what JSON knows, and of the program."""
    return hashlib.sha256(json.dumps([program_key(), *parts], ensure_ascii=False).encode()).hexdigest()


def load_counts(key: str) -> LabelledCounts | None:
    """Return the counts that were kept under a key."""
    if (kept := load_arrays(_COUNTS, key)) is None:
        return None
    terms = _texts(kept["terms"])
    counts, sentence_counts = (_csr(kept, kind, len(terms)) for kind in ("clause", "sentence"))
    found = LabelledCounts(
        terms=terms,
        clause_counts=counts,
        clause_to_sentence=kept["clause_to_sentence"],
        sentence_to_paragraph=kept["sentence_to_paragraph"],
        labels=kept["labels"],
        clause_labels=kept["clause_labels"],
        targets=kept["targets"],
        reports=_texts(kept["reports"]),
    )
    return with_sentence_counts(found, sentence_counts)


def save_counts(key: str, counts: LabelledCounts) -> None:
    """Keep counts under a key."""
    arrays = {
        name: getattr(counts, name)
        for name in ("clause_to_sentence", "sentence_to_paragraph", "labels", "clause_labels", "targets")
    }
    for kind, csr in (("clause", counts.clause_counts), ("sentence", counts.sentence_counts)):
        arrays |= {f"{kind}_indptr": csr.indptr, f"{kind}_indices": csr.indices.astype(np.int32)}
        arrays[f"{kind}_data"] = csr.data.astype(np.float32)
    save_arrays(_COUNTS, key, arrays | {"terms": _bytes(counts.terms), "reports": _bytes(counts.reports)})


def _csr(kept: dict[str, NDArray[Any]], kind: str, columns: int) -> CsrCounts:
    indices, data = kept[f"{kind}_indices"].astype(np.int64), kept[f"{kind}_data"].astype(np.float64)
    return CsrCounts(kept[f"{kind}_indptr"], indices, data, columns)


def _bytes(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), dtype=np.uint8)


def _texts(stored: NDArray[Any]) -> tuple[str, ...]:
    return tuple(json.loads(stored.tobytes().decode()))


def load_alphas(base: BasePart, settings: Settings, areas: Sequence[str]) -> FoldAlphas:
    """Return the alphas of the base part that an earlier training has kept; () where there are none."""
    kept = load_arrays(_ALPHAS, _alphas_key(base, settings, areas))
    if kept is None:
        return ()
    shape = kept["rounds"].tolist()  # of each kind and part
    return tuple(
        tuple(
            tuple(Alphas(kept[f"{k}-{p}-{r}-index"], kept[f"{k}-{p}-{r}-value"]) for r in range(rounds))
            for p, rounds in enumerate(parts)
        )
        for k, parts in enumerate(shape)
    )


def save_alphas(
    base: BasePart, settings: Settings, areas: Sequence[str], alphas: FoldAlphas, counts: LabelledCounts
) -> None:
    """Keep the alphas of the rows of the base part."""
    sentences = int((counts.sentence_to_paragraph < base.paragraphs).sum())
    clauses = int((counts.clause_to_sentence < sentences).sum())
    arrays: dict[str, NDArray[Any]] = {"rounds": np.array([[len(rounds) for rounds in parts] for parts in alphas])}
    for k, (parts, rows) in enumerate(zip(alphas, (sentences, clauses), strict=True)):
        for p, rounds in enumerate(parts):
            for r, own in enumerate(rounds):
                mine = own.index < rows * len(areas)
                arrays |= {f"{k}-{p}-{r}-index": own.index[mine], f"{k}-{p}-{r}-value": own.value[mine]}
    save_arrays(_ALPHAS, _alphas_key(base, settings, areas), arrays)


def _alphas_key(base: BasePart, settings: Settings, areas: Sequence[str]) -> str:
    return key_of(base.key, settings.as_dict(), list(areas))
