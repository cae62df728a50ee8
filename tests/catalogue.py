"""Write the catalogue of Chinese messages anew: `python -m tests.catalogue`. Messages that are gone are dropped.

Messages of the code that are new stand in the catalogue with an empty translation, which a test then names.
"""

import io
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


def messages_in_code() -> Catalog:
    """Every message of the code, with an empty translation."""
    catalogue = Catalog(locale="zh", domain=DOMAIN, fuzzy=False)
    found = extract_from_dir(PROJECT / "classifier", keywords=KEYWORDS, comment_tags=())
    for _, _, text, _, _ in found:
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


def as_po(catalogue: Catalog) -> bytes:
    """The text of a catalogue, sorted, without places and dates, which change with every line of code."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    header = b'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = b'"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    return header + plural + stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The compiled catalogue, which gettext reads."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main() -> None:
    """Write both files."""
    Path(PO).write_bytes(as_po(renewed(written())))
    MO.write_bytes(as_mo(written()))


if __name__ == "__main__":
    main()
