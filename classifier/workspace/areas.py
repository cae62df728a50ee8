"""The areas of a workspace: the shipped ones and those that its taxonomy.toml adds, or those of its own alone."""

from pathlib import Path

from classifier.errors import LabelError
from classifier.labelling.taxonomy import Taxonomy, load_taxonomy
from classifier.messages import message
from classifier.resources import taxonomy_file
from classifier.toml_files import read_toml
from classifier.workspace.place import Workspace

OWN_ALONE = "own_areas_alone"  # a key of taxonomy.toml: leave the shipped areas out


def workspace_taxonomy(workspace: Workspace) -> Taxonomy:
    """Return all areas of a workspace, added ones last. Raises LabelError with a line for each fault."""
    shipped = load_taxonomy(taxonomy_file())
    path = workspace.taxonomy_file
    if not path.exists():
        return shipped
    table = read_toml(path, message("run 'classify init' in the folder again"), LabelError)
    if not table.get("areas"):
        return shipped
    added = load_taxonomy(path)
    if table.get(OWN_ALONE) is True:
        return added
    if twice := [a.id for a in added.areas if a.id in shipped.ids]:
        raise LabelError(
            message("{place}: area {area} is a shipped one; give yours another id", place=path, area=twice[0])
        )
    return Taxonomy((*shipped.areas, *added.areas))


def added_areas(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of the areas that stand beside the shipped ones; none where the user's stand alone."""
    shipped, ids = set(load_taxonomy(taxonomy_file()).ids), workspace_taxonomy(workspace).ids
    return tuple(area for area in ids if area not in shipped) if shipped <= set(ids) else ()


def seed_terms(workspace: Workspace, area: str) -> tuple[str, ...]:
    """Return the terms that the user names for an area, one a line in terms/ID.txt; none where there is no such file.

    Raises LabelError where the file cannot be read.
    """
    path: Path = workspace.terms_folder / f"{area}.txt"
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(message("{place}: cannot be read; save it as UTF-8", place=path)) from error
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")))
