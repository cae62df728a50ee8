"""Rows with a column for each area: what workbooks hold and CSV has with `--wide`."""

from classifier.analysis.units import Unit
from classifier.output.answer_language import KindWords, WideWords
from classifier.output.options import OutputOptions
from classifier.records import Prediction

BETWEEN_HEADINGS = " / "
TEXT_WITHOUT_UNITS = 6  # the column of texts, the last before those of areas


def text_column(options: OutputOptions) -> int:
    """Return which column holds the texts, from 0; those of areas begin after it."""
    return TEXT_WITHOUT_UNITS + (options.unit != Unit.PARAGRAPH)


def wide_columns(options: OutputOptions) -> list[str]:
    """Return the names of the columns: what the record is, then 0 or 1 and the score of each area, and the evidence.

    Of items and sentences, their number in the paragraph stands behind that of the paragraph.
    """
    words, names = WideWords(options.lang), list(options.names.values())
    unit = [] if options.unit == Unit.PARAGRAPH else [words.unit]
    first = [words.document, words.paragraph, *unit, words.line, words.page, words.kind, words.heading, words.text]
    return [*first, *names, *(words.score.format(area=name) for name in names), words.evidence]


def wide_row(document: str, prediction: Prediction, options: OutputOptions) -> list[str | int | float | None]:
    """Return the values of a record, in the order of `wide_columns`; None where there is none."""
    paragraph, part = prediction.paragraph, prediction.part
    unit = [] if options.unit == Unit.PARAGRAPH else [None if part is None else part.number]
    tagged = {area.id for area in prediction.areas}
    scores = dict(prediction.scores)
    first: list[str | int | float | None] = [
        document,
        paragraph.number,
        *unit,
        paragraph.line,
        paragraph.page,
        KindWords(options.lang)[paragraph.kind.value],
        BETWEEN_HEADINGS.join(paragraph.heading),
        paragraph.text,
    ]
    zero_or_one = [int(area in tagged) for area in options.names]
    return [*first, *zero_or_one, *(scores.get(area) for area in options.names), _best_evidence(prediction, options)]


def _best_evidence(prediction: Prediction, options: OutputOptions) -> str:
    """Return the sentence with the highest score of any area that is shown; empty where there is none."""
    best, text = 0.0, ""
    for sentence, evidence in zip(prediction.paragraph.sentences, prediction.evidence, strict=True):
        score = max((a.score for a in evidence if a.id in options.names), default=0.0)
        if score > best:
            best, text = score, prediction.paragraph.text[sentence.start : sentence.end]
    return text
