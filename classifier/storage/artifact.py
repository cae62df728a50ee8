"""Folders of data files with a manifest of checksums: checked before use, replaced as a whole or not at all."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classifier.errors import BundleError
from classifier.storage.atomic import atomic_folder

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ArtifactKind:
    """What a kind of folder is called, and how a damaged one is mended.

    kind: as it stands in the manifest. format: the newest that this program reads, and the one that it writes.
    oldest: the oldest that it reads. names: the files with a checksum. beside: files for people, without one.
    since: of some of the names, the format from which on they are there; the others always were.
    noun: for messages, such as "model". option: where the user named it. remedy: what to do about damage.
    """

    kind: str
    format: int
    names: frozenset[str]
    beside: frozenset[str]
    noun: str
    option: str
    remedy: str
    oldest: int = 1
    since: Mapping[str, int] = field(default_factory=dict)

    def names_of(self, number: int) -> frozenset[str]:
        """Return the files with a checksum that a folder of a format has."""
        return frozenset(name for name in self.names if self.since.get(name, 1) <= number)


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
        raise BundleError(f"{folder}: cannot be written ({error.strerror}); check permissions and space") from error


def check_artifact_target(folder: Path, kind: ArtifactKind) -> None:
    """Raise BundleError unless the folder is new, empty, or of this kind, so that it may be replaced."""
    try:
        if os.path.lexists(folder):
            _check_old(folder, kind)
        ancestor = next(p for p in folder.absolute().parents if p.exists())
        Path(tempfile.mkdtemp(dir=ancestor)).rmdir()
    except OSError as error:
        raise BundleError(f"{folder}: cannot be written ({error.strerror}); check its permissions") from error


def _check_old(folder: Path, kind: ArtifactKind) -> None:
    """Raise BundleError unless the folder is empty, or holds nothing but what this or an older version wrote."""
    names = {p.name for p in folder.iterdir()} if folder.is_dir() else None
    old = _old_manifest(folder)
    if names is None or (names and old.get("kind") != kind.kind):
        raise BundleError(f"{folder}: exists and is no {kind.noun}; choose another folder for --out")
    written = old.get("checksums")
    own = kind.names | kind.beside | {MANIFEST} | set(written if isinstance(written, dict) else ())
    if foreign := sorted(names - own):
        raise BundleError(
            f"{folder}: holds {foreign[0]} beside the {kind.noun}; move it or choose another folder for --out"
        )


def _old_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def load_artifact(folder: Path, kind: ArtifactKind) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the manifest of a folder and its files. Raises BundleError in one line where anything is amiss."""
    if not os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir, it never raises
        raise BundleError(f"{folder}: no such {kind.noun} folder; check {kind.option}")
    manifest = _manifest(folder, kind)
    checksums = manifest.get("checksums")
    if not isinstance(checksums, dict) or set(checksums) != kind.names_of(manifest["format"]):
        raise BundleError(f"{folder / MANIFEST}: does not list the files of a {kind.noun}; {kind.remedy}")
    return manifest, {name: _verified(folder / name, digest, kind) for name, digest in checksums.items()}


def encode_manifest(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest with a checksum of itself, in the only form in which it is written."""
    bare = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    whole = {**manifest, "seal": hashlib.sha256(bare.encode()).hexdigest()}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _manifest(folder: Path, kind: ArtifactKind) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise BundleError(f"{folder}: no {kind.noun}, it has no {MANIFEST}; check {kind.option}")
    try:
        raw = path.read_bytes()
        manifest = json.loads(raw)
    except OSError as error:
        raise BundleError(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{path}: damaged, it is no JSON; {kind.remedy}") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != kind.kind:
        raise BundleError(f"{path}: not a {kind.noun} of this program; check {kind.option}")
    number = manifest.get("format")
    if type(number) is not int or number < 1:
        raise BundleError(f"{path}: damaged, its format is {number!r}; {kind.remedy}")
    if number > kind.format:
        raise BundleError(f"{path}: format {number} is newer than this program reads ({kind.format}); upgrade it")
    if number < kind.oldest:
        raise BundleError(f"{path}: format {number} is older than this program reads ({kind.oldest}); {kind.remedy}")
    try:
        sound = encode_manifest({k: v for k, v in manifest.items() if k != "seal"}) == raw
    except UnicodeError:
        sound = False
    if not sound:
        raise BundleError(f"{path}: damaged, its checksum does not hold; {kind.remedy}")
    return manifest


def _verified(path: Path, digest: object, kind: ArtifactKind) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BundleError(f"{path}: cannot be opened ({error.strerror}); {kind.remedy}") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BundleError(f"{path}: damaged, its checksum does not hold; {kind.remedy}")
    return data
