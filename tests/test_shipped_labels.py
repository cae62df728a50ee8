"""The labelled set that ships: what must hold of it, whatever is added."""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from classifier.documents.normalize import normalize_text
from classifier.documents.parse import read_document
from classifier.extracts.attack import attempts, leaks
from classifier.extracts.extraction import MIN_REPORTS, MIN_SENTENCES, parent_headings
from classifier.extracts.language import LanguageModel, SetPhrases, han
from classifier.extracts.privacy_check import LONGEST_ALLOWED
from classifier.features.csr import CsrCounts
from classifier.features.user_dictionary import policy_words
from classifier.labelling.agreement import load_reading, measure_agreement
from classifier.labelling.corrections import load_corrections
from classifier.labelling.examples import load_examples
from classifier.labelling.labelled_counts import frequent_terms
from classifier.readers.sources import sources
from classifier.records import Example
from classifier.settings import Settings
from classifier.training.training_set import TrainingSet, as_training_set, count_training_set
from tests.conftest import PROJECT

LABELS = PROJECT / "labels"
SHORT = 12  # characters under which a sentence may stand twice
SHINGLE, NEAR = 5, 0.8  # characters of a shingle, and the share of them that makes two sentences near-duplicates
NOT_WORD = re.compile(r"\W")


@pytest.fixture(scope="module")
def training() -> TrainingSet:
    return as_training_set([LABELS])


@pytest.fixture(scope="module")
def written(training: TrainingSet) -> tuple[Example, ...]:
    return training.labelled.examples


@pytest.fixture(scope="module")
def sentences(written: tuple[Example, ...]) -> list[tuple[str, str]]:
    """Sentences that must be unlike all others, with their paragraphs: no headings, none without area or short."""
    return [
        (NOT_WORD.sub("", normalize_text(text)), example.id)
        for example in written
        if len(example.sentences) > 1
        for text, areas in zip(example.sentences, example.sentence_areas or (), strict=True)
        if areas and len(NOT_WORD.sub("", text)) >= SHORT
    ]


def test_there_is_enough_of_everything(training: TrainingSet, written: tuple[Example, ...]) -> None:
    assert len({e.report for e in written if not e.report.startswith("hard-")}) >= 40
    assert len(written) >= 2000
    assert sum(len(e.sentences) for e in written) >= 9500
    assert sum(len(e.sentences) for e in written if e.report.startswith("hard-")) >= 600
    assert sum(e.extract.labelled_counts.sentence_counts.rows for e in training.extracts) >= 27_500
    shapes = Counter(e.shape for e in written)
    assert min(shapes[s] for s in ("report", "speech", "plan")) >= 200
    levels = Counter(e.level for e in written)
    assert min(levels[level] for level in ("county", "city", "province", "national")) >= 150
    years = Counter((e.year or 0) // 5 * 5 for e in written)
    assert min(years[y] for y in (2000, 2005, 2010, 2015, 2020, 2025)) >= 45
    areas = Counter(a for e in written for s in e.sentence_areas or () for a in s or ())
    assert min(areas[a] for a in training.labelled.taxonomy.ids) >= 450


def test_every_written_sentence_has_labels_of_its_own(written: tuple[Example, ...]) -> None:
    assert [e.id for e in written if e.sentence_areas is None] == []
    assert [e.id for e in written if None in (e.level, e.year, e.shape)] == []


def test_every_written_sentence_of_several_areas_has_its_clauses_labelled(written: tuple[Example, ...]) -> None:
    without = [
        (e.id, n)
        for e in written
        for n, areas in enumerate(e.sentence_areas or ())
        if len(areas or ()) > 1 and not (e.clause_areas and e.clause_areas[n])
    ]
    assert without == []


def test_traditional_characters_are_among_them(written: tuple[Example, ...]) -> None:
    traditional = {e.report for e in written for s in e.sentences if "們" in s or "業" in s}
    assert len(traditional) >= 2


def test_no_sentence_stands_twice(sentences: list[tuple[str, str]]) -> None:
    places = defaultdict(list)
    for text, place in sentences:
        places[text].append(place)
    assert {text: p for text, p in places.items() if len(p) > 1} == {}


def test_no_two_sentences_are_nearly_the_same(sentences: list[tuple[str, str]]) -> None:
    masked = [re.sub(r"\d+", "0", text) for text, _ in sentences]
    shingles = [{t[i : i + SHINGLE] for i in range(len(t) - SHINGLE + 1)} for t in masked]
    names = {s: i for i, s in enumerate(sorted(set().union(*shingles)))}
    columns = np.concatenate([[names[s] for s in group] for group in shingles if group])
    starts = np.cumsum([0, *(len(group) for group in shingles)])
    matrix = csr_array((np.ones(len(columns)), columns, starts), shape=(len(shingles), len(names)))
    common = (matrix @ matrix.T).tocoo()
    sizes = np.diff(starts)
    jaccard = common.data / (sizes[common.row] + sizes[common.col] - common.data)
    near = [(a, b) for a, b, j in zip(common.row, common.col, jaccard, strict=True) if a < b and j >= NEAR]
    assert [(sentences[a], sentences[b]) for a, b in near] == []


def test_nothing_long_can_be_rebuilt_from_the_extract(training: TrainingSet) -> None:
    """The account was written when every sentence was tested; the extract's seal holds it to the counts."""
    for named in training.extracts:
        assert LONGEST_ALLOWED == 20
        assert named.extract.account["over_20_after"] == 0
        assert named.extract.account["clauses_over_20_after"] == 0
        assert named.extract.account["entries_after"] == len(named.extract.labelled_counts.clause_counts.indices)


@pytest.mark.slow
def test_no_long_run_of_a_real_sentence_comes_back(training: TrainingSet, shared: Path) -> None:
    """A seeded sample of sentences and headings, tried with the language of the very reports that they stand in."""
    (named,) = training.extracts
    extract = named.extract
    examples = load_examples([shared / "train" / f"{name}.jsonl" for name in ("real", "real2")], extract.areas)
    assert [e.id for e in examples] == [p.id for p in extract.paragraphs]
    sentences = [normalize_text(s) for e in examples for s in e.sentences]
    by_report: dict[str, list[str]] = defaultdict(list)
    for e in examples:
        by_report[e.report] += [normalize_text(s) for s in e.sentences]
    phrases = SetPhrases(by_report.values(), LONGEST_ALLOWED + 1)
    corpus = [one for one in sources(str(shared / "corpus")) if one.passed_over is None]
    language = LanguageModel(
        [s.normalized for p in read_document(source).paragraphs for s in p.sentences] for source in corpus
    )
    headings = ["".join(normalize_text(h) for h in parent_headings(e)) for e in examples]
    generator = np.random.default_rng(5)
    long = {"sentences": sentences, "headings": headings}
    each = np.arange(len(headings))
    parts = {
        "sentences": (extract.labelled_counts.clause_counts, extract.labelled_counts.clause_to_sentence),
        "headings": (extract.headings, each),
    }
    for name, (counts, row_to_text) in parts.items():
        rows = [i for i, text in enumerate(long[name]) if len(han(text)) > LONGEST_ALLOWED]
        for row in generator.permutation(rows)[:400]:
            own = [terms_of(extract.labelled_counts.terms, counts, int(i)) for i in np.flatnonzero(row_to_text == row)]
            for texts in attempts(own, language):
                assert leaks(texts, han(long[name][row]), phrases) == [], (name, row)


def terms_of(terms: Sequence[str], counts: CsrCounts, row: int) -> dict[str, int]:
    a, b = counts.indptr[row : row + 2]
    names = [terms[i] for i in counts.indices[a:b]]
    return dict(zip(names, counts.data[a:b].astype(int).tolist(), strict=True))


@pytest.mark.slow
def test_no_extracted_term_is_rare(training: TrainingSet) -> None:
    """A kept term stands in enough sentences of enough reports of both parts, of which one may be read by all."""
    counted = count_training_set(training, policy_words(Settings()), Settings())
    frequent = {counted.terms[i] for i in frequent_terms(counted, MIN_SENTENCES, MIN_REPORTS)}
    for named in training.extracts:
        assert set(named.extract.labelled_counts.terms) <= frequent


def test_corrections_speak_of_extracted_sentences(training: TrainingSet) -> None:
    corrections = load_corrections(LABELS / "corrections.jsonl", training.labelled.taxonomy.ids)
    assert corrections
    (named,) = training.extracts
    extract = named.extract
    first = np.searchsorted(extract.labelled_counts.sentence_to_paragraph, np.arange(len(extract.paragraphs)))
    place = {p.id: int(first[i]) for i, p in enumerate(extract.paragraphs)}
    for (identity, number), areas in corrections.items():
        row = extract.labelled_counts.labels[place[identity] + number - 1]
        assert {extract.areas[i] for i in np.flatnonzero(row)} == areas, identity


@pytest.mark.parametrize(("prefix", "units", "kappa"), [("", 3400, 0.93), ("minor-", 680, 0.92)])
def test_two_readings_agree(prefix: str, units: int, kappa: float) -> None:
    readings = LABELS / "readings"
    found = measure_agreement(
        load_reading(readings / f"{prefix}first.jsonl"), load_reading(readings / f"{prefix}second.jsonl")
    )
    assert found.units >= units
    assert found.overall >= kappa


def test_nothing_is_copied_from_real_reports(shared: Path) -> None:
    done = subprocess.run(
        [sys.executable, shared / "tools" / "check_originality.py", PROJECT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
