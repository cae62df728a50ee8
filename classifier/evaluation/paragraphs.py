"""What a report of an evaluation says of a paragraph beside its areas."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classifier.records import Example, Sentence
from classifier.training.training_set import TrainingSet


@dataclass(frozen=True, slots=True)
class EvaluatedParagraph:
    """What is known of a paragraph that is evaluated; `texts` are its sentences, None where there is no text."""

    id: str
    report: str
    sentences: int
    level: str | None = None
    year: int | None = None
    texts: tuple[str, ...] | None = None


def paragraphs_of_examples(
    examples: Sequence[Example], sentences: Sequence[Sequence[Sentence]]
) -> list[EvaluatedParagraph]:
    """Return what is known of examples; `sentences` are those of the text of each."""
    return [
        EvaluatedParagraph(e.id, e.report, len(own), e.level, e.year, tuple(e.text[s.start : s.end] for s in own))
        for e, own in zip(examples, sentences, strict=True)
    ]


def paragraphs_of_training(training: TrainingSet) -> list[EvaluatedParagraph]:
    """Return what is known of each paragraph of labels and extracts, in the order in which they are counted."""
    examples, own = training.ordered_examples()
    found = [_of_example(e) for e in examples]
    for named in training.extracts:
        extract = named.extract
        sizes = np.bincount(extract.labelled_counts.sentence_to_paragraph, minlength=len(extract.paragraphs))
        pairs = zip(extract.paragraphs, sizes, strict=True)
        found += [EvaluatedParagraph(p.id, p.report, int(n), p.level, p.year) for p, n in pairs]
    return found + [_of_example(e) for e in own]


def _of_example(example: Example) -> EvaluatedParagraph:
    e = example
    return EvaluatedParagraph(e.id, e.report, len(e.sentences), e.level, e.year, e.sentences)
