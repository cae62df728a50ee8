"""`classify areas check` and `classify areas use`: a sample of what a new area would be tagged in, and its use."""

import json
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import orjson

from classifier.documents.parse import read
from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.model.bundle import MODEL_CARD_FILE, load_model, save_model
from classifier.records import Kind, Prediction
from classifier.storage.atomic import atomic_file, atomic_text_file, remove
from classifier.workspace.areas import added_areas
from classifier.workspace.label_log import saved_labels
from classifier.workspace.new_areas import (
    FULL_PART,
    IN_USE,
    CheckedSample,
    areas_in_use,
    checked_sample,
    need_added_area,
    sample_file,
    silence,
)
from classifier.workspace.place import Workspace, least_precision
from classifier.workspace.saved_labels import document_name, paragraph_id
from classifier.workspace.versions import MODEL_PART, Version, list_versions, new_version, use_version

_SEED = 0


def draw_sample(workspace: Workspace, area: str, paths: Sequence[Path | str], size: int = 30) -> tuple[Path, int, int]:
    """Draw a random sample of the paragraphs that the newest version would tag with a new area, and write it to a file.

    Returns the file, how many were drawn, and of how many. Raises ClassifierError where no version has the area on
    trial, or where nothing would be tagged.
    """
    _need_on_trial(workspace, area)
    model = load_model(_version_on_trial(workspace, area) / FULL_PART)
    known = {i for i, label in saved_labels(workspace).items() if area in label.whole}
    every = (p for path in paths for d in read(path) for p in _named(d.name, model.predict(d)))
    by_id = {paragraph_id(name, p.paragraph.text): (name, p) for name, p in _tagged(every, area)}
    found = [by_id[i] for i in sorted(by_id) if i not in known]  # what was learned from says nothing of precision
    if not found:
        raise ClassifierError(
            message("{area}: would be tagged in no paragraph of these reports; name others", area=area)
        )
    drawn = random.Random(_SEED).sample(found, min(size, len(found)))
    place = sample_file(workspace, area)
    with atomic_file(place) as stream:
        for name, prediction in drawn:
            row = prediction.to_dict(document_name(name), all_scores=True)
            stream.write(orjson.dumps({**row, "about": [area], "why": ["random-sample"]}) + b"\n")
    return place, len(drawn), len(found)


def sample_result(workspace: Workspace, area: str) -> CheckedSample:
    """Return what the labels say of the sample of an area. Raises ClassifierError where none was drawn."""
    need_added_area(workspace, area, added_areas(workspace))
    try:
        lines = sample_file(workspace, area).read_bytes().splitlines()
        rows = [json.loads(line) for line in lines]
        ids = [paragraph_id(row["document"], row["text"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClassifierError(
            message("{area}: no sample was drawn; run 'classify areas check {area} REPORTS'", area=area)
        ) from error
    return checked_sample(workspace, area, ids)


def use_area(workspace: Workspace, area: str, anyway: bool = False) -> Version:
    """Tag a new area from now on, with a version that does. Raises ClassifierError where its precision is too low.

    anyway: whatever the sample says.
    """
    _need_on_trial(workspace, area)
    if not anyway:
        found, least = sample_result(workspace, area), least_precision(workspace)
        if found.low < least:
            raise ClassifierError(
                message(
                    "{area}: {right} of {answered} checked paragraphs are right, so its precision is at least "
                    "{low:.2f}, and {least:.2f} is wanted; check more, label more, or give --anyway",
                    area=area,
                    right=found.right,
                    answered=found.answered,
                    low=found.low,
                    least=least,
                )
            )
    trial = _version_on_trial(workspace, area)
    tagged = areas_in_use(workspace) | {area}
    with new_version(workspace) as growing:
        shutil.copytree(trial, growing.folder, dirs_exist_ok=True)
        write_tagging_model(workspace, growing.folder, tagged)
    with atomic_text_file(workspace.folder / IN_USE) as stream:
        stream.write("".join(f"{name}\n" for name in sorted(tagged)))
    return use_version(workspace, growing.name)


def write_tagging_model(workspace: Workspace, folder: Path, tagged: frozenset[str]) -> tuple[str, ...]:
    """Give a growing version, which has the model with all areas, the one that tags; returns the areas on trial.

    tagged: the added areas that are no longer on trial.
    """
    trial = tuple(a for a in added_areas(workspace) if a not in tagged)
    full = folder / (FULL_PART if (folder / FULL_PART).exists() else MODEL_PART)
    if full.name == MODEL_PART and trial:
        full = full.rename(folder / FULL_PART)
    if full.name == FULL_PART:
        remove(folder / MODEL_PART)
        card = (full / MODEL_CARD_FILE).read_text(encoding="utf-8")
        save_model(silence(load_model(full), trial), folder / MODEL_PART, card)
    return trial


def _need_on_trial(workspace: Workspace, area: str) -> None:
    """Raise ClassifierError unless the user added the area, and it is not tagged yet."""
    need_added_area(workspace, area, added_areas(workspace))
    if area in areas_in_use(workspace):
        raise ClassifierError(message("area {area} is in use already", area=area))


def _version_on_trial(workspace: Workspace, area: str) -> Path:
    """Return the newest version that has a model with the area on trial. Raises ClassifierError where there is none."""
    for version in reversed(list_versions(workspace)):
        full = version.parts / FULL_PART if version.parts is not None else None
        if full is not None and full.is_dir() and area in [a.id for a in load_model(full).areas]:
            return full.parent
    raise ClassifierError(
        message("{area}: no version has it on trial; label paragraphs with it, and run 'classify train'", area=area)
    )


def _named(name: str, predictions: Iterable[Prediction]) -> Iterator[tuple[str, Prediction]]:
    return ((name, prediction) for prediction in predictions)


def _tagged(predictions: Iterable[tuple[str, Prediction]], area: str) -> Iterator[tuple[str, Prediction]]:
    for name, prediction in predictions:
        if prediction.paragraph.kind is Kind.PARAGRAPH and any(score.id == area for score in prediction.areas):
            yield name, prediction
