import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.normalize import normalize_text
from classifier.errors import BundleError, LabelError
from classifier.extracts import store
from classifier.extracts.extraction import (
    MIN_REPORTS,
    MIN_SENTENCES,
    Extract,
)
from classifier.features.terms import is_counted, sentence_terms
from classifier.labelling.examples import load_examples
from classifier.labelling.labelled_counts import count_labels, frequent_terms, keep_terms
from classifier.labelling.sources import LabelledSet
from classifier.labelling.taxonomy import Taxonomy
from classifier.settings import Settings
from classifier.storage import artifact
from classifier.training.training_set import NamedExtract, TrainingSet, check_fit, count_training_set, load_training_set
from tests.conftest import AREAS, labelled_rows, labels_folder, write_rows
from tests.extracts.conftest import TOKENIZE
from tests.strategies import documents

IDS = [a.id for a in AREAS]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m["tokenizer"].update(dictionary="0" * 64), "another dictionary"),
        (lambda m: m["tokenizer"].update(markov_model="on"), "another dictionary"),
        (lambda m: m["tokenizer"].update(words="0" * 64), "other policy terms"),
        (lambda m: m.pop("tokenizer"), "do not fit together"),
        (lambda m: m["terms"].pop("char_ngrams"), "do not fit together"),
    ],
)
def test_the_manifest_pins_the_tokenizer(
    extract_folder: Path, change: Callable[[dict[str, object]], object], message: str
) -> None:
    manifest = json.loads((extract_folder / artifact.MANIFEST).read_text(encoding="utf-8"))
    del manifest["seal"]
    change(manifest)
    (extract_folder / artifact.MANIFEST).write_bytes(artifact.encode_manifest(manifest))
    with pytest.raises((BundleError, LabelError), match=message):
        named = NamedExtract(extract_folder, *store.load_extract(extract_folder))
        check_fit(named, IDS, {}, Settings())


def test_a_paragraph_stands_in_one_part_only(extract_folder: Path, tmp_path: Path) -> None:
    labels = labels_folder(tmp_path / "labels", labelled_rows(1))
    with pytest.raises(LabelError, match="id 'r0-0' is in the labelled texts too"):
        load_training_set([labels, extract_folder])


def test_texts_and_extracts_train_together(extract_folder: Path, tmp_path: Path) -> None:
    rows = [row | {"id": f"t-{row['id']}", "report": f"t{row['report']}"} for row in labelled_rows(3)]
    labels = labels_folder(tmp_path / "labels", rows)
    shutil.copy(labels / "taxonomy.toml", extract_folder.parent)
    training = load_training_set([labels, extract_folder])
    counts = count_training_set(training, {}, Settings())
    assert len(counts.reports) == 3 * 6 + 6 * 6
    assert counts.sentence_counts.rows == len(counts.sentence_to_paragraph) == len(counts.labels)
    whole = load_training_set([extract_folder, labels])
    assert whole.digest() == training.digest() != load_training_set([labels]).digest()


def test_an_extract_made_otherwise_is_refused(extract_folder: Path) -> None:
    named = NamedExtract(extract_folder, *store.load_extract(extract_folder))
    check_fit(named, IDS, {}, Settings())
    for areas, words, options, message in [
        (IDS[:2], {}, Settings(), "it has areas that are not in the taxonomy"),
        (IDS, {"高标准农田": 3}, Settings(), "made with other policy terms"),
        (IDS, {}, Settings(edges=False), "made with edges = True, not False"),
        (IDS, {}, Settings(char_ngrams=2, mask_numbers=False), "made with mask_numbers = True, not False"),
    ]:
        with pytest.raises(LabelError, match=f"{message}.*extract again: classify labels extract"):
            check_fit(named, areas, words, options)


@pytest.mark.parametrize("options", [Settings(char_ngrams=n) for n in (0, 1, 3)])
def test_training_may_take_shorter_ngrams_than_an_extract_has(
    small_extract: Extract, tmp_path: Path, options: Settings
) -> None:
    examples = load_examples([write_rows(tmp_path / "r.jsonl", labelled_rows(6))], IDS)
    labelled = LabelledSet(Taxonomy(AREAS), ())
    training = TrainingSet(
        labelled, (NamedExtract(Path("x"), replace(small_extract, tokenizer=store.tokenizer_fingerprint({})), ""),)
    )
    counts = count_training_set(training, {}, options)
    text = count_labels(examples, AREAS, {}, options)
    frequent = keep_terms(text, frequent_terms(text, MIN_SENTENCES, MIN_REPORTS))
    assert counts.terms == frequent.terms
    for name in ("indptr", "indices", "data"):
        assert (getattr(counts.sentence_counts, name) == getattr(frequent.sentence_counts, name)).all(), name


def test_training_may_not_take_longer_ngrams_than_an_extract_has(extract_folder: Path) -> None:
    extract, seal = store.load_extract(extract_folder)
    shorter = replace(extract, settings=Settings(char_ngrams=2))
    with pytest.raises(LabelError, match="made with char_ngrams = 2, not 4"):
        check_fit(NamedExtract(extract_folder, shorter, seal), IDS, {}, Settings())


@given(documents, st.integers(0, 4), st.booleans())
def test_shorter_ngrams_are_those_that_shorter_settings_count(text: str, characters: int, edges: bool) -> None:
    normalized = normalize_text(text)
    fewer = Settings(char_ngrams=characters, edges=edges)
    many = Counter(sentence_terms(normalized, TOKENIZE, Settings(edges=edges)))
    assert Counter(sentence_terms(normalized, TOKENIZE, fewer)) == {
        t: n for t, n in many.items() if is_counted(t, fewer)
    }
