"""Write the catalogue of Chinese messages anew: `python -m tests.catalogue [FILE.json …]`.

Messages that are gone are dropped; those of the code that are new have an empty translation, which a test then names.
FILE.json holds translations to add or change: an object of English literals and their Chinese; of a message that counts
things, both English forms with a NUL character between. What does not fit is told, with exit code 1.
"""

import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from classifier.messages import DOMAIN, LOCALE
from tests.conftest import PROJECT

PO = LOCALE / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"message": None, "counted_message": (1, 2)}
# What typer looks up by itself, for its help pages.
TYPER_WORDS = ("Arguments", "Options", "Commands", "default: {default}", "required")
HEADERS = (
    ("Language", "zh"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
)  # without dates and versions, so that the same messages make the same files


class PlainCatalog(Catalog):
    """A catalogue with no other headers than HEADERS."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The headers."""
        return list(HEADERS)

    @mime_headers.setter
    def mime_headers(self, _: object) -> None:
        """Take none, when a file is read."""


def messages_in_code() -> Catalog:
    """Every message of the code, with an empty translation."""
    catalogue = PlainCatalog(locale="zh", domain=DOMAIN, fuzzy=False)
    found = extract_from_dir(PROJECT / "classifier", keywords=KEYWORDS, comment_tags=())
    for text in (*TYPER_WORDS, *(text for _, _, text, _, _ in found)):
        catalogue.add(text)
    return catalogue


def written() -> Catalog:
    """The catalogue as it is."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh", domain=DOMAIN)


def renewed(old: Catalog) -> Catalog:
    """The messages of the code with the translations that there are."""
    new = messages_in_code()
    for entry in old:
        if entry.id and (same := new.get(entry.id)) is not None:
            same.string = entry.string
    return new


def merge(catalogue: Catalog, translations: dict[str, str], file: str) -> Iterator[str]:
    """Put translations into a catalogue; yield a line for each that no message has, or that changes one."""
    for key, chinese in translations.items():
        english = tuple(key.split("\0")) if "\0" in key else key
        entry = catalogue.get(english)
        if entry is None or entry.id != english:
            yield f"{file}: no message {english!r}"
            continue
        string = (chinese,) if isinstance(english, tuple) else chinese
        if any(entry.string or ()) and entry.string != string:
            yield f"{file}: {english!r} was {entry.string!r}, is {string!r}"
        entry.string = string


def as_po(catalogue: Catalog) -> bytes:
    """The text of a catalogue, sorted, without places and dates, which change with every line of code."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    header = "".join(f'"{name}: {value}\\n"\n' for name, value in HEADERS)
    return f'msgid ""\nmsgstr ""\n{header}\n'.encode() + stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The compiled catalogue, which gettext reads."""
    plain = PlainCatalog(locale="zh", domain=DOMAIN, fuzzy=False)
    for entry in catalogue:
        if entry.id:
            plain.add(entry.id, entry.string)
    stream = io.BytesIO()
    write_mo(stream, plain)
    return stream.getvalue()


def main(files: Iterable[str]) -> int:
    """Write both files, with the translations of JSON files; return the exit code."""
    catalogue = renewed(written())
    told = [
        line for file in files for line in merge(catalogue, json.loads(Path(file).read_text(encoding="utf-8")), file)
    ]
    PO.write_bytes(as_po(catalogue))
    MO.write_bytes(as_mo(catalogue))
    print(*told, sep="\n", end="\n" if told else "", file=sys.stderr)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
