"""Which program, which model, and which data it learned from: what `classify --version` tells."""

import hashlib
import json
from pathlib import Path

import classifier
from classifier.messages import message
from classifier.resources import default_model
from classifier.storage.artifact import MANIFEST

_SHORT = 12  # hexadecimal digits of a hash that are shown


def model_hash(folder: Path) -> str:
    """Return the SHA-256 of a model's manifest, which tells it from any other."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def version_line() -> str:
    """Return the version of the program, and the short hashes of the shipped model's manifest and of its data."""
    program = f"classify {classifier.__version__}"
    try:
        model = model_hash(default_model())[:_SHORT]
        data = json.loads((default_model() / MANIFEST).read_bytes())["data"][:_SHORT]
    except (OSError, ValueError, KeyError, TypeError):
        return message("{program} (its model is missing or damaged; install it again)", program=program)
    return message("{program} (model {model}, data {data})", program=program, model=model, data=data)
