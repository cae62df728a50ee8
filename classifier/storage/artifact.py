"""A folder of data files with a sealed manifest: checked before anything is read, replaced as a whole or not at all."""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.errors import BundleError

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ArtifactKind:
    """What a kind of folder is called, and how a damaged one is mended.

    kind: stands in the manifest. format: the newest one that this program reads and the one that it writes.
    oldest: the oldest that it reads.
    names: the files that the manifest checks. beside: files for people, that it does not check.
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


def save_artifact(
    folder: Path, form: ArtifactKind, about: Mapping[str, Any], files: Mapping[str, bytes], beside: Mapping[str, bytes]
) -> None:
    """Write a folder; an old one of the same form is replaced only when the new one is whole.

    about: further keys of the manifest. files: checked by the manifest. beside: not checked, for people.
    Raises BundleError where the folder holds something else or cannot be written.
    """
    check_artifact_target(folder, form)
    checksums = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    manifest = {"kind": form.kind, "format": form.format, "checksums": checksums} | dict(about)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
            new = Path(temporary) / "new"
            new.mkdir()
            for name, data in {**files, **beside, MANIFEST: encode_manifest(manifest)}.items():
                (new / name).write_bytes(data)
            _swap(new, folder, Path(temporary) / "old")
    except OSError as error:
        raise BundleError(f"{folder}: cannot be written ({error.strerror}); check permissions and space") from error


def _swap(new: Path, folder: Path, aside: Path) -> None:
    """Put the new folder in the place of the old one; if that fails, the old one stays."""
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(aside)
    try:
        new.rename(folder)
    except OSError:
        aside.rename(folder)
        raise


def check_artifact_target(folder: Path, form: ArtifactKind) -> None:
    """Raise BundleError unless the folder is new, empty, or of the form, so that it may be replaced."""
    try:
        if os.path.lexists(folder):
            _check_old(folder, form)
        ancestor = next(p for p in folder.absolute().parents if p.exists())
        Path(tempfile.mkdtemp(dir=ancestor)).rmdir()
    except OSError as error:
        raise BundleError(f"{folder}: cannot be written ({error.strerror}); check its permissions") from error


def _check_old(folder: Path, form: ArtifactKind) -> None:
    """Raise BundleError unless the folder is empty, or holds nothing but what this or an older version wrote."""
    names = {p.name for p in folder.iterdir()} if folder.is_dir() else None
    old = _old_manifest(folder)
    if names is None or (names and old.get("kind") != form.kind):
        raise BundleError(f"{folder}: exists and is no {form.noun}; choose another folder for --out")
    written = old.get("checksums")
    own = form.names | form.beside | {MANIFEST} | set(written if isinstance(written, dict) else ())
    if foreign := sorted(names - own):
        raise BundleError(
            f"{folder}: holds {foreign[0]} beside the {form.noun}; move it or choose another folder for --out"
        )


def _old_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def load_artifact(folder: Path, form: ArtifactKind) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the manifest of a folder and its files. Raises BundleError in one line where anything is amiss."""
    if not os.path.isdir(folder):  # noqa: PTH112 - unlike Path.is_dir, it never raises
        raise BundleError(f"{folder}: no such {form.noun} folder; check {form.option}")
    manifest = _manifest(folder, form)
    checksums = manifest.get("checksums")
    if not isinstance(checksums, dict) or set(checksums) != form.names:
        raise BundleError(f"{folder / MANIFEST}: does not list the files of a {form.noun}; {form.remedy}")
    return manifest, {name: _verified(folder / name, digest, form) for name, digest in checksums.items()}


def encode_manifest(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest with a checksum of itself, in the one form that it is ever written in."""
    bare = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    whole = {**manifest, "seal": hashlib.sha256(bare.encode()).hexdigest()}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _manifest(folder: Path, form: ArtifactKind) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise BundleError(f"{folder}: no {form.noun}, it has no {MANIFEST}; check {form.option}")
    try:
        raw = path.read_bytes()
        manifest = json.loads(raw)
    except OSError as error:
        raise BundleError(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
    except (ValueError, RecursionError) as error:
        raise BundleError(f"{path}: damaged, it is no JSON; {form.remedy}") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != form.kind:
        raise BundleError(f"{path}: not a {form.noun} of this program; check {form.option}")
    number = manifest.get("format")
    if type(number) is not int or number < 1:
        raise BundleError(f"{path}: damaged, its format is {number!r}; {form.remedy}")
    if number > form.format:
        raise BundleError(f"{path}: format {number} is newer than this program reads ({form.format}); upgrade it")
    if number < form.oldest:
        raise BundleError(f"{path}: format {number} is older than this program reads ({form.oldest}); {form.remedy}")
    try:
        sound = encode_manifest({k: v for k, v in manifest.items() if k != "seal"}) == raw
    except UnicodeError:
        sound = False
    if not sound:
        raise BundleError(f"{path}: damaged, its checksum does not hold; {form.remedy}")
    return manifest


def _verified(path: Path, digest: object, form: ArtifactKind) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BundleError(f"{path}: cannot be opened ({error.strerror}); {form.remedy}") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BundleError(f"{path}: damaged, its checksum does not hold; {form.remedy}")
    return data
