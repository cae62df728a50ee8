"""The settings of a model: everything that training depends on beside the labels and the user words."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from classifier.characters import LONGEST_NGRAM
from classifier.errors import ClassifierError

_RANGES = {
    "char_ngrams": (0, LONGEST_NGRAM),
    "min_sentences": (1, 1_000_000),
    "min_reports": (1, 1_000_000),
    "c": (1e-6, 1e6),
    "folds": (2, 100),
    "seed": (0, 2**32 - 1),
}


@dataclass(frozen=True)
class Settings:
    """How a model is trained. All values are stored with it, so that it can be rebuilt."""

    char_ngrams: int = 4  # character n-grams of one to this many characters; 0 for none
    edges: bool = True  # character n-grams also say where they touch punctuation
    mask_numbers: bool = True  # 7.5 and 12 count as the same term
    min_sentences: int = 5  # a term must stand in this many sentences
    min_reports: int = 3  # of this many reports
    sublinear: bool = True  # 1 + ln(count) in place of the count
    c: float = 0.5  # inverse strength of the penalty of the linear classifiers
    context: bool = True  # the calibration also sees the other areas' scores and the paragraph as a whole
    folds: int = 5  # for the out-of-fold scores that the calibration is fitted on
    seed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the settings as a dictionary, such as a manifest or a TOML file holds."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any], whole: bool = False) -> "Settings":
        """Build settings from a dictionary; with `whole`, none may be missing.

        Raises ClassifierError for an unknown or missing key, a wrong type or a value out of range.
        """
        known = {f.name: type(f.default) for f in fields(cls)}
        for key, value in values.items():
            if key not in known:
                raise ClassifierError(f"setting {key!r} is unknown; there are {', '.join(known)}")
            wanted = known[key]
            number = wanted is float and isinstance(value, int) and not isinstance(value, bool)
            if type(value) is not wanted and not number:
                raise ClassifierError(f"setting {key} is {value!r}; it must be of type {wanted.__name__}")
        if whole and (missing := set(known) - set(values)):
            raise ClassifierError(f"setting {min(missing)} is missing")
        return cls(**values)

    def __post_init__(self) -> None:
        """Raise ClassifierError for a value out of range."""
        for name, (low, high) in _RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise ClassifierError(f"setting {name} is {getattr(self, name)}; it must be from {low} to {high}")


def load_settings(path: Path) -> Settings:
    """Read settings from a TOML file; keys that it leaves out keep their defaults.

    Raises ClassifierError, naming the file, for broken TOML, an unknown key or a wrong value.
    """
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ClassifierError(f"{path}: cannot be opened ({error.strerror}); check --settings") from error
    except (ValueError, RecursionError) as error:
        raise ClassifierError(f"{path}: not valid TOML ({error}); mend it") from error
    try:
        return Settings.from_dict(values)
    except ClassifierError as error:
        raise ClassifierError(f"{path}: {error}") from error
