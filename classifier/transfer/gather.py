"""What is written: the labels of a workspace, or paragraphs as a model tagged them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from classifier.analysis.units import Unit, split_units
from classifier.records import CONTENT, Prediction
from classifier.transfer.rows import WHOLE, Passage, WrittenRow
from classifier.workspace.saved_labels import CurrentLabel, document_name, paragraph_id


def rows_of_labels(
    labels: Iterable[CurrentLabel], areas: Sequence[str], unit: Unit | None = None
) -> tuple[WrittenRow, ...]:
    """Return the rows of saved labels, in their order.

    unit: PARAGRAPH or SENTENCE for what is known of these alone; None for all that is known, without rows of sentences
    that follow from the one of the paragraph, or the other way round.
    """
    return tuple(row for label in labels for row in _label_rows(label, frozenset(areas), tuple(areas), unit))


def _label_rows(
    label: CurrentLabel, chosen: frozenset[str], offered: tuple[str, ...], unit: Unit | None
) -> Iterator[WrittenRow]:
    passage = Passage(label.id, label.document, label.text, label.sentences, label.heading, label.line)
    by_sentence = {n: own for n, own in enumerate(label.by_sentence, start=1) if own.keys() & chosen}
    whole = {area: there for area, there in label.whole.items() if area in chosen}
    follows = unit is None and not _is_whole(label) and all(_follows(label, area) for area in whole)
    if whole and unit is not Unit.SENTENCE and not follows:
        yield WrittenRow(passage, WHOLE, whole, False, offered)
    if unit is Unit.PARAGRAPH or (unit is None and _is_whole(label)):
        return
    for number, own in by_sentence.items():
        yield WrittenRow(passage, number, {a: there for a, there in own.items() if a in chosen}, False, offered)


def _is_whole(label: CurrentLabel) -> bool:
    """Whether what is known of the sentences of a paragraph follows from what is known of it."""
    return not any(there or label.whole.get(a) is not False for own in label.by_sentence for a, there in own.items())


def _follows(label: CurrentLabel, area: str) -> bool:
    """Whether what is known of a paragraph follows from what is known of its sentences."""
    known = [own.get(area) for own in label.by_sentence]
    if label.whole[area]:
        return True in known
    return bool(known) and all(value is False for value in known)


def rows_of_predictions(
    document: str,
    predictions: Iterable[Prediction],
    areas: Sequence[str],
    unit: Unit,
    threshold: float,
    why: str = "",
) -> Iterator[WrittenRow]:
    """Yield the rows of the tagged headings and paragraphs of a document; of the sentences of each, for SENTENCE.

    areas: those in question. threshold: that of the model. For SENTENCE, predictions must have the probabilities of
    sentences.
    """
    offered = tuple(areas)
    for prediction in predictions:
        paragraph = prediction.paragraph
        if paragraph.kind not in CONTENT or not any(s.normalized for s in paragraph.sentences):
            continue
        passage = Passage(
            paragraph_id(document, paragraph.text),
            document_name(document),
            paragraph.text,
            tuple((s.start, s.end) for s in paragraph.sentences),
            paragraph.heading,
            paragraph.line,
        )
        for part in split_units(prediction, unit):
            yield _tagged_row(passage, part, offered, why, threshold)


def _tagged_row(
    passage: Passage, prediction: Prediction, offered: tuple[str, ...], why: str, threshold: float
) -> WrittenRow:
    tagged = {area.id for area in prediction.areas}
    scores: Mapping[str, float] = dict(prediction.scores)
    return WrittenRow(
        passage,
        WHOLE if prediction.part is None else prediction.part.number,
        {area: area in tagged for area in offered},
        True,
        offered,
        {area: scores[area] for area in offered if area in scores},
        why,
        threshold,
    )
