"""`classify --version` without a terminal: which program, which shipped model, and which data it learned from."""

import hashlib
import json

import classifier
from classifier.messages import message
from classifier.resources import default_model

_SHORT = 12  # hexadecimal digits of a hash that are shown


def version_line() -> str:
    """Return the version of the program, and the short hashes of the shipped model's manifest and of its data."""
    program = f"classify {classifier.__version__}"
    try:
        manifest = (default_model() / "manifest.json").read_bytes()
        model, data = hashlib.sha256(manifest).hexdigest()[:_SHORT], json.loads(manifest)["data"][:_SHORT]
    except (OSError, ValueError, KeyError, TypeError):
        return message("{program} (its model is missing or damaged; install it again)", program=program)
    return message("{program} (model {model}, data {data})", program=program, model=model, data=data)
