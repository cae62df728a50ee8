"""What `classify suggest` found: paragraphs with the reasons for each, and what their labels would bring."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from classifier.records import AreaScore, Prediction
from classifier.selection.forecast import Forecast, NoForecast


class Why(StrEnum):
    """Why a paragraph is suggested; the words for people are in `output/answer_language.py`, by the names."""

    NEAR_THRESHOLD = "near-threshold"
    RARE_AREA = "rare-area"
    NEW_WORDS = "new-words"
    UNLIKE_OTHERS = "unlike-others"


class Suggested(NamedTuple):
    """A suggested paragraph with its tags.

    worth: what a label would teach, above 0. doubtful: the areas near the threshold, nearest first. new_words: words
    that the model does not know, longest first.
    """

    document: str
    prediction: Prediction
    worth: float
    why: tuple[Why, ...]
    doubtful: tuple[AreaScore, ...]
    new_words: tuple[str, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """Return the row that is written: that of `predict --format jsonl`, and why it is suggested."""
        return {
            **self.prediction.to_dict(self.document, lang),
            "why": [str(code) for code in self.why],
            "score": round(self.worth, 4),
            "doubtful": [a._asdict() for a in self.doubtful],
            "new_words": list(self.new_words),
        }


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested, best first.

    paragraphs, reports: how many were looked at, of reports with a paragraph that can have areas. labelled: how many
    were left out because they are labelled. forecast: what so many labels would bring, or why that cannot be said.
    """

    rows: tuple[Suggested, ...]
    paragraphs: int
    reports: int
    labelled: int
    forecast: Forecast | NoForecast
