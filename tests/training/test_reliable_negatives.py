from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier.documents.parse import from_text
from classifier.features.tfidf import idf, tf_idf
from classifier.features.tokenizer import load_tokenizer
from classifier.labelling.labelled_counts import UNLABELLED, LabelledCounts, count_examples, count_labels
from classifier.records import Area, Example
from classifier.settings import Settings
from classifier.training.reliable_negatives import add_negatives, sentences_with_terms
from classifier.training.train import train_model
from tests.conftest import AREAS, labelled_rows, texts_of
from tests.matrices import columns_of_shared_terms

OPTIONS = Settings(min_sentences=2, min_reports=2)
SHIPS = Area("ships", "船", "Ships")
KNOWN = frozenset(a.id for a in AREAS)
TEXTS = ("新建码头{n}座。", "航道疏浚{n}公里。", "港口吞吐量达到{n}万吨。", "新增货轮{n}艘。")


def base(hidden: int = 0) -> list[Example]:
    """Labels that say nothing of ships, with some paragraphs that are about them all the same."""
    rows = [(str(row["id"]), str(row["report"]), texts_of(row)) for row in labelled_rows(20)]
    rows += [(f"h{i}", f"r{i}", [TEXTS[i % 4].format(n=i)]) for i in range(hidden)]
    areas = {s["text"]: frozenset(s["areas"]) for row in labelled_rows(20) for s in row["sentences"]}  # type: ignore[attr-defined]
    return [
        Example(i, report, "".join(own), tuple(own), frozenset().union(*sets), sets, known=KNOWN)
        for i, report, own in rows
        for sets in [tuple(areas.get(t, frozenset[str]()) for t in own)]
    ]


def labels_of_ships(n: int) -> list[Example]:
    texts = [TEXTS[i % 4].format(n=i) for i in range(n)]
    ships = frozenset({"ships"})
    return [Example(f"s{i}", f"s{i // 2}", t, (t,), ships, (ships,), known=ships) for i, t in enumerate(texts)]


def negatives(counts: LabelledCounts, terms: tuple[str, ...] = ()) -> np.ndarray:
    """Whether each sentence became a negative of ships."""
    values = tf_idf(counts.sentence_counts, idf(counts.sentence_counts), True)
    seeded = {"ships": sentences_with_terms(counts, terms, OPTIONS)}
    found = add_negatives(counts, values, seeded, [*AREAS, SHIPS], OPTIONS)
    assert (found.labels[:, :3] == counts.labels[:, :3]).all()
    taken: np.ndarray = (found.labels[:, 3] == 0) & (counts.labels[:, 3] == UNLABELLED)
    assert ((found.labels[:, 3] == counts.labels[:, 3]) | taken).all()
    assert ((found.clause_labels[:, 3] == 0) == taken[counts.clause_to_sentence]).all()
    return taken


def test_sentences_about_the_area_are_not_taken() -> None:
    examples = sorted([*base(hidden=8), *labels_of_ships(20)], key=lambda e: e.id)
    counts = count_labels(examples, [*AREAS, SHIPS], {}, OPTIONS)
    hidden = np.array([e.id.startswith("h") for e in examples])[counts.sentence_to_paragraph]
    taken = negatives(counts, ("码头", "航道"))
    named = np.array([i % 4 < 2 for i in range(8)])
    assert not taken[np.flatnonzero(hidden)[named]].any()  # which have a seed term
    assert taken[hidden].sum() <= 1
    assert taken[~hidden].mean() > 0.7
    assert negatives(counts)[~hidden].mean() > 0.7


@pytest.mark.parametrize(
    ("terms", "options", "expected"),
    [
        (("修路",), Settings(), [True, False, False]),
        (("农村公路硬化",), Settings(), [False, True, False]),
        (("修,路",), Settings(), [False, False, False]),
        (("农村",), Settings(char_ngrams=0), [False, True, False]),
        (("",), Settings(), [False, False, False]),
    ],
)
def test_terms_are_found_in_counts(terms: tuple[str, ...], options: Settings, expected: list[bool]) -> None:
    texts = ("修路。", "农村,农村公路硬化。", "好。")
    examples = [Example(str(i), "r", t, (t,), frozenset()) for i, t in enumerate(texts)]
    counts = count_examples(examples, [e.sentences for e in examples], ["x"], load_tokenizer({}), options)
    assert sentences_with_terms(counts, terms, options).tolist() == expected


def test_twenty_paragraphs_make_an_area_and_leave_the_others_alone(tmp_path: Path) -> None:
    areas = [*AREAS, SHIPS]
    examples = [*base(), *labels_of_ships(20)]
    told: list[str] = []
    model = train_model(
        count_labels(examples, areas, {}, OPTIONS),
        areas,
        {},
        OPTIONS,
        seed_terms={"ships": ["码头"]},
        progress=told.append,
    ).model
    assert "ships: labelled in 20 paragraphs; " in "\n".join(told)
    text = "新建码头12座，新增货轮3艘。\n改造国道30公里。\n新建小学5所。\n各项工作有序推进。"
    assert [[a.id for a in p.areas] for p in model.predict(from_text(text))] == [["ships"], ["roads"], ["schools"], []]
    silent = [
        replace(e, areas=frozenset(), sentence_areas=(None,)) if e.id.startswith("s") and e.known != KNOWN else e
        for e in examples
    ]
    without = train_model(count_labels(silent, AREAS, {}, OPTIONS), AREAS, {}, OPTIONS).model
    for kind in ("sentences", "clauses"):
        one, other = (getattr(m.classifiers, kind) for m in (model, without))
        first, second = columns_of_shared_terms(model, without)
        assert (one.coef[first, :3] == other.coef[second]).all()
        assert (one.intercept[:3] == other.intercept).all()
