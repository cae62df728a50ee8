"""All that a training learns from: labelled texts and extracts, read, checked against each other and counted as one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from classifier.errors import LabelError
from classifier.extracts import store
from classifier.extracts.extraction import Extract
from classifier.features.terms import is_counted
from classifier.labelling.labelled_counts import LabelledCounts, count_labels, keep_terms, merge_counts, spread_areas
from classifier.labelling.sources import LabelledSet, load_labels
from classifier.messages import message
from classifier.records import Example
from classifier.settings import Settings
from classifier.training.base_counts import split_terms
from classifier.training.base_part import BasePart, key_of, load_counts, save_counts

_EXTRACTED = "extracted"
_LONGEST_NGRAM = "char_ngrams"  # the setting of which a training may have less than an extract


@dataclass(frozen=True, slots=True)
class NamedExtract:
    """An extract, where it was read, and the checksum of its manifest, which stands for its content."""

    place: Path
    extract: Extract
    checksum: str


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """All that a training learns from: labelled texts with their taxonomy, and extracts.

    own: the ids of the paragraphs that are not of the base part, which stays the same from one training to the next;
    empty where there is no such part. base_checksum: of the files that the base part was read from, where it is known.
    """

    labelled: LabelledSet
    extracts: tuple[NamedExtract, ...]
    own: frozenset[str] = frozenset()
    base_checksum: str = ""

    def ordered_examples(self) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
        """Return the labelled texts of the base part, and the own ones, which are counted after the extracts."""
        ordered = sorted(self.labelled.examples, key=lambda e: e.id)
        return tuple(e for e in ordered if e.id not in self.own), tuple(e for e in ordered if e.id in self.own)

    def digest(self) -> str:
        """Return a SHA-256 of everything that training sees, whatever the order and names of the files."""
        if not self.extracts:
            return self.labelled.digest()
        return hashlib.sha256(
            "\n".join([self.labelled.digest(), *(e.checksum for e in self.extracts)]).encode()
        ).hexdigest()


Labels = Sequence[Path | str] | TrainingSet  # where labels are, or the labels themselves


def load_training_set(paths: Sequence[Path]) -> TrainingSet:
    """Read .jsonl files, labels folders (with paragraphs/ and extracted/) and extract folders.

    Raises LabelError or BundleError with a line for each fault.
    """
    folders = [p for p in paths if store.is_extract(p)]
    texts = [p for p in paths if not store.is_extract(p)]
    inside = [f for p in texts if p.is_dir() for f in _extracts_in(p / _EXTRACTED)]
    labelled = load_labels(texts, text_optional=bool(inside))
    found = [NamedExtract(folder, *store.load_extract(folder)) for folder in folders + inside]
    _check_distinct(labelled, found)
    return TrainingSet(labelled, tuple(sorted(found, key=lambda e: e.checksum)))


def _check_distinct(labelled: LabelledSet, extracts: Sequence[NamedExtract]) -> None:
    """Raise LabelError where an extract has areas that the taxonomy lacks, or a paragraph stands in two parts."""
    texts = message("the labelled texts")
    places = {e.id: texts for e in labelled.examples}
    for named in extracts:
        if not set(named.extract.areas) <= set(labelled.taxonomy.ids):
            raise _other_areas(named.place)
        for paragraph in named.extract.paragraphs:
            if paragraph.id in places:
                raise LabelError(
                    message(
                        "{place}: id {id!r} is in {other} too; give each part once",
                        place=named.place,
                        id=paragraph.id,
                        other=places[paragraph.id],
                    )
                )
            places[paragraph.id] = str(named.place)


def _extracts_in(folder: Path) -> list[Path]:
    """Return the folder if it is an extract, else the extracts in it."""
    if store.is_extract(folder):
        return [folder]
    return [f for f in sorted(folder.iterdir()) if store.is_extract(f)] if folder.is_dir() else []


def check_fit(named: NamedExtract, areas: Sequence[str], user_words: dict[str, int], settings: Settings) -> None:
    """Raise LabelError unless an extract was counted with some of these areas, these words and kinds of terms."""
    extract, place = named.extract, named.place
    if not set(extract.areas) <= set(areas):
        raise _other_areas(place)
    again = _again()
    ours = store.tokenizer_fingerprint(user_words)
    if extract.tokenizer["words"] != ours["words"]:
        raise LabelError(
            message("{place}: made with other policy terms than these (--terms); {again}", place=place, again=again)
        )
    if extract.tokenizer != ours:
        raise LabelError(
            message(
                "{place}: made with another dictionary of words than this jieba has; {again}", place=place, again=again
            )
        )
    for key in store.KINDS_OF_TERMS:
        theirs, wanted = getattr(extract.settings, key), getattr(settings, key)
        if theirs != wanted and not (key == _LONGEST_NGRAM and wanted < theirs):
            raise LabelError(
                message(
                    "{place}: made with {key} = {theirs}, not {wanted}; {again}",
                    place=place,
                    key=key,
                    theirs=theirs,
                    wanted=wanted,
                    again=again,
                )
            )


def _other_areas(place: Path) -> LabelError:
    return LabelError(
        message("{place}: it has areas that are not in the taxonomy; {again}", place=place, again=_again())
    )


def _again() -> str:
    return message("extract again: classify labels extract FILE.jsonl --out DIR")


def count_training_set(training: TrainingSet, user_words: dict[str, int], settings: Settings) -> LabelledCounts:
    """Return the counts of all texts and extracts of a training as one, whatever the order in which they were named.

    Longer n-grams than the settings ask for are left out of extracts; an extract may have fewer areas. Raises
    LabelError where it was made with other areas, policy terms or kinds of terms, or with shorter n-grams.
    """
    ids = [a.id for a in training.labelled.taxonomy.areas]
    for named in training.extracts:
        check_fit(named, ids, user_words, settings)
    _, own = training.ordered_examples()
    if not own:
        return _count_base(training, user_words, settings)
    key = base_key(training, user_words, settings)
    if (kept := load_counts(key)) is None:
        base = _count_base(training, user_words, settings)
        save_counts(key, split_terms(base, settings))
    else:
        base = kept.all_terms()
    return merge_counts([base, count_labels(own, training.labelled.taxonomy.areas, user_words, settings)])


def _count_base(training: TrainingSet, user_words: dict[str, int], settings: Settings) -> LabelledCounts:
    areas = training.labelled.taxonomy.areas
    ids = [a.id for a in areas]
    examples, _ = training.ordered_examples()
    parts = [_within(_with_areas(named.extract, ids), settings) for named in training.extracts]
    if examples or not parts:
        parts.insert(0, count_labels(examples, areas, user_words, settings))
    return merge_counts(parts)


def base_part(training: TrainingSet, user_words: dict[str, int], settings: Settings) -> BasePart | None:
    """Return which of the paragraphs that are counted are the base part; None where there is no such part."""
    examples, own = training.ordered_examples()
    paragraphs = len(examples) + sum(len(named.extract.paragraphs) for named in training.extracts)
    return BasePart(paragraphs, base_key(training, user_words, settings)) if own and paragraphs else None


def base_key(training: TrainingSet, user_words: dict[str, int], settings: Settings) -> str:
    """Return the key of all that the counts of the base part depend on."""
    checksum = training.base_checksum
    if not checksum:
        texts = replace(training.labelled, examples=training.ordered_examples()[0])
        checksum = " ".join([texts.digest(), *(named.checksum for named in training.extracts)])
    return counts_key(training.labelled.taxonomy.ids, checksum, user_words, settings)


def counts_key(areas: Sequence[str], checksum: str, user_words: dict[str, int], settings: Settings) -> str:
    """Return the key of counts. areas: ids. checksum: of the labels that are counted."""
    kinds = [getattr(settings, name) for name in (*store.KINDS_OF_TERMS, "min_sentences", "min_reports")]
    return key_of(list(areas), checksum, sorted(user_words.items()), kinds)


def files_checksum(folder: Path) -> str:
    """Return a SHA-256 of all files of a labels folder, which stands for what is read from it."""
    digest = hashlib.sha256()
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        digest.update(f"{file.relative_to(folder).as_posix()}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _with_areas(extract: Extract, areas: Sequence[str]) -> LabelledCounts:
    """Return the counts of an extract over the areas of a taxonomy; of those that it lacks nothing is known."""
    if tuple(extract.areas) == tuple(areas):
        return extract.labelled_counts
    columns = np.array([areas.index(a) for a in extract.areas], dtype=np.int64)
    return spread_areas(extract.labelled_counts, columns, len(areas))


def _within(labelled_counts: LabelledCounts, settings: Settings) -> LabelledCounts:
    """Return the counts of those terms that the settings count."""
    columns = [i for i, term in enumerate(labelled_counts.terms) if is_counted(term, settings)]
    return (
        labelled_counts
        if len(columns) == len(labelled_counts.terms)
        else keep_terms(labelled_counts, np.array(columns, dtype=np.int64))
    )


def as_training_set(labels: Labels) -> TrainingSet:
    """Read label files, labels folders and extracts, unless they are read already."""
    return labels if isinstance(labels, TrainingSet) else load_training_set([Path(p) for p in labels])
