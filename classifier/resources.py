"""Find the shipped taxonomy, terms and model: in the installed package, or else in the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PROJECT_NAME = 'name = "policy-area-classifier"'


def _place(relative: str) -> Path:
    installed = _PACKAGE / relative
    return installed if installed.exists() else _PACKAGE.parent / relative


def taxonomy_file() -> Path:
    """Return the shipped taxonomy.toml."""
    return _place("labels/taxonomy.toml")


def terms_folder() -> Path:
    """Return the folder of the shipped policy terms."""
    return _place("seeds/terms")


def default_model() -> Path:
    """Return the folder of the shipped model."""
    return _place("models/default")


def in_checkout() -> bool:
    """Whether the current folder is the top of a checkout of this project."""
    try:
        return _PROJECT_NAME in Path("pyproject.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
