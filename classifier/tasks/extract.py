"""`classify labels extract` without a terminal: labelled paragraphs -> an extract folder without text."""

from collections.abc import Sequence
from pathlib import Path

from classifier.documents.parse import read
from classifier.errors import LabelError
from classifier.extracts import extraction, store
from classifier.extracts.card import extract_card
from classifier.features.tokenizer import load_tokenizer
from classifier.features.user_dictionary import policy_words
from classifier.labelling.corrections import corrected, load_corrections
from classifier.labelling.examples import load_examples
from classifier.labelling.sources import load_labels
from classifier.labelling.taxonomy import load_taxonomy
from classifier.messages import message
from classifier.progress import Progress, quiet
from classifier.resources import taxonomy_file
from classifier.settings import Settings
from classifier.storage import artifact


def write_extract(
    files: Sequence[Path],
    out: Path,
    *,
    corrections: Path | None = None,
    common: Sequence[Path] = (),
    language: Path | None = None,
    terms: Path | None = None,
    jobs: int = 1,
    progress: Progress = quiet,
) -> dict[str, int]:
    """Write the text-free extract of files of labelled paragraphs; returns the account of what was left out.

    common: labelled texts that may be read by all; a term is rare only if it is so in both together.
    language: a folder of further reports, whose language may help to rebuild a sentence.
    """
    artifact.check_artifact_target(out, store.EXTRACT_ARTIFACT)
    taxonomy = load_taxonomy(taxonomy_file())
    examples = load_examples(files, taxonomy.ids)
    if not examples:
        raise LabelError(
            message(
                "{place}: no paragraphs; it needs one JSON object with sentences and areas on each line", place=files[0]
            )
        )
    if corrections is not None:
        examples = corrected(examples, load_corrections(corrections, taxonomy.ids))
    common_examples = load_labels(common).examples if common else ()
    settings = Settings()
    user_words = policy_words(settings, terms)
    others = (
        []
        if language is None
        else [[s.normalized for p in document.paragraphs for s in p.sentences] for document in read(language)]
    )
    found = extraction.build_extract(
        examples,
        taxonomy.ids,
        user_words,
        load_tokenizer(user_words),
        settings,
        common=common_examples,
        others=others,
        jobs=jobs,
        progress=progress,
    )
    store.save_extract(found, out, extract_card(found))
    return found.account
