"""`classify suggest` without a terminal: reports in, out come those paragraphs whose labels would teach most."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from classifier.arrays import Floats, Ints
from classifier.documents.normalize import normalize_text
from classifier.engines.batches import batches
from classifier.engines.parsing import file_receipts, parse_batch
from classifier.labelling.taxonomy import load_taxonomy
from classifier.model.model import Model
from classifier.model.text_rows import text_rows
from classifier.readers.inputs import Inputs
from classifier.readers.raw import TableColumns
from classifier.records import CONTENT, AreaScore, Document, Paragraph, Prediction
from classifier.resources import taxonomy_file
from classifier.selection.choice import choose, quota
from classifier.selection.forecast import Forecast, NoForecast, WhyUnforeseen, forecast_gain, load_curves
from classifier.selection.suggested import Suggested, Suggestions, Why
from classifier.selection.worth import rarities, uncertainties, unknown_words, worths
from classifier.tasks.shares import OnFiles, OnProgress
from classifier.workspace.saved_labels import paragraph_id

_NEAR = 0.6  # uncertainty from which an area is in doubt: a probability from 0.2 to 0.8
_RARE = 1.2  # weight from which an area is called rare
_MANY_NEW = 0.15  # share of unknown words that is called many
_KEPT, _KEPT_OF_REPORT = 20_000, 500  # candidates, those that are worth most


class _Candidate(NamedTuple):
    report: int
    document: str
    paragraph: Paragraph
    probabilities: Floats
    new_words: tuple[str, ...]
    novelty: float
    worth: float


def suggest_of_inputs(
    inputs: Inputs,
    model: Model,
    size: int,
    *,
    labelled: Collection[str] = (),
    counts: Mapping[str, int] | None = None,
    columns: TableColumns | None = None,
    on_files: OnFiles = lambda _: None,
    on_progress: OnProgress = lambda *_: None,
) -> Suggestions:
    """Return the paragraphs of files whose labels would teach a model most.

    labelled: ids of paragraphs that are left out. counts: by area how many labels of the user's have it, beside those
    that the model learned from. on_files, on_progress: are called with what became of files, and with documents, bytes
    of text and bytes of sources that are done. Memory holds what is worth most of each report, and no more.
    """
    collected = _Collected(model, labelled, counts or {})
    documents = bytes_of_text = weight = 0
    for batch in batches(inputs, columns or TableColumns()):
        for found in parse_batch(batch):
            on_files(tuple(file_receipts([found], compared=False)))
            if found.document is not None:
                collected.add(found.document)
                documents += 1
        bytes_of_text += sum(raw.size for raw in batch.raw_documents)
        weight += batch.weight
        on_progress(documents, bytes_of_text, weight)
    return collected.best(size)


def suggest(
    documents: Iterable[Document],
    model: Model,
    size: int = 50,
    *,
    labelled: Collection[str] = (),
    counts: Mapping[str, int] | None = None,
) -> Suggestions:
    """Return the paragraphs of documents whose labels would teach a model most; as `suggest_of_inputs` does."""
    collected = _Collected(model, labelled, counts or {})
    for document in documents:
        collected.add(document)
    return collected.best(size)


def label_counts(model: Model, counts: Mapping[str, int]) -> Ints:
    """Return how many labels have each area, shape (areas,): sentences that the model learned from, and others."""
    own = np.array([counts.get(area.id, 0) for area in model.areas], dtype=np.int64)
    return own if model.outcomes is None else own + model.outcomes.truth.sum(axis=0)


class _Collected:
    """The candidates of all documents so far."""

    def __init__(self, model: Model, labelled: Collection[str], counts: Mapping[str, int]) -> None:
        self.model, self.labelled = model, frozenset(labelled)
        self.rarity = rarities(label_counts(model, counts))
        self.candidates: list[_Candidate] = []
        self.seen: set[int] = set()  # hashes of texts, of which each is suggested once
        self.paragraphs = self.reports = self.left_out = 0

    def add(self, document: Document) -> None:
        """Take the paragraphs of a document that can have areas and are not labelled."""
        there = [p for p in document.paragraphs if p.kind in CONTENT and any(s.normalized for s in p.sentences)]
        self.paragraphs += len(there)
        paragraphs = [p for p in there if self._is_open(document.name, p)]
        if not there:
            return
        self.reports += 1
        if paragraphs:
            self._weigh(document.name, paragraphs)
        if len(self.candidates) > 2 * _KEPT:
            self._drop()

    def _is_open(self, document: str, paragraph: Paragraph) -> bool:
        """Whether a paragraph is neither labelled nor the same as one before."""
        if self.labelled and paragraph_id(document, paragraph.text) in self.labelled:
            self.left_out += 1
            return False
        text = hash(normalize_text(paragraph.text))
        if text in self.seen:
            return False
        self.seen.add(text)
        return True

    def _weigh(self, document: str, paragraphs: Sequence[Paragraph]) -> None:
        model, known = self.model, self.model.vocabulary.word_columns
        probabilities = model.tag_paragraphs(paragraphs).paragraphs
        words = [
            unknown_words((s.normalized for s in p.sentences), known, model.tokenize, model.settings.mask_numbers)
            for p in paragraphs
        ]
        novelty = np.array([share for _, share in words])
        worth = worths(probabilities, self.rarity, novelty)
        rows = zip(paragraphs, probabilities, words, worth.tolist(), strict=True)
        found = [_Candidate(self.reports - 1, document, p, own, *new, w) for p, own, new, w in rows]
        self.candidates += sorted(found, key=lambda one: -one.worth)[:_KEPT_OF_REPORT]

    def _drop(self) -> None:
        """Keep the candidates that are worth most."""
        self.candidates.sort(key=lambda one: -one.worth)
        del self.candidates[_KEPT:]

    def best(self, size: int) -> Suggestions:
        """Return the best of all candidates, and what their labels would bring."""
        self._drop()
        found = self.candidates
        chosen: list[int] = []
        if found:
            worth, report = np.array([c.worth for c in found]), np.array([c.report for c in found], dtype=np.int64)
            most = quota(size, len(set(report.tolist())))
            rows = text_rows(self.model, [c.paragraph for c in found])
            chosen = choose(worth, rows, report, size, most).tolist()
        predictions = self.model.predict_paragraphs([found[i].paragraph for i in chosen])
        rows_found = tuple(self._suggested(found[i], p) for i, p in zip(chosen, predictions, strict=True))
        return Suggestions(
            rows_found, self.paragraphs, self.reports, self.left_out, expected_gain(self.model, len(rows_found))
        )

    def _suggested(self, candidate: _Candidate, prediction: Prediction) -> Suggested:
        doubt = uncertainties(candidate.probabilities)
        near = [int(i) for i in np.argsort(-doubt, kind="stable") if doubt[i] >= _NEAR]
        why = []
        if near:
            why.append(Why.NEAR_THRESHOLD)
        if any(self.rarity[i] >= _RARE for i in near):
            why.append(Why.RARE_AREA)
        if candidate.novelty >= _MANY_NEW:
            why.append(Why.NEW_WORDS)
        areas = tuple(AreaScore(self.model.areas[i].id, float(candidate.probabilities[i])) for i in near)
        return Suggested(
            candidate.document,
            prediction,
            candidate.worth,
            tuple(why) or (Why.UNLIKE_OTHERS,),
            areas,
            candidate.new_words,
        )


def expected_gain(model: Model, more: int) -> Forecast | NoForecast:
    """Return what labels of so many paragraphs would bring, by the curves of the shipped labels, where these can say.

    The user's own labels are not in it: a few versions make no curve, and paragraphs that were chosen are no sample.
    """
    if model.outcomes is None or not len(model.outcomes.table):
        return NoForecast(WhyUnforeseen.NOT_RECORDED)
    if not {*load_taxonomy(taxonomy_file()).ids} <= {area.id for area in model.areas}:
        return NoForecast(WhyUnforeseen.OTHER_AREAS)
    curves, paragraphs = load_curves(), int(model.outcomes.paragraph[-1]) + 1
    if paragraphs < (least := int(curves.paragraphs.min())):
        return NoForecast(WhyUnforeseen.TOO_FEW, paragraphs, least)
    return forecast_gain(curves, paragraphs, more)


def saved_counts(areas: Iterable[Collection[str]]) -> Counter[str]:
    """Return how many labelled paragraphs have each area."""
    return Counter(area for own in areas for area in own)
