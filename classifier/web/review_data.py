"""The label page's data as JSON knows it: what the page is about, and the paragraphs of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from classifier.documents.normalize import folded_characters
from classifier.output.answer_language import SuggestionWords
from classifier.output.pages.report_data import DOUBTFUL
from classifier.output.suggestions import reason_word
from classifier.records import Area, AreaWords, Prediction
from classifier.web.review_files import ReviewParagraph
from classifier.web.suggestions import REASONS_APART
from classifier.web.words import ReviewWords

AREA_KEYS_IN_ORDER = "1234567890qwertasdfg"  # keys of areas; none of the page's other keys
MAYBE_MISSED = 0.25  # an area that is not tagged and has a higher probability may have been missed


@dataclass(frozen=True)
class ReviewQuestion:
    """What is asked: which areas a paragraph has, of those in question. areas: in order."""

    areas: tuple[Area, ...]
    lang: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the areas in question."""
        return tuple(area.id for area in self.areas)

    def about(self, paragraph: ReviewParagraph) -> frozenset[str]:
        """Return the areas that a verdict on a paragraph speaks of."""
        ids = frozenset(self.ids)
        return ids if paragraph.about is None else ids & paragraph.about


def start_data(question: ReviewQuestion, names: Sequence[str], suggested: bool) -> dict[str, Any]:
    """Return what the page needs before it shows a report.

    suggested: whether all paragraphs were chosen for review. folding: characters and, in their order, the forms of them
    that a search takes for the same, each one unit of UTF-16.
    """
    folding = folded_characters()
    keys = AREA_KEYS_IN_ORDER.ljust(len(question.areas))
    lang = question.lang
    return {
        "words": ReviewWords(lang).all(),
        "areas": [
            {
                "id": area.id,
                "name": area.name(lang),
                "definition": area.definition if lang == "zh" else area.definition_en,
                "color": area.color,
                "key": key.strip(),
            }
            for area, key in zip(question.areas, keys, strict=False)
        ],
        "reports": list(names),
        "suggested": suggested,
        "folding": ["".join(folding), "".join(folding.values())],
    }


def paragraph_data(paragraph: ReviewParagraph, question: ReviewQuestion) -> dict[str, Any]:
    """Return what the page shows of a paragraph. Places in texts count characters, as Python does."""
    prediction, about = paragraph.prediction, question.about(paragraph)
    own, reasons = prediction.paragraph, SuggestionWords(question.lang)
    scores = {score.id: score.score for score in prediction.scores if score.id in about}
    tagged = [score.id for score in prediction.areas if score.id in about]
    doubtful = [a for a, p in scores.items() if (p < DOUBTFUL if a in tagged else p > MAYBE_MISSED)]
    return {
        "id": paragraph.id,
        "document": paragraph.document,
        "line": own.line,
        "page": own.page,
        "kind": own.kind.value,
        "heading": list(own.heading),
        "text": own.text,
        "decidable": paragraph.decidable and bool(about),
        "about": [area for area in question.ids if area in about],
        "why": REASONS_APART.join(reason_word(r, reasons) for r in paragraph.why.split(REASONS_APART)),
        "labelled": None
        if paragraph.labelled is None
        else [a for a in question.ids if a in paragraph.labelled & about],
        "areas": tagged,
        "scores": scores,
        "uncertain": paragraph.decidable and bool(doubtful),
        "sentences": [_sentence(prediction, i, about) for i in range(len(own.sentences))],
    }


def _sentence(prediction: Prediction, number: int, about: frozenset[str]) -> dict[str, Any]:
    sentence = prediction.paragraph.sentences[number]
    evidence = [score.id for score in prediction.evidence[number] if score.id in about]
    probabilities = prediction.sentence_probabilities[number] if prediction.sentence_probabilities else ()
    scored = zip(prediction.model_areas, probabilities, strict=False)
    return {
        "start": sentence.start,
        "end": sentence.end,
        "areas": evidence,
        "scores": {area.id: probability for area, probability in scored if area.id in about},
    }


def words_data(words: Sequence[Sequence[AreaWords]]) -> list[dict[str, list[list[int]]]]:
    """Return for each sentence of a paragraph where the words stand that carry each area."""
    return [{own.area: sorted([w.start, w.end] for w in own.words) for own in sentence} for sentence in words]
