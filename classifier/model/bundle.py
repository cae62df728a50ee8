"""A model as a folder of plain data: manifest.json, terms.txt, words.tsv, .npy arrays, and card.md for people.

terms.txt holds the words that are terms; character n-grams are whole numbers in runs.npy (see ngram_table.py).
sentence_stage.npy and sentence_offset.npy are the logistic of sentences (see sentence_stage.py), outcomes.npy what the
correction of shares is made of (see outcomes.py).
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.arrays import Floats
from classifier.errors import BundleError, ClassifierError
from classifier.features.ngram_table import Keys
from classifier.features.term_index import Vocabulary
from classifier.messages import message
from classifier.model.calibration import Calibration
from classifier.model.linear import ClassifierPair, LinearClassifiers
from classifier.model.model import WEIGHT_STEP, Model
from classifier.model.outcomes import Outcomes, check_outcomes
from classifier.model.sentence_stage import SentenceStage, stage_width
from classifier.records import Area
from classifier.resources import default_model
from classifier.settings import Settings
from classifier.storage import artifact

_TERMS_FILE, _USER_WORDS_FILE, MODEL_CARD_FILE = "terms.txt", "words.tsv", "card.md"
_NGRAMS_FILE = "runs.npy"
_OUTCOMES_FILE = "outcomes.npy"
ARRAYS = (
    "idf",
    "sentence_coef",
    "sentence_intercept",
    "clause_coef",
    "clause_intercept",
    "slope",
    "clause",
    "context",
    "offset",
    "sentence_stage",
    "sentence_offset",
)
MODEL_FILES = frozenset(
    {_TERMS_FILE, _USER_WORDS_FILE, _NGRAMS_FILE, _OUTCOMES_FILE, *(f"{name}.npy" for name in ARRAYS)}
)


def _model_words() -> artifact.ArtifactWords:
    return artifact.ArtifactWords(
        noun=message("model"),
        option=message("--model or train one with 'classify train'"),
        remedy=message("restore the folder or rebuild it with 'classify train'"),
    )


MODEL_ARTIFACT = artifact.ArtifactKind(
    kind="policy-area-classifier model",
    format=4,
    oldest=4,
    names=MODEL_FILES,
    beside=frozenset({MODEL_CARD_FILE}),
    words=_model_words,
)
UNFIT = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    MemoryError,
    RecursionError,
    ClassifierError,
)
AREA_KEYS = ("id", "zh", "en", "definition", "definition_en", "color", "core")


def save_model(model: Model, folder: Path, card: str) -> None:
    """Write a model; an old model in the folder is replaced only when the new one is whole.

    Raises BundleError where the folder holds something else or cannot be written.
    """
    files = {
        _TERMS_FILE: "".join(f"{word}\n" for word in model.vocabulary.words).encode(),
        _USER_WORDS_FILE: encode_user_words(model.user_words),
        _NGRAMS_FILE: _saved(model.vocabulary.ngrams.astype("<u8")),
    }
    outcomes = model.outcomes
    files[_OUTCOMES_FILE] = _saved(np.zeros((0, 0), "<u2") if outcomes is None else outcomes.table.astype("<u2"))
    files |= {f"{name}.npy": _stored(values, name) for name, values in model_arrays(model).items()}
    about = {
        "areas": [{key: getattr(area, key) for key in AREA_KEYS} for area in model.areas],
        "settings": model.settings.as_dict(),
        "data": model.data_hash,
    }
    artifact.save_artifact(folder, MODEL_ARTIFACT, about, files, {MODEL_CARD_FILE: card.encode()})


def check_bundle_target(folder: Path) -> None:
    """Raise BundleError unless a model may be written to the folder."""
    artifact.check_artifact_target(folder, MODEL_ARTIFACT)


def load_model(folder: Path | str | None = None) -> Model:
    """Read a model folder, or the shipped model.

    Nothing is built before every checksum holds. Raises BundleError, in one line, where anything is amiss.
    """
    folder = default_model() if folder is None else Path(folder)
    manifest, data = artifact.load_artifact(folder, MODEL_ARTIFACT)
    try:
        stored = {
            n: _whole_numbers(data[f"{n}.npy"]).astype(np.float64) * WEIGHT_STEP
            for n in ARRAYS
            if not n.endswith("coef")
        }
        model = Model(
            areas=tuple(Area(**area) for area in manifest["areas"]),
            settings=Settings.from_dict(manifest["settings"], whole=True),
            user_words=decode_user_words(data[_USER_WORDS_FILE]),
            vocabulary=Vocabulary(_ngrams(data[_NGRAMS_FILE]), tuple(data[_TERMS_FILE].decode().splitlines())),
            data_hash=manifest["data"],
            classifiers=ClassifierPair(
                stored["idf"],
                LinearClassifiers(_whole_numbers(data["sentence_coef.npy"]), stored["sentence_intercept"], WEIGHT_STEP),
                LinearClassifiers(_whole_numbers(data["clause_coef.npy"]), stored["clause_intercept"], WEIGHT_STEP),
            ),
            calibration=Calibration(stored["slope"], stored["clause"], stored["context"], stored["offset"]),
            sentence_stage=SentenceStage(stored["sentence_stage"], stored["sentence_offset"]),
            outcomes=_outcomes(data[_OUTCOMES_FILE], len(manifest["areas"])),
        )
        _check(model)
    except UNFIT as error:
        raise artifact.unfit(folder, error, MODEL_ARTIFACT) from error
    return model


def _check(model: Model) -> None:
    """Raise ValueError unless shapes fit, ids differ, and probabilities rise with scores."""
    terms, areas = len(model.vocabulary), len(model.areas)
    wanted = {"idf": (terms,), "context": (areas, 3 * areas + 1), "sentence_stage": (areas, stage_width(areas))}
    wanted |= dict.fromkeys(("sentence_coef", "clause_coef"), (terms, areas))
    for name, values in model_arrays(model).items():
        if values.shape != (shape := wanted.get(name, (areas,))):
            fault = message("{name} has shape {found}, not {wanted}", name=name, found=values.shape, wanted=shape)
            raise ValueError(fault)
    if not areas or len({a.id for a in model.areas}) < areas:
        raise ValueError(message("areas are missing or stand twice"))
    for area in model.areas:
        if not all(isinstance(getattr(area, key), str) for key in AREA_KEYS if key != "core"):
            raise ValueError(message("area {area!r} has something that is no text", area=area.id))
    if not (model.calibration.slope > 0).all():
        raise ValueError(message("slope is not above 0"))
    if not (model.calibration.clause >= 0).all():
        raise ValueError(message("clause is below 0"))
    ngrams = np.sort(model.vocabulary.ngrams)
    if not ngrams.all() or (ngrams[1:] == ngrams[:-1]).any():
        raise ValueError(message("a character n-gram is 0 or stands twice"))
    if model.outcomes is not None:
        check_outcomes(model.outcomes)
    _ = model.kernel  # raises ValueError where terms are out of order


def model_arrays(model: Model) -> dict[str, Floats]:
    """Return the arrays of a model by the names of their files."""
    pair, fitted, stage = model.classifiers, model.calibration, model.sentence_stage
    linear = [part for one in (pair.sentences, pair.clauses) for part in (one.weights(), one.intercept)]
    logistic = (fitted.slope, fitted.clause, fitted.context, fitted.offset, stage.weights, stage.offset)
    return dict(zip(ARRAYS, (pair.idf, *linear, *logistic), strict=True))


def decode_user_words(data: bytes) -> dict[str, int]:
    """Return a stored user dictionary. Raises ValueError where a frequency is not from 1 to 2**31 - 1."""
    rows = (line.split("\t") for line in data.decode().splitlines())
    words = {word: int(frequency) for word, frequency in rows}
    if not all(0 < n < 2**31 for n in words.values()):
        raise ValueError(message("a frequency in words.tsv is out of range"))
    return words


def encode_user_words(words: Mapping[str, int]) -> bytes:
    """Return the user dictionary as it is stored: word, tab, frequency on each line, sorted."""
    return "".join(f"{word}\t{frequency}\n" for word, frequency in sorted(words.items())).encode()


def _stored(values: Floats, name: str) -> bytes:
    """Return an array as whole numbers of WEIGHT_STEP, of 16 bits each. Raises BundleError where one is too large."""
    steps = np.round(np.ascontiguousarray(values) / WEIGHT_STEP)
    if np.abs(steps).max(initial=0) > np.iinfo(np.int16).max:
        most = np.iinfo(np.int16).max * WEIGHT_STEP
        raise BundleError(message("{name}: a weight is above {most:.0f}; train with a smaller c", name=name, most=most))
    return _saved(steps.astype("<i2"))


def _saved(array: NDArray[Any]) -> bytes:
    buffer = BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _ngrams(data: bytes) -> Keys:
    keys: Keys = np.load(BytesIO(data), allow_pickle=False)
    if keys.dtype != np.uint64 or keys.ndim != 1:
        raise ValueError(message("character n-grams are no row of whole numbers"))
    return keys


def _outcomes(data: bytes, areas: int) -> Outcomes | None:
    """Return stored outcomes; None where a model has none."""
    table = np.load(BytesIO(data), allow_pickle=False)
    return Outcomes(table, areas) if len(table) else None


def _whole_numbers(data: bytes) -> NDArray[np.int16]:
    numbers: NDArray[np.int16] = np.load(BytesIO(data), allow_pickle=False)
    if numbers.dtype != np.int16:
        raise ValueError(message("an array is not of 16 bits"))
    return numbers
