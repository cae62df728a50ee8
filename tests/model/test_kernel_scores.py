"""The scores of the kernel against those of numpy, which say what is meant."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import compiled, load_model, read
from classifier.arrays import Floats
from classifier.features.term_index import build_vocabulary, find_terms, prefix_closed
from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import Tokenize, load_tokenizer
from classifier.model.kernel_scores import PORTION, KernelScorer, kernel_scorer
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.model.model import Model
from classifier.records import Document, Prediction
from classifier.settings import Settings
from tests.conftest import PROJECT
from tests.strategies import USER_WORDS, normalized_lists, term_settings

pytestmark = pytest.mark.skipif(
    not compiled.BUILT, reason="no compiled kernel here; it is built where there is a C compiler"
)

UNIT = 2.0**-11


@pytest.fixture(scope="module")
def tokenize() -> Tokenize:
    return load_tokenizer(USER_WORDS)


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(compiled, "BUILT", False)
    return monkeypatch


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


def scorer(known: Sequence[str], classifiers: ClassifierPair, options: Settings | None = None) -> KernelScorer:
    made = kernel_scorer(build_vocabulary(known), classifiers, options or Settings())
    assert made is not None
    return made


@settings(deadline=None, max_examples=300)
@given(normalized_lists, term_settings, st.integers(1, 3), st.sampled_from([1, 3, 15, 16, 20]))
def test_scores_are_those_of_numpy(
    tokenize: Tokenize, sentences: list[str], options: Settings, step: int, areas: int
) -> None:
    every = sorted({t for sentence in sentences for t in sentence_terms(sentence, tokenize, options)})
    known = prefix_closed(every[::step])
    classifiers = random_classifiers(len(known), areas, len(sentences))
    found = find_terms(sentences, build_vocabulary(known), tokenize, options)
    wanted = classifiers.score(found, options.sublinear)
    for own, other in zip(scorer(known, classifiers, options).score(sentences, tokenize), wanted, strict=True):
        assert np.allclose(own, other, rtol=0, atol=1e-11)


def test_many_sentences_are_scored_in_portions(tokenize: Tokenize) -> None:
    sentences = [f"修路{i}公里,建设高标准农田。" for i in range(2 * PORTION + 1)]
    known = prefix_closed(sorted(set(sentence_terms(sentences[0], tokenize, Settings()))))
    made = scorer(known, random_classifiers(len(known), 2, 0))
    together, alone = made.score(sentences, tokenize), made.score(sentences[:1], tokenize)
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


@pytest.mark.parametrize("terms", [1, 3])
def test_classifiers_of_another_vocabulary_are_refused(terms: int) -> None:
    with pytest.raises(ValueError, match="not of the same terms and areas"):
        kernel_scorer(build_vocabulary(["c建", "c设"]), random_classifiers(terms, 2, 0), Settings())


def test_terms_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="without its beginning"):
        kernel_scorer(build_vocabulary(["c建设农", "c建设"]), random_classifiers(2, 2, 0), Settings())


def tagged(model: Model, documents: Sequence[Document]) -> list[Prediction]:
    return [prediction for document in documents for prediction in model.predict(document)]


def numbers(predictions: Sequence[Prediction]) -> Floats:
    return np.array([p.probabilities for p in predictions])


def test_the_shipped_model_tags_alike_without_it(uncompiled: pytest.MonkeyPatch) -> None:
    model = load_model()
    documents = list(read(PROJECT / "seeds" / "reports"))
    assert model.kernel is None
    by_numpy = tagged(model, documents)
    uncompiled.undo()
    model = load_model()
    assert model.kernel is not None
    assert tagged(model, list(read(PROJECT / "seeds" / "reports"))) == by_numpy


@pytest.mark.slow
def test_every_real_paragraph_is_tagged_alike_without_it(uncompiled: pytest.MonkeyPatch, shared: Path) -> None:
    by_numpy = tagged(load_model(), list(read(shared / "corpus")))
    uncompiled.undo()
    found = tagged(load_model(), list(read(shared / "corpus")))
    assert np.abs(numbers(found) - numbers(by_numpy)).max() <= 1e-4  # a last digit may be rounded the other way
    assert [p._replace(probabilities=()) for p in found if p.areas] == [
        p._replace(probabilities=()) for p in by_numpy if p.areas
    ]
    print(f"{len(found)} paragraphs, tagged alike by the kernel and by numpy")
    assert len(found) > 12_000
