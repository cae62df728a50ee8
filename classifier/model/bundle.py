"""A model as a folder of plain data: manifest.json, terms.txt, words.tsv, .npy arrays, and card.md for people."""

import hashlib
import json
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from classifier.errors import BundleError, ClassifierError
from classifier.model.counts import Floats
from classifier.model.model import STEP, Model
from classifier.model.settings import Settings
from classifier.records import Area

FORMAT = 1
KIND = "policy-area-classifier model"
MANIFEST, TERMS, WORDS, CARD = "manifest.json", "terms.txt", "words.tsv", "card.md"
ARRAYS = ("idf", "coef", "intercept", "slope", "offset")
FILES = {TERMS, WORDS, *(f"{name}.npy" for name in ARRAYS)}
REBUILD = "restore the folder or rebuild it with 'classify train'"
AREA_KEYS = ("id", "zh", "en", "definition", "definition_en", "color", "core")


def save(model: Model, folder: Path, card: str) -> None:
    """Write a model; an old model in the folder is replaced only when the new one is whole.

    Raises BundleError where the folder holds something else or cannot be written.
    """
    check_target(folder)
    files = _files(model) | {CARD: card.encode()}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
            new = Path(temporary) / "new"
            new.mkdir()
            for name, data in files.items():
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


def check_target(folder: Path) -> None:
    """Raise BundleError unless the folder is new, empty, or a model that may be replaced."""
    if not folder.exists():
        return
    try:
        free = folder.is_dir() and ((folder / MANIFEST).is_file() or not any(folder.iterdir()))
    except OSError as error:
        raise BundleError(f"{folder}: cannot be opened ({error.strerror}); check its permissions") from error
    if not free:
        raise BundleError(f"{folder}: exists and is no model; choose another folder for --out")


def load(folder: Path) -> Model:
    """Read a model. Nothing is built before every checksum holds; raises BundleError in one line."""
    if not folder.is_dir():
        raise BundleError(f"{folder}: no such model folder; check --model or train one with 'classify train'")
    manifest = _manifest(folder)
    checksums = manifest.get("checksums")
    if not isinstance(checksums, dict) or set(checksums) != FILES:
        raise BundleError(f"{folder / MANIFEST}: does not list the files of a model; {REBUILD}")
    data = {name: _verified(folder, name, digest) for name, digest in checksums.items()}
    try:
        arrays = {name: _array(data[f"{name}.npy"]) for name in ARRAYS}
        model = Model(
            areas=tuple(Area(**area) for area in manifest["areas"]),
            settings=Settings.from_dict(manifest["settings"]),
            words={w: int(f) for w, f in (line.split("\t") for line in data[WORDS].decode().splitlines())},
            terms=tuple(data[TERMS].decode().splitlines()),
            data_hash=manifest["data"],
            **arrays,
        )
    except (KeyError, TypeError, ValueError, ClassifierError) as error:
        raise BundleError(f"{folder}: its files do not fit together ({error}); {REBUILD}") from error
    _check_shapes(model, folder)
    return model


def _files(model: Model) -> dict[str, bytes]:
    files = {
        TERMS: "".join(f"{term}\n" for term in model.terms).encode(),
        WORDS: "".join(f"{w}\t{f}\n" for w, f in sorted(model.words.items())).encode(),
    }
    for name in ARRAYS:
        files[f"{name}.npy"] = _stored(getattr(model, name), name)
    manifest: dict[str, Any] = {
        "kind": KIND,
        "format": FORMAT,
        "areas": [{key: getattr(area, key) for key in AREA_KEYS} for area in model.areas],
        "settings": model.settings.as_dict(),
        "data": model.data_hash,
        "checksums": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return files | {MANIFEST: _sealed(manifest)}


def _sealed(manifest: dict[str, Any]) -> bytes:
    """The manifest with a checksum of itself, in the one form that it is ever written in."""
    bare = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    whole = manifest | {"seal": hashlib.sha256(bare.encode()).hexdigest()}
    return (json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise BundleError(f"{folder}: no model, it has no {MANIFEST}; check --model or train one with 'classify train'")
    try:
        raw = path.read_bytes()
        manifest = json.loads(raw)
    except OSError as error:
        raise BundleError(f"{path}: cannot be opened ({error.strerror}); check its permissions") from error
    except ValueError as error:
        raise BundleError(f"{path}: damaged, it is no JSON; {REBUILD}") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        raise BundleError(f"{path}: not a model of this program; check --model")
    number = manifest.get("format")
    if isinstance(number, int) and number > FORMAT:
        raise BundleError(f"{path}: format {number} is newer than this program reads ({FORMAT}); upgrade it")
    if _sealed({k: v for k, v in manifest.items() if k != "seal"}) != raw:
        raise BundleError(f"{path}: damaged, its checksum does not hold; {REBUILD}")
    return manifest


def _verified(folder: Path, name: str, digest: str) -> bytes:
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BundleError(f"{path}: cannot be opened ({error.strerror}); {REBUILD}") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise BundleError(f"{path}: damaged, its checksum does not hold; {REBUILD}")
    return data


def _stored(values: Floats, name: str) -> bytes:
    steps = np.round(values / STEP)
    if np.abs(steps).max(initial=0) > np.iinfo(np.int16).max:
        raise BundleError(f"{name}: a weight is above {np.iinfo(np.int16).max * STEP:.0f}; train with a smaller c")
    buffer = BytesIO()
    np.save(buffer, steps.astype("<i2"), allow_pickle=False)
    return buffer.getvalue()


def _array(data: bytes) -> Floats:
    steps: Floats = np.load(BytesIO(data), allow_pickle=False).astype(np.float64)
    return steps * STEP


def _check_shapes(model: Model, folder: Path) -> None:
    terms, areas = len(model.terms), len(model.areas)
    wanted = {"idf": (terms,), "coef": (terms, areas)} | dict.fromkeys(ARRAYS[2:], (areas,))
    for name, shape in wanted.items():
        if (found := getattr(model, name).shape) != shape:
            raise BundleError(f"{folder}: {name} has shape {found}, not {shape}; {REBUILD}")
