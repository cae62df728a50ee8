import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import Result

from classifier.documents.normalize import normalize_text
from classifier.errors import BundleError, LabelError
from classifier.extracts import store
from classifier.extracts.attack import attempts, leaks, order_parts, proven_ngrams, rebuild
from classifier.extracts.extraction import (
    MIN_REPORTS,
    MIN_SENTENCES,
    Extract,
    build_extract,
    clause_contents,
    sort_clauses,
)
from classifier.extracts.language import Language, SetPhrases, han
from classifier.extracts.suppression import _cuts, suppress
from classifier.features.csr import order_rows
from classifier.features.terms import is_counted, sentence_terms
from classifier.features.tokenizer import load_tokenizer, segments
from classifier.labelling.examples import load_examples
from classifier.labelling.labelled_counts import LabelledCounts, count_labels, frequent_terms, keep_terms
from classifier.labelling.sources import LabelledSet
from classifier.labelling.taxonomy import Taxonomy
from classifier.settings import Settings
from classifier.storage import artifact
from classifier.tasks.train import train
from classifier.training.training_set import NamedExtract, TrainingSet, check_fit, count_training_set, load_training_set
from tests.conftest import AREAS, labelled_rows, labels_folder, write_rows
from tests.strategies import HAN as HAN_CHARACTERS
from tests.strategies import documents

IDS = [a.id for a in AREAS]
CUT = load_tokenizer({})
SECRET = "全县上下凝心聚力抢抓机遇补齐短板深挖潜力推动传统产业焕发新颜持续壮大集体经济"


def counted_terms(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for term in sentence_terms(text, CUT, Settings()):
        found[term] = found.get(term, 0) + 1
    return found


def test_a_long_sentence_comes_back_from_all_its_terms() -> None:
    phrases = SetPhrases([[SECRET]], 21)
    texts = rebuild(counted_terms(SECRET), Language([[SECRET]]))
    assert leaks(texts, SECRET, phrases) == [(0, len(SECRET))]


def test_protection_drops_few_terms_and_nothing_long_comes_back() -> None:
    phrases, language = SetPhrases([[SECRET]], 21), Language([[SECRET]])
    whole = counted_terms(SECRET)
    (kept,) = suppress([whole], [SECRET], [language], phrases)
    assert leaks(rebuild(kept, language), SECRET, phrases) == []
    assert set(kept) < set(whole)
    assert len(kept) > 0.8 * len(whole)
    assert all(kept[t] == whole[t] for t in kept)


def test_commas_and_numbers_do_not_blind_the_attempt() -> None:
    """Words that others write too lead over a comma or a number, as long as one knows what stood before it."""
    text = "推进现代农业发展,新建高标准农田3万亩,改造提升灌溉渠系,实现旱涝保收。"
    others = [["推进现代农业发展,新建高标准农田3万亩。"], ["新建高标准农田5万亩,改造提升灌溉渠系,实现旱涝保收。"]] * 2
    phrases = SetPhrases([[text]], 21)
    texts = rebuild(counted_terms(text), Language(others))
    (leak,) = leaks(texts, han(text), phrases)
    assert leak[0] < len(han("推进现代农业发展")) < leak[1]
    masked = "|" + "|".join(segments(text, True)) + "|"
    (kept,) = suppress([counted_terms(text)], [masked], [Language(others)], phrases)
    assert leaks(rebuild(kept, Language(others)), han(text), phrases) == []


def test_a_set_phrase_may_come_back() -> None:
    reports = [[SECRET]] * 3
    phrases = SetPhrases(reports, 21)
    assert leaks([SECRET], SECRET, phrases) == []
    whole = counted_terms(SECRET)
    assert suppress([whole], [SECRET], [Language(reports)], phrases) == [whole]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.sampled_from(HAN_CHARACTERS), min_size=1, max_size=40), min_size=1, max_size=4))
def test_protection_holds_for_any_sentence(parts: list[str]) -> None:
    text = "".join(parts)
    phrases, language = SetPhrases([[text]], 21), Language([[text], [text]])
    rows = [counted_terms(part) for part in parts]
    kept = suppress(rows, [f"|{part}|" for part in parts], [language], phrases)
    for texts in attempts(kept, language):
        assert leaks(texts, text, phrases) == []
    for own, row in zip(kept, rows, strict=True):
        assert own.items() <= row.items()


def test_short_clauses_are_put_beside_each_other() -> None:
    """No clause is long, and no term leads from one to the next; but they are few, and so are their orders."""
    parts = ["全县上下凝心聚力抢抓机遇", "补齐短板深挖潜力奋勇争先", "推动传统产业焕发新颜"]
    text = "".join(parts)
    phrases, language = SetPhrases([[text]], 21), Language([[text]])
    rows = [counted_terms(part) for part in parts]
    assert all(leaks(rebuild(row, language), text, phrases) == [] for row in rows)
    assert text in order_parts(parts, language)
    assert [(0, len(text))] in [leaks(own, text, phrases) for own in attempts(rows, language)]
    kept = suppress(rows, [f"|{part}|" for part in parts], [language], phrases)
    assert all(leaks(own, text, phrases) == [] for own in attempts(kept, language))
    assert sum(map(len, kept)) > 0.75 * sum(map(len, rows))


def test_cuts_cross_the_fewest_terms_and_leave_nothing_long() -> None:
    costs = dict.fromkeys(range(1, 50), 6) | {9: 1, 18: 2, 31: 0, 38: 5}
    assert _cuts(0, 50, 20, costs) == [18, 31]
    assert _cuts(0, 30, 20, dict.fromkeys(range(1, 30), 6)) == [15]
    assert _cuts(0, 50, 20, {5: 1}) == []


def test_pieces_of_words_and_characters() -> None:
    found = proven_ngrams({"w修路": 1, "w修路架桥": 2, "c园": 3})
    assert (found["修路架桥"], found["路架"], found["园"], found["修"]) == (2, 2, 3, 2)


def test_language_knows_only_what_others_write() -> None:
    language = Language([["山清水秀"], ["山清水秀"], ["山高路远"]])
    assert language.likelihood("山", "清") > 0
    assert language.likelihood("山", "高") == 0
    assert language.likelihood("x清", "水") > 0
    assert han("投资3亿元，修路。") == "投资亿元修路"


@pytest.fixture(scope="module")
def small_extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    file = write_rows(tmp_path_factory.mktemp("rows") / "r.jsonl", labelled_rows(6))
    examples = load_examples([file], IDS)
    return build_extract(examples, IDS, {}, CUT, Settings())


@pytest.fixture
def folder(small_extract: Extract, tmp_path: Path) -> Path:
    store.save_extract(small_extract, tmp_path / "extract", "card")
    return tmp_path / "extract"


def test_an_extract_holds_only_frequent_terms(small_extract: Extract) -> None:
    counted = small_extract.counted
    rows = counted.sentence_counts.row_of_entry()
    for column in range(0, len(counted.terms), 7):
        where = rows[counted.sentence_counts.indices == column]
        assert len(where) >= MIN_SENTENCES
        assert len({counted.reports[counted.sentence_to_paragraph[r]] for r in where}) >= MIN_REPORTS
    assert list(counted.terms) == sorted(counted.terms)


def test_an_extract_comes_back_as_it_was(small_extract: Extract, folder: Path) -> None:
    loaded, _ = store.load_extract(folder)
    ours, theirs = small_extract.counted, loaded.counted
    assert (ours.terms, ours.reports) == (theirs.terms, theirs.reports)
    for name in ("clause_to_sentence", "sentence_to_paragraph", "labels", "targets"):
        assert (getattr(ours, name) == getattr(theirs, name)).all(), name
    for name in ("indptr", "indices", "data"):
        assert (getattr(ours.clause_counts, name) == getattr(theirs.clause_counts, name)).all(), name
    assert ours.clause_counts.rows > ours.sentence_counts.rows
    assert loaded.paragraphs == small_extract.paragraphs


def test_the_order_of_clauses_says_nothing_of_the_text(small_extract: Extract, tmp_path: Path) -> None:
    rows = labelled_rows(6)
    for row in rows:
        for sentence in row["sentences"]:  # type: ignore[attr-defined]
            sentence["text"] = "，".join(reversed(sentence["text"].rstrip("。").split("，"))) + "。"
    turned = build_extract(load_examples([write_rows(tmp_path / "r.jsonl", rows)], IDS), IDS, {}, CUT, Settings())
    assert turned.counted.terms == small_extract.counted.terms
    for name in ("indptr", "indices", "data"):
        ours, theirs = (getattr(e.counted.clause_counts, name) for e in (turned, small_extract))
        assert (ours == theirs).all(), name


@settings(deadline=None)
@given(st.data())
def test_clauses_are_sorted_by_their_content(small_extract: Extract, data: st.DataObject) -> None:
    counted = small_extract.counted
    numbers = data.draw(st.permutations(range(len(counted.clause_to_sentence))))
    order = np.array(sorted(numbers, key=lambda i: counted.clause_to_sentence[i]), dtype=np.int64)
    mixed = replace(counted, clause_counts=order_rows(counted.clause_counts, order))
    assert clause_contents(sort_clauses(mixed)) == clause_contents(counted)


def long_reports() -> list[dict[str, object]]:
    """Reports of long sentences out of few phrases, so that nearly all of their terms are frequent."""
    generator = np.random.default_rng(7)
    phrases = ["深化改革", "扩大开放", "强化创新", "改善民生", "保护生态", "防范风险", "兴修水利", "振兴乡村"]

    def sentence() -> str:
        parts = ("".join(generator.choice(phrases, generator.integers(2, 8))) for _ in range(generator.integers(1, 4)))
        return "，".join(parts) + "。"

    return [
        {"id": f"r{r}-{p}", "report": f"r{r}", "sentences": [{"text": sentence(), "areas": []} for _ in range(4)]}
        for r in range(6)
        for p in range(4)
    ]


def test_nothing_long_comes_back_of_reports_by_any_attempt(tmp_path: Path) -> None:
    rows = long_reports()
    made = build_extract(load_examples([write_rows(tmp_path / "r.jsonl", rows)], IDS), IDS, {}, CUT, Settings())
    for whose in ("", "clauses_"):
        assert made.account[f"{whose}over_20_before"] > 0 == made.account[f"{whose}over_20_after"]
        assert made.account[f"{whose}over_12_before"] >= made.account[f"{whose}over_12_after"]
    reports: dict[object, list[str]] = {}
    for row in rows:
        reports.setdefault(row["report"], []).extend(texts_of(row))
    phrases, language = SetPhrases(reports.values(), 21), Language(reports.values())
    counted, texts = made.counted, [text for row in rows for text in texts_of(row)]
    for number, text in enumerate(texts):
        own = [terms_of(counted, int(i)) for i in np.flatnonzero(counted.clause_to_sentence == number)]
        for rebuilt in attempts(own, language):
            assert leaks(rebuilt, han(text), phrases) == []
    whole = made.account["entries_before"]
    assert whole > made.account["entries_after"] > 0.6 * whole


def terms_of(counted: LabelledCounts, clause: int) -> dict[str, int]:
    a, b = counted.clause_counts.indptr[clause : clause + 2]
    names = (counted.terms[i] for i in counted.clause_counts.indices[a:b])
    return dict(zip(names, counted.clause_counts.data[a:b].astype(int).tolist(), strict=True))


def test_an_extract_without_clauses_is_refused(folder: Path) -> None:
    """Format 1 had a row for each sentence, and said nothing of clauses."""
    manifest = json.loads((folder / artifact.MANIFEST).read_text(encoding="utf-8"))
    del manifest["seal"]
    manifest["format"] = 1
    (folder / artifact.MANIFEST).write_bytes(artifact.encode_manifest(manifest))
    with pytest.raises(BundleError, match=r"format 1 is older than this program reads \(2\)"):
        store.load_extract(folder)


def texts_of(row: dict[str, object]) -> list[str]:
    sentences = row["sentences"]
    assert isinstance(sentences, list)
    return [s["text"] for s in sentences]


def test_an_extract_holds_no_text(folder: Path) -> None:
    sentences = [text for row in labelled_rows(6) for text in texts_of(row)]
    stored = "".join(f.read_bytes().decode("utf-8", "ignore") for f in folder.iterdir())
    assert not [s for s in sentences if s in stored]


@pytest.mark.parametrize("name", [*sorted(store.EXTRACT_FILES), artifact.MANIFEST])
def test_a_flipped_bit_is_found(folder: Path, name: str) -> None:
    data = bytearray((folder / name).read_bytes()) or bytearray(1)
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(BundleError, match=str(folder)):
        store.load_extract(folder)


def altered(extract: Extract, name: str) -> Extract:
    """An extract with one thing that cannot be."""
    counted = extract.counted
    first = extract.paragraphs[0]
    data = counted.clause_counts.data.copy()
    data[0] = 0
    turned = order_rows(counted.clause_counts, np.arange(len(counted.clause_to_sentence))[::-1])
    wrong = {
        "order of sentences": replace(
            extract, counted=replace(counted, sentence_to_paragraph=counted.sentence_to_paragraph[::-1])
        ),
        "values of labels": replace(extract, counted=replace(counted, labels=counted.labels + 5)),
        "sentences of clauses": replace(
            extract, counted=replace(counted, clause_to_sentence=counted.clause_to_sentence + 1)
        ),
        "order of clauses": replace(extract, counted=replace(counted, clause_counts=turned)),
        "order of terms": replace(extract, counted=replace(counted, terms=counted.terms[::-1])),
        "values of counts": replace(
            extract, counted=replace(counted, clause_counts=replace(counted.clause_counts, data=data))
        ),
        "an id stands twice": replace(extract, paragraphs=(first,) * len(extract.paragraphs)),
        "paragraph 'r0-0'": replace(extract, paragraphs=(replace(first, year="x"), *extract.paragraphs[1:])),  # type: ignore[arg-type]
        "areas": replace(extract, areas=(extract.areas[0],) * len(extract.areas)),
    }
    return wrong[name]


@pytest.mark.parametrize(
    "name",
    [
        "order of sentences",
        "sentences of clauses",
        "order of clauses",
        "values of labels",
        "order of terms",
        "values of counts",
        "an id stands twice",
        "paragraph 'r0-0'",
        "areas",
    ],
)
def test_what_does_not_fit_is_refused(small_extract: Extract, tmp_path: Path, name: str) -> None:
    store.save_extract(altered(small_extract, name), tmp_path / "wrong", "card")
    with pytest.raises(BundleError, match=f"do not fit together .*{name}"):
        store.load_extract(tmp_path / "wrong")


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
    folder: Path, change: Callable[[dict[str, object]], object], message: str
) -> None:
    manifest = json.loads((folder / artifact.MANIFEST).read_text(encoding="utf-8"))
    del manifest["seal"]
    change(manifest)
    (folder / artifact.MANIFEST).write_bytes(artifact.encode_manifest(manifest))
    with pytest.raises((BundleError, LabelError), match=message):
        named = NamedExtract(folder, *store.load_extract(folder))
        check_fit(named, IDS, {}, Settings())


def test_too_few_reports_cannot_tell_what_is_rare(tmp_path: Path) -> None:
    examples = load_examples([write_rows(tmp_path / "r.jsonl", labelled_rows(2))], IDS)
    with pytest.raises(LabelError, match="2 reports are too few"):
        build_extract(examples, IDS, {}, CUT, Settings())


def test_a_paragraph_stands_in_one_part_only(folder: Path, tmp_path: Path) -> None:
    labels = labels_folder(tmp_path / "labels", labelled_rows(1))
    with pytest.raises(LabelError, match="id 'r0-0' is in the labelled texts too"):
        load_training_set([labels, folder])


def test_texts_and_extracts_train_together(folder: Path, tmp_path: Path) -> None:
    rows = [row | {"id": f"t-{row['id']}", "report": f"t{row['report']}"} for row in labelled_rows(3)]
    labels = labels_folder(tmp_path / "labels", rows)
    shutil.copy(labels / "taxonomy.toml", folder.parent)
    training = load_training_set([labels, folder])
    counted = count_training_set(training, {}, Settings())
    assert len(counted.reports) == 3 * 6 + 6 * 6
    assert counted.sentence_counts.rows == len(counted.sentence_to_paragraph) == len(counted.labels)
    whole = load_training_set([folder, labels])
    assert whole.digest() == training.digest() != load_training_set([labels]).digest()


def test_a_model_of_an_extract_is_that_of_its_text(folder: Path, tmp_path: Path) -> None:
    """Every term of the small set is frequent or trained away, so nothing may be lost but what was dropped."""
    labels = labels_folder(tmp_path / "labels", labelled_rows(6))
    (tmp_path / "empty").mkdir()
    shutil.copy(labels / "taxonomy.toml", tmp_path / "empty")
    shutil.copytree(folder, tmp_path / "empty" / "extracted")
    terms_folder = tmp_path / "terms"
    terms_folder.mkdir()
    (terms_folder / "none.txt").write_text("# 无\n", encoding="utf-8")
    of_text = train([labels], terms=terms_folder)
    of_extract = train([tmp_path / "empty"], terms=terms_folder)
    assert of_extract.vocabulary.terms == of_text.vocabulary.terms
    ours, theirs = of_extract.classifiers.sentences, of_text.classifiers.sentences
    assert np.abs(ours.coef - theirs.coef).max() < 0.01


def test_an_extract_made_otherwise_is_refused(folder: Path) -> None:
    named = NamedExtract(folder, *store.load_extract(folder))
    check_fit(named, IDS, {}, Settings())
    for areas, words, options, message in [
        (IDS[:2], {}, Settings(), "its areas are not those of the taxonomy"),
        (IDS, {"高标准农田": 3}, Settings(), "made with other policy terms"),
        (IDS, {}, Settings(edges=False), "made with edges = True, not False"),
        (IDS, {}, Settings(char_ngrams=2, mask_numbers=False), "made with mask_numbers = True, not False"),
    ]:
        with pytest.raises(LabelError, match=f"{message}.*extract again: classify labels extract"):
            check_fit(named, areas, words, options)


@pytest.mark.parametrize("options", [Settings(char_ngrams=n) for n in (0, 1, 3)])
def test_training_may_take_shorter_runs_than_an_extract_has(
    small_extract: Extract, tmp_path: Path, options: Settings
) -> None:
    examples = load_examples([write_rows(tmp_path / "r.jsonl", labelled_rows(6))], IDS)
    labelled = LabelledSet(Taxonomy(AREAS), ())
    training = TrainingSet(
        labelled, (NamedExtract(Path("x"), replace(small_extract, tokenizer=store.tokenizer_fingerprint({})), ""),)
    )
    counted = count_training_set(training, {}, options)
    text = count_labels(examples, AREAS, {}, options)
    frequent = keep_terms(text, frequent_terms(text, MIN_SENTENCES, MIN_REPORTS))
    assert counted.terms == frequent.terms
    for name in ("indptr", "indices", "data"):
        assert (getattr(counted.sentence_counts, name) == getattr(frequent.sentence_counts, name)).all(), name


def test_training_may_not_take_longer_runs_than_an_extract_has(folder: Path) -> None:
    extract, seal = store.load_extract(folder)
    shorter = replace(extract, settings=Settings(char_ngrams=2))
    with pytest.raises(LabelError, match="made with char_ngrams = 2, not 4"):
        check_fit(NamedExtract(folder, shorter, seal), IDS, {}, Settings())


@given(documents, st.integers(0, 4), st.booleans())
def test_shorter_runs_are_those_that_shorter_settings_count(text: str, characters: int, edges: bool) -> None:
    plain = normalize_text(text)
    fewer = Settings(char_ngrams=characters, edges=edges)
    many = Counter(sentence_terms(plain, CUT, Settings(edges=edges)))
    assert Counter(sentence_terms(plain, CUT, fewer)) == {t: n for t, n in many.items() if is_counted(t, fewer)}


def test_the_commands(classify: Callable[..., Result], tmp_path: Path) -> None:
    rows = [row | {"sentences": [{"text": t, "areas": ["ecology"]} for t in texts_of(row)]} for row in labelled_rows(6)]
    file = write_rows(tmp_path / "mine.jsonl", rows)
    fixed = tmp_path / "fixed.jsonl"
    fixed.write_text(json.dumps({"id": "r0-0", "sentence": 1, "areas": ["finance"]}) + "\n", encoding="utf-8")
    result = classify("labels", "extract", file, "--out", tmp_path / "ex", "--jobs", 1, "--corrections", fixed)
    assert result.exit_code == 0, result.output
    assert "over_20_after: 0" in result.stderr
    summary = classify("labels", "summary", "--labels", tmp_path / "ex", "--lang", "en")
    assert summary.exit_code == 0, summary.output
    assert "county" in summary.stdout
    lines = {line.split()[0]: line.split()[-1] for line in summary.stdout.splitlines() if line.strip()}
    assert int(lines["Ecology"]) == 71
    compared = classify("agreement", file, file, "--lang", "en")
    assert compared.exit_code == 0, compared.output
    assert "Disagreements (0)" in compared.stdout
