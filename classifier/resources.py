"""Find the shipped taxonomy, terms and model, in the package or in the checkout; and the workspace of the user."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).parent
WORKSPACE_FILE = "classify.toml"  # a folder that has it is a workspace
WORKSPACE_VARIABLE = "CLASSIFY_WORKSPACE"  # names a workspace for commands that are called from elsewhere
_PROJECT_NAME = 'name = "policy-area-classifier"'


def _place(relative: str) -> Path:
    installed = _PACKAGE / relative
    return installed if installed.exists() else _PACKAGE.parent / relative


def taxonomy_file() -> Path:
    """Return the shipped taxonomy.toml."""
    return _place("labels/taxonomy.toml")


def labels_folder() -> Path:
    """Return the folder of the shipped labels: `paragraphs/` and `extracted/`, beside the taxonomy."""
    return _place("labels/paragraphs").parent


def terms_folder() -> Path:
    """Return the folder of the shipped policy terms."""
    return _place("seeds/terms")


def default_model() -> Path:
    """Return the folder of the shipped model."""
    return _place("models/default")


def workspace_folder(start: Path | None = None) -> Path | None:
    """Return the workspace that a folder, or the current one, is in; else the folder that CLASSIFY_WORKSPACE names."""
    here = Path(start or Path.cwd()).absolute()
    found = next((folder for folder in (here, *here.parents) if (folder / WORKSPACE_FILE).is_file()), None)
    named = os.environ.get(WORKSPACE_VARIABLE)
    return found or (Path(named).absolute() if named else None)


def in_checkout() -> bool:
    """Whether the current folder is the top of a checkout of this project."""
    try:
        return _PROJECT_NAME in Path("pyproject.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
