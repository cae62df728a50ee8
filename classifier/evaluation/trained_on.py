"""Which evaluated paragraphs a model was trained on, or on nearly the same: their figures are too good."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from classifier.arrays import Ints
from classifier.evaluation.duplicates import ParagraphCounts, duplicates_among, paragraph_counts
from classifier.extracts.store import tokenizer_fingerprint
from classifier.features.csr import CsrCounts
from classifier.labelling.labelled_counts import LabelledCounts, count_labels
from classifier.settings import Settings
from classifier.storage.cache import load_arrays, packed_texts, save_arrays, unpacked_texts
from classifier.training.base_part import key_of
from classifier.training.training_set import TrainingSet, base_key, count_training_set

_KEPT = "learned"


def trained_on(learned: Sequence[ParagraphCounts], evaluated: LabelledCounts) -> Ints:
    """Return the numbers of the evaluated paragraphs that stand among the learned ones, or nearly so; ascending.

    Headings and other short paragraphs, which may be alike by chance, are left out.
    """
    return duplicates_among(paragraph_counts(evaluated), learned)


def learned_paragraphs(
    training: TrainingSet, user_words: dict[str, int], settings: Settings
) -> tuple[ParagraphCounts, ...]:
    """Return the paragraphs of a training: those of the base part, which are kept in the cache folder, and own ones.

    Raises LabelError where an extract does not go with the words or the settings.
    """
    base, own = training.ordered_examples()
    # The fingerprint has the dictionary, by which an extract fits or does not; so what was kept did fit.
    key = key_of(base_key(training, user_words, settings), tokenizer_fingerprint(user_words))
    if (found := _load(key)) is None:
        shared = replace(training, labelled=replace(training.labelled, examples=base), own=frozenset())
        found = paragraph_counts(count_training_set(shared, user_words, settings))
        _save(key, found)
    areas = training.labelled.taxonomy.areas
    return (found, paragraph_counts(count_labels(own, areas, user_words, settings))) if own else (found,)


def _load(key: str) -> ParagraphCounts | None:
    if (kept := load_arrays(_KEPT, key)) is None:
        return None
    terms, data = unpacked_texts(kept["terms"]), kept["data"].astype(np.float64)
    counts = CsrCounts(kept["indptr"], kept["indices"].astype(np.int64), data, len(terms))
    return ParagraphCounts(terms, counts, kept["frequencies"], int(kept["sentences"]))


def _save(key: str, found: ParagraphCounts) -> None:
    counts = found.counts
    arrays = {
        "terms": packed_texts(found.terms),
        "indptr": counts.indptr,
        "indices": counts.indices.astype(np.int32),
        "data": counts.data.astype(np.float32),
        "frequencies": found.frequencies,
        "sentences": np.array(found.sentences),
    }
    save_arrays(_KEPT, key, arrays)
