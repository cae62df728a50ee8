"""What `classify serve` makes of a text or file: the records of `predict`, and the shares of `shares`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from classifier.analysis.measures import MeasuredIn
from classifier.analysis.units import Unit
from classifier.documents.parse import from_text, parse
from classifier.engines.shaping import tagged_rows
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.model import Model
from classifier.output.options import OutputOptions
from classifier.output.predictions.jsonl import JsonlFormat
from classifier.output.shares.files import shares_json
from classifier.paths import escaped
from classifier.readers.cells import whole_text
from classifier.readers.raw import RawDocument
from classifier.records import Area, Document
from classifier.tasks.predict import about_predictions
from classifier.tasks.shares import shares
from classifier.web.suggestions import decidable

NAMELESS = "-"  # a document without a name, as standard input has
LANGS = ("zh", "en")
FLAGS = {"false": False, "true": True}
RECORD_OPTIONS = {
    "unit": tuple(unit.value for unit in Unit),
    "explain": tuple(FLAGS),
    "scores": ("tagged", "all"),
    "lang": LANGS,
}
SHARE_OPTIONS = {"measure": tuple(measure.value for measure in MeasuredIn), "lang": LANGS}


class QueryError(ClassifierError):
    """An option in the address of a request that cannot be."""


class Posted(NamedTuple):
    """What was posted: a text or the bytes of a file, and the name that its records carry."""

    content: str | bytes
    name: str = NAMELESS


class Answers:
    """A loaded model, and what it answers; for one thread at a time, as some readers are."""

    def __init__(self, model: Model, folder: Path) -> None:
        """Answer with a model. folder: that it was loaded from."""
        self.model, self.about = model, about_predictions(model, folder, model.areas, Unit.PARAGRAPH.value)
        model.warm_up()

    def records(self, posted: Posted, query: Mapping[str, str]) -> bytes:
        """Return JSON lines, the same as `classify predict --format jsonl` writes of the document.

        Raises QueryError for an option that cannot be, DocumentError for what cannot be read.
        """
        chosen = checked_options(query, RECORD_OPTIONS, others=("areas",))
        options = OutputOptions(
            _areas(self.model.areas, query.get("areas", "all")),
            chosen["lang"],
            chosen["scores"] == "all",
            unit=Unit(chosen["unit"]),
            explain=FLAGS[chosen["explain"]],
        )
        return JsonlFormat(options).encode(tagged_rows(self.model, [_document(posted)], options))

    def shares(self, posted: Posted, query: Mapping[str, str]) -> bytes:
        """Return the shares of areas, the same as `classify shares --format json`; [] for a text without paragraphs.

        Raises QueryError for an option that cannot be, DocumentError for what cannot be read.
        """
        chosen = checked_options(query, SHARE_OPTIONS)
        document = _document(posted)
        if not any(map(decidable, document.paragraphs)):
            return b"[]\n"
        return shares_json(shares([document], self.model, measure=chosen["measure"]), chosen["lang"])

    def version(self) -> dict[str, Any]:
        """Return which program and model answer, with the names of the areas."""
        names = [{"id": area.id, "zh": area.zh, "en": area.en} for area in self.model.areas]
        return {**self.about.to_dict(), "areas": names}


def checked_options(
    query: Mapping[str, str], options: Mapping[str, Sequence[str]], others: Sequence[str] = ()
) -> dict[str, str]:
    """Return the value of each option, the first where none is given. others: that may be given, too, beside `name`.

    Raises QueryError for an option that is not there, or a value that it does not have.
    """
    known = {*options, *others, "name"}
    for key, value in query.items():
        if key not in known:
            names = ", ".join(sorted(known))
            raise QueryError(message("no option {option}; there are {known}", option=escaped(key), known=names))
        if key in options and value not in options[key]:
            values = ", ".join(options[key])
            raise QueryError(
                message("{name} {value}: unknown; give one of {known}", name=key, value=escaped(value), known=values)
            )
    return {key: query.get(key, values[0]) for key, values in options.items()}


def _areas(areas: Sequence[Area], choice: str) -> tuple[Area, ...]:
    """Return the areas of `all`, `core` or a list of ids, as `--areas` does.

    Raises QueryError for an unknown id, and for a list without any.
    """
    if choice == "all":
        return tuple(areas)
    if choice == "core":
        return tuple(a for a in areas if a.core) or tuple(areas)
    wanted, known = [part.strip() for part in choice.split(",") if part.strip()], [a.id for a in areas]
    if unknown := [w for w in wanted or [choice] if w not in known]:
        names = ", ".join(known)
        raise QueryError(
            message(
                "{name} {value}: unknown; give one of {known}", name="areas", value=escaped(unknown[0]), known=names
            )
        )
    return tuple(a for a in areas if a.id in wanted)


def _document(posted: Posted) -> Document:
    """Read what was posted. Raises DocumentError where it cannot be read."""
    name = whole_text(posted.name)
    if isinstance(posted.content, str):
        return from_text(whole_text(posted.content).replace("\0", ""), name)
    place = message("the posted file") if name == NAMELESS else escaped(name)
    return parse(RawDocument(name, place, content=posted.content))
