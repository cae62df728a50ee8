"""What a version of a model is, for `classify models`."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from classifier.errors import BundleError
from classifier.messages import message, system_reason
from classifier.model.bundle import MODEL_CARD_FILE, load_model
from classifier.storage.artifact import MANIFEST
from classifier.tasks.version import model_hash
from classifier.workspace.versions import Version

ABOUT_FILE = "about.json"  # of a version: what it was trained on
_SHORT = 12


@dataclass(frozen=True, slots=True)
class VersionAbout:
    """A version in short. own_paragraphs: how many labelled by the user it learned from; None where it is shipped.

    made: when, in the time of this machine; empty for the shipped model.
    """

    model_hash: str
    areas: int
    own_paragraphs: int | None
    made: str


def describe_version(version: Version) -> VersionAbout:
    """Return what a version is. Raises BundleError where its model is damaged."""
    areas = len(load_model(version.model).areas)
    digest = model_hash(version.model)[:_SHORT]
    if version.parts is None:
        return VersionAbout(digest, areas, None, "")
    made = datetime.fromtimestamp((version.model / MANIFEST).stat().st_mtime, UTC).astimezone()
    return VersionAbout(digest, areas, version_facts(version).get("own_paragraphs"), f"{made:%Y-%m-%d %H:%M}")


def version_facts(version: Version) -> dict[str, int]:
    """Return what is kept beside the model of a version; nothing where it is not there or not readable."""
    if version.parts is None:
        return {}
    try:
        facts = json.loads((version.parts / ABOUT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def model_card_of(version: Version) -> str:
    """Return the card of a version's model. Raises BundleError where it cannot be read."""
    path: Path = version.model / MODEL_CARD_FILE
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        why = system_reason(error)
        raise BundleError(message("{place}: cannot be opened ({why}); check the path", place=path, why=why)) from error
