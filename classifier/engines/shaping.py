"""Tagged documents as the records that the user asked for: by unit, with explanations, with the words of evidence."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice

from classifier.analysis.units import Unit, split_units
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.records import Document, Explanation, Paragraph, Prediction

AT_ONCE = 256  # records whose words are looked for together


def tagged_rows(
    model: Model, documents: Sequence[Document], options: OutputOptions, wants_words: bool = False
) -> Iterator[tuple[str, Prediction]]:
    """Yield each record with the name of its document, in order.

    wants_words: with the words that make each sentence evidence.
    """
    names = (d.name for d in documents for _ in d.paragraphs)
    paragraphs = chain.from_iterable(d.paragraphs for d in documents)
    predictions = model.predict_paragraphs(paragraphs, by_sentence=options.unit is not Unit.PARAGRAPH)
    rows = zip(names, predictions, strict=True)
    if options.unit is Unit.PARAGRAPH and not options.explain and not wants_words:
        yield from rows
        return
    from classifier.analysis.carrying_words import with_carrying_words
    from classifier.model.explain import explain

    def explained(paragraph: Paragraph, within: Collection[int] | None) -> tuple[Explanation, ...]:
        return explain(model, paragraph, list(options.names), within)

    parts = (
        (name, part)
        for name, prediction in rows
        for part in split_units(prediction, options.unit, explained if options.explain else None)
    )
    if not wants_words:
        yield from parts
        return
    while some := list(islice(parts, AT_ONCE)):
        with_words = with_carrying_words(model, [part for _, part in some])
        yield from zip((name for name, _ in some), with_words, strict=True)
