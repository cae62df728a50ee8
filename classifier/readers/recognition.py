"""Tell the format of a file by its content; the ending of its name decides only where the content cannot."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from classifier.readers.formats import PLAIN_TEXT, Format, Holds, known_ending
from classifier.readers.signatures import HEAD_BYTES, ZIP, looks_like_text
from classifier.readers.unread import KNOWN, Remedy, Unread, known_kind, now_read

_OLE = b"\xd0\xcf\x11\xe0"
_BEGINNINGS = (b"<", b"PK", b"%PDF")  # of markup and of what is left of a damaged document
# Each signature with the format that reads such files, if there is one now.
_SIGNED = [(now_read(kind), kind.signature) for kind in KNOWN if kind.signature is not None]
_PACKAGES = [(form, signature) for form, signature in _SIGNED if signature.parts or signature.mimetypes]
_SIGNATURES = dict(reversed(_SIGNED))


class Recognised(NamedTuple):
    """The format of a file, and whether the ending of its name says another."""

    form: Format | Unread
    misnamed: bool = False


def recognised(stream: BinaryIO, ending: str) -> Recognised:
    """Return the format of an open file whose name has this ending, in small letters; plain text where nothing tells.

    At most HEAD_BYTES are read, and the directory of a package.
    """
    named = known_kind(ending)
    head = stream.read(HEAD_BYTES)
    found = _by_content(head, stream, named)
    if found is None or (_is_unread_markup(found) and isinstance(named, Format) and _is_binary_document(named)):
        if named is not None and _is_binary_document(named) and _may_be_prose(head):
            return Recognised(PLAIN_TEXT, misnamed=True)
        return Recognised(named or PLAIN_TEXT)
    return Recognised(found, misnamed=named is not None and found is not named)


def recognised_bytes(data: bytes, ending: str) -> Recognised:
    """Return the format of a file's bytes, as `recognised` does."""
    return recognised(BytesIO(data), ending)


def recognised_file(path: Path, ending: str) -> Recognised:
    """Return the format of a file, as `recognised` does. Raises OSError where it cannot be opened."""
    with path.open("rb") as stream:
        return recognised(stream, ending)


def _by_content(head: bytes, stream: BinaryIO, named: Format | Unread | None) -> Format | Unread | None:
    """Return what the content shows; None where that is nothing, or less than the ending says."""
    if head.startswith(ZIP.begins):
        return _in_zip(stream, named)
    if head.startswith(_OLE):
        from classifier.readers.package_names import ole_streams

        names = ole_streams(stream)
        return next((form for form, signature in _SIGNED if names.intersection(signature.streams)), None)
    ending_is_enough = named is not None and named is not PLAIN_TEXT and not _is_of_bytes(named)
    for form, signature in _SIGNED:
        if head.startswith(signature.begins) or (signature.looks is not None and signature.looks(head)):
            if signature.by_look and ending_is_enough and form is not named:
                continue
            return form
    return None


def _in_zip(stream: BinaryIO, named: Format | Unread | None) -> Format | Unread | None:
    from classifier.readers.package_names import zip_parts

    package = zip_parts(stream)
    zip_format = next(form for form, signature in _SIGNED if signature is ZIP)
    if package is None:  # damaged, which the reader of its kind tells
        return None if named is not None and _is_of_bytes(named) else zip_format
    names, mimetype = package
    for form, signature in _PACKAGES:
        if names.intersection(signature.parts) or (mimetype and mimetype.startswith(signature.mimetypes)):
            return form
    holds_documents = any(known_ending(_ending(name)) for name in names)
    is_package = named is not None and any(form is named for form, _ in _PACKAGES)
    return None if is_package and not holds_documents else zip_format


def _is_unread_markup(form: Format | Unread) -> bool:
    """Whether it is markup that is not read by itself; the reader of another format may know it, as that of .doc."""
    return isinstance(form, Unread) and _SIGNATURES[form].by_look


def _may_be_prose(head: bytes) -> bool:
    begun = head.strip()
    return bool(begun) and not begun.startswith(_BEGINNINGS) and looks_like_text(head)


def _ending(name: str) -> str:
    _, dot, ending = name.rpartition("/")[2].rpartition(".")
    return dot + ending


def _is_of_bytes(form: Format | Unread) -> bool:
    """Whether files of a format show it by bytes that no text has."""
    signature = _SIGNATURES.get(form)
    return signature is not None and not signature.by_look


def _is_binary_document(form: Format | Unread) -> bool:
    is_document = form.holds is Holds.TEXT if isinstance(form, Format) else form.remedy is Remedy.SAVE_AS_DOCUMENT
    return is_document and _is_of_bytes(form)
