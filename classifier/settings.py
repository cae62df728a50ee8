"""The settings of a model: everything that training depends on beside the labels and the user words."""

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from classifier.characters import LONGEST_NGRAM
from classifier.errors import ClassifierError
from classifier.messages import message

_RANGES = {
    "char_ngrams": (0, LONGEST_NGRAM),
    "min_sentences": (1, 1_000_000),
    "min_reports": (1, 1_000_000),
    "c": (1e-6, 1e6),
    "folds": (2, 100),
    "threshold": (0.01, 0.99),
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
    folds: int = 5  # for the out-of-fold scores that the calibration and the sentence stage are fitted on
    threshold: float = 0.45  # of probabilities; a paragraph is tagged with the areas that reach it
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
                raise ClassifierError(
                    message("setting {key!r} is unknown; there are {known}", key=key, known=", ".join(known))
                )
            wanted = known[key]
            number = wanted is float and isinstance(value, int) and not isinstance(value, bool)
            if type(value) is not wanted and not number:
                kinds = {int: message("a whole number"), float: message("a number"), bool: message("true or false")}
                what = message(
                    "setting {key} is {value!r}; it must be {kind}", key=key, value=value, kind=kinds[wanted]
                )
                raise ClassifierError(what)
        if whole and (missing := set(known) - set(values)):
            raise ClassifierError(message("setting {key} is missing", key=min(missing)))
        return cls(**values)

    def __post_init__(self) -> None:
        """Raise ClassifierError for a value out of range."""
        for name, (low, high) in _RANGES.items():
            if not low <= (value := getattr(self, name)) <= high:
                bounds = {"key": name, "value": value, "low": low, "high": high}
                raise ClassifierError(message("setting {key} is {value}; it must be from {low} to {high}", **bounds))


def load_settings(path: Path) -> Settings:
    """Read settings from a TOML file; keys that it leaves out keep their defaults.

    Raises ClassifierError, naming the file, for broken TOML, an unknown key or a wrong value.
    """
    from classifier.toml_files import read_toml

    values = read_toml(path, message("check --settings"))
    try:
        return Settings.from_dict(values)
    except ClassifierError as error:
        raise ClassifierError(message("{place}: {fault}", place=path, fault=error)) from error
