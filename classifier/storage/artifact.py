"""Folders of data files with a manifest of checksums: checked before use, replaced as a whole or not at all."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from classifier.errors import BundleError
from classifier.messages import message, system_reason
from classifier.storage.atomic import atomic_folder

MANIFEST = "manifest.json"


class ArtifactWords(NamedTuple):
    """What messages call a kind of folder, in the language of the user.

    noun: such as "model". option: where the user named it. remedy: what to do about damage.
    """

    noun: str
    option: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ArtifactKind:
    """What a kind of folder holds, and what it is called.

    kind: as it stands in the manifest. format: the newest that this program reads, and the one that it writes.
    oldest: the oldest that it reads. names: the files with a checksum. beside: files for people, without one.
    words: gives what messages call it.
    """

    kind: str
    format: int
    names: frozenset[str]
    beside: frozenset[str]
    words: Callable[[], ArtifactWords]
    oldest: int = 1


def save_artifact(
    folder: Path, kind: ArtifactKind, about: Mapping[str, Any], files: Mapping[str, bytes], beside: Mapping[str, bytes]
) -> None:
    """Write a folder; an old one of the same kind is replaced only when the new one is whole.

    about: further keys of the manifest. files: get checksums. beside: files for people, which get none.
    Raises BundleError where the folder holds something else or cannot be written.
    """
    check_artifact_target(folder, kind)
    checksums = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    manifest = {"kind": kind.kind, "format": kind.format, "checksums": checksums} | dict(about)
    try:
        with atomic_folder(folder) as new:
            for name, data in {**files, **beside, MANIFEST: encode_manifest(manifest)}.items():
                (new / name).write_bytes(data)
    except OSError as error:
        why = system_reason(error)
        raise BundleError(
            message("{place}: cannot be written ({why}); check permissions and space", place=folder, why=why)
        ) from error


def check_artifact_target(folder: Path, kind: ArtifactKind) -> None:
    """Raise BundleError unless the folder is new, empty, or of this kind, so that it may be replaced."""
    try:
        if os.path.lexists(folder):
            _check_old(folder, kind)
        ancestor = next(p for p in folder.absolute().parents if p.exists())
        Path(tempfile.mkdtemp(dir=ancestor)).rmdir()
    except OSError as error:
        why = system_reason(error)
        raise BundleError(
            message("{place}: cannot be written ({why}); check its permissions", place=folder, why=why)
        ) from error


def _check_old(folder: Path, kind: ArtifactKind) -> None:
    """Raise BundleError unless the folder is empty, or holds nothing but what this or an older version wrote."""
    noun = kind.words().noun
    names = {p.name for p in folder.iterdir()} if folder.is_dir() else None
    old = _old_manifest(folder)
    if names is None or (names and old.get("kind") != kind.kind):
        raise BundleError(
            message("{place}: exists and is no {noun}; choose another folder for --out", place=folder, noun=noun)
        )
    written = old.get("checksums")
    own = kind.names | kind.beside | {MANIFEST} | set(written if isinstance(written, dict) else ())
    if foreign := sorted(names - own):
        raise BundleError(
            message(
                "{place}: holds {file} beside the {noun}; move it or choose another folder for --out",
                place=folder,
                file=foreign[0],
                noun=noun,
            )
        )


def _old_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def load_artifact(folder: Path, kind: ArtifactKind) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the manifest of a folder and its files. Raises BundleError in one line where anything is amiss."""
    words = kind.words()._asdict()
    if not os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir, it never raises
        raise BundleError(message("{place}: no such {noun} folder; check {option}", place=folder, **words))
    manifest = _manifest(folder, kind)
    checksums = manifest.get("checksums")
    if not isinstance(checksums, dict) or set(checksums) != kind.names:
        path = folder / MANIFEST
        raise BundleError(message("{place}: does not list the files of a {noun}; {remedy}", place=path, **words))
    return manifest, {name: _verified(folder / name, digest, kind) for name, digest in checksums.items()}


def unfit(folder: Path, error: Exception, kind: ArtifactKind) -> BundleError:
    """Return the error for a folder whose files are whole, but do not belong together."""
    remedy = kind.words().remedy
    return BundleError(
        message("{place}: its files do not fit together ({error}); {remedy}", place=folder, error=error, remedy=remedy)
    )


def encode_manifest(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest with a checksum of itself, in the only form in which it is written."""
    bare = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    whole = {**manifest, "seal": hashlib.sha256(bare.encode()).hexdigest()}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _manifest(folder: Path, kind: ArtifactKind) -> dict[str, Any]:
    path, words = folder / MANIFEST, kind.words()._asdict()
    if not path.is_file():
        raise BundleError(
            message("{place}: no {noun}, it has no {file}; check {option}", place=folder, file=MANIFEST, **words)
        )
    try:
        raw = path.read_bytes()
        manifest = json.loads(raw)
    except OSError as error:
        why = system_reason(error)
        raise BundleError(
            message("{place}: cannot be opened ({why}); check its permissions", place=path, why=why)
        ) from error
    except (ValueError, RecursionError) as error:
        raise BundleError(message("{place}: damaged, it is no JSON; {remedy}", place=path, **words)) from error
    if not isinstance(manifest, dict) or manifest.get("kind") != kind.kind:
        raise BundleError(message("{place}: not a {noun} of this program; check {option}", place=path, **words))
    _check_format(path, manifest.get("format"), kind)
    try:
        sound = encode_manifest({k: v for k, v in manifest.items() if k != "seal"}) == raw
    except UnicodeError:
        sound = False
    if not sound:
        raise BundleError(message("{place}: damaged, its checksum does not hold; {remedy}", place=path, **words))
    return manifest


def _check_format(path: Path, number: object, kind: ArtifactKind) -> None:
    """Raise BundleError unless the number of a folder's format is one that this program reads."""
    about = {"place": path, "number": number, "newest": kind.format, "oldest": kind.oldest, **kind.words()._asdict()}
    if type(number) is not int or number < 1:
        raise BundleError(message("{place}: damaged, its format is {number!r}; {remedy}", **about))
    if number > kind.format:
        raise BundleError(
            message("{place}: format {number} is newer than this program reads ({newest}); upgrade it", **about)
        )
    if number < kind.oldest:
        raise BundleError(
            message("{place}: format {number} is older than this program reads ({oldest}); {remedy}", **about)
        )


def _verified(path: Path, digest: object, kind: ArtifactKind) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        why, remedy = system_reason(error), kind.words().remedy
        raise BundleError(
            message("{place}: cannot be opened ({why}); {remedy}", place=path, why=why, remedy=remedy)
        ) from error
    if hashlib.sha256(data).hexdigest() != digest:
        remedy = kind.words().remedy
        raise BundleError(message("{place}: damaged, its checksum does not hold; {remedy}", place=path, remedy=remedy))
    return data
