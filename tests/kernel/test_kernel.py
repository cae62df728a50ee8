"""The compiled kernel against the Python and numpy that say what it does."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import compiled, load_model, read
from classifier.arrays import Floats
from classifier.documents.normalize import fold
from classifier.documents.sentences import split_sentences
from classifier.features.term_index import build_vocabulary, find_terms, prefix_closed
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import Tokenize, load_tokenizer
from classifier.model.kernel_scores import PORTION, kernel_scorer
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.model.model import Model
from classifier.records import AreaScore, Document, Prediction, Sentence
from classifier.settings import Settings
from tests.conftest import PROJECT
from tests.features.test_term_index import WORDS, choices, sentences
from tests.strategies import any_line, lines

pytestmark = pytest.mark.skipif(
    not compiled.BUILT, reason="no compiled kernel here; it is built where there is a C compiler"
)

UNIT = 2.0**-11


@pytest.fixture(scope="module")
def cut() -> Tokenize:
    return load_tokenizer(WORDS)


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(compiled, "BUILT", False)
    return monkeypatch


@settings(max_examples=500)
@given(st.one_of(lines, any_line))
def test_sentences_are_those_of_the_patterns(raw: str) -> None:
    text = fold(raw).text
    found = compiled.kernel.split(text, Sentence)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "BUILT", False)
        assert found is None or found == split_sentences(text)


def test_most_lines_need_no_patterns() -> None:
    text = "新建高标准农田3.5万亩(含水田1万亩);粮食总产稳定。“三产”融合加快!"
    assert [s.normalized for s in compiled.kernel.split(text, Sentence) or []] == [
        "新建高标准农田3.5万亩(含水田1万亩);",
        "粮食总产稳定。",
        "“三产”融合加快!",
    ]
    assert compiled.kernel.split("抓好两件事:一是修路,二是办学。", Sentence) is None


@given(st.lists(st.lists(st.integers(0, 20), min_size=3, max_size=3), max_size=6))
def test_ranks_are_those_of_numpy(small_model: Model, rows: list[list[int]]) -> None:
    scores = np.array(rows, dtype=np.float64).reshape(-1, 3) / 20
    chosen = scores >= 0.5
    found = compiled.kernel.rank(scores, chosen, tuple(a.id for a in small_model.areas), AreaScore)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "BUILT", False)
        assert found == small_model._ranked(scores, chosen)
    assert all(type(area) is AreaScore for row in found for area in row)


def random_classifiers(terms: int, areas: int, seed: int) -> ClassifierPair:
    generator = np.random.default_rng(seed)
    idf: Floats = generator.integers(2048, 20_000, size=terms).astype(np.float64) * UNIT
    sentences, clauses = (
        LinearClassifiers(
            generator.integers(-30_000, 30_000, size=(terms, areas)).astype(np.int16),
            generator.normal(size=areas),
            UNIT,
        )
        for _ in range(2)
    )
    return ClassifierPair(idf, sentences, clauses)


@settings(deadline=None, max_examples=300)
@given(sentences, choices, st.integers(1, 3), st.sampled_from([1, 3, 15, 16, 20]))
def test_scores_are_those_of_numpy(cut: Tokenize, plains: list[str], options: Settings, step: int, areas: int) -> None:
    known = prefix_closed(sorted({t for plain in plains for t in sentence_terms(plain, cut, options)})[::step])
    vocabulary = build_vocabulary(known)
    classifiers = random_classifiers(len(known), areas, len(plains))
    made = kernel_scorer(vocabulary, classifiers, options)
    assert made is not None
    wanted = classifiers.score(find_terms(plains, vocabulary, cut, options), options.sublinear)
    for own, other in zip(made.score(plains, cut), wanted, strict=True):
        assert np.allclose(own, other, rtol=0, atol=1e-11)


def test_many_sentences_are_scored_in_portions(cut: Tokenize) -> None:
    plains = [f"修路{i}公里,建设高标准农田。" for i in range(2 * PORTION + 1)]
    known = prefix_closed(sorted(set(sentence_terms(plains[0], cut, Settings()))))
    made = kernel_scorer(build_vocabulary(known), random_classifiers(len(known), 2, 0), Settings())
    assert made is not None
    together, alone = made.score(plains, cut), made.score(plains[:1], cut)
    for own, other in zip(together, alone, strict=True):
        assert (own == other[0]).all()


def test_weights_of_other_kinds_are_left_to_numpy() -> None:
    vocabulary = build_vocabulary(["c建"])
    whole = random_classifiers(1, 2, 0)
    real = LinearClassifiers(whole.sentences.weights(), whole.sentences.intercept)
    assert kernel_scorer(vocabulary, whole, Settings()) is not None
    assert kernel_scorer(vocabulary, ClassifierPair(whole.idf, real, whole.clauses), Settings()) is None
    assert (
        kernel_scorer(vocabulary, ClassifierPair(whole.idf + UNIT / 2, whole.sentences, whole.clauses), Settings())
        is None
    )


def test_what_does_not_fit_together_is_refused(cut: Tokenize) -> None:
    keys = build_vocabulary(["c建设", "c建设农"]).ngrams
    with pytest.raises(ValueError, match="without its beginning"):
        compiled.kernel.run_table(keys[::-1].copy())
    with pytest.raises(ValueError, match="ends outside"):
        compiled.kernel.word_table("建设".encode("utf-16-le"), np.array([3]))
    with pytest.raises(TypeError, match="no named tuple"):
        compiled.kernel.split("建设", int)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no named tuple"):
        compiled.kernel.rank(np.ones((1, 1)), np.ones((1, 1), dtype=bool), ("a",), object)  # type: ignore[arg-type]
    made = kernel_scorer(build_vocabulary(["c建"]), random_classifiers(1, 2, 0), Settings())
    assert made is not None
    text, scores = "\n建设\n".encode("utf-16-le"), np.zeros((1, 2))
    for tokens in (["\n", "建设"], ["\n", "建设", "\n", "\n"], ["\n", "", "建设", "\n"]):
        with pytest.raises(ValueError, match="do not make up the text"):
            compiled.kernel.score(tokens, text, scores, scores.copy(), *made.parts)
    for short in (np.zeros((2, 2)), np.zeros((1, 1))):
        with pytest.raises(ValueError, match="do not fit together"):
            compiled.kernel.score(["\n", "建设", "\n"], text, short, short.copy(), *made.parts)


def tagged(model: Model, documents: Sequence[Document]) -> list[Prediction]:
    return [prediction for document in documents for prediction in model.predict(document)]


def numbers(predictions: Sequence[Prediction]) -> Floats:
    return np.array([p.probabilities for p in predictions])


def test_the_shipped_model_tags_alike_without_it(uncompiled: pytest.MonkeyPatch) -> None:
    model = load_model()
    documents = list(read(PROJECT / "seeds" / "reports"))
    assert model.kernel is None
    plain = tagged(model, documents)
    uncompiled.undo()
    model = load_model()
    assert model.kernel is not None
    assert tagged(model, list(read(PROJECT / "seeds" / "reports"))) == plain


def test_every_real_paragraph_is_tagged_alike_without_it(uncompiled: pytest.MonkeyPatch, shared: Path) -> None:
    plain = tagged(load_model(), list(read(shared / "corpus")))
    uncompiled.undo()
    found = tagged(load_model(), list(read(shared / "corpus")))
    assert np.abs(numbers(found) - numbers(plain)).max() <= 1e-4  # a last digit may be rounded the other way
    assert [p._replace(probabilities=()) for p in found if p.areas] == [
        p._replace(probabilities=()) for p in plain if p.areas
    ]
    print(f"{len(found)} paragraphs, tagged alike by the kernel and by numpy")
    assert len(found) > 12_000
