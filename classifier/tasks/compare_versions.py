"""`classify models compare`, and the end of `classify train` in a workspace: two versions side by side."""

from classifier.errors import ClassifierError
from classifier.evaluation.paragraphs import paragraphs_of_training
from classifier.evaluation.version_comparison import VersionComparison, compare_held_out
from classifier.messages import message
from classifier.resources import labels_folder
from classifier.tasks.retrain import held_out_of, own_examples
from classifier.training.training_set import load_training_set
from classifier.workspace.areas import workspace_taxonomy
from classifier.workspace.place import Workspace
from classifier.workspace.versions import version


def compare_versions(workspace: Workspace, old: str, new: str) -> VersionComparison:
    """Compare two versions on the labels that neither had seen when it tagged them; figures are new less old.

    Raises BundleError for a version that is not there, and ClassifierError where a version does not keep what it made
    of paragraphs that it had not seen.
    """
    mine = own_examples(workspace)
    names = version(workspace, old), version(workspace, new)
    parts = [held_out_of(each, mine, whole_reports=True) for each in names]
    for each, part in zip(names, parts, strict=True):
        if part is None:
            raise ClassifierError(
                message(
                    "version {name} does not keep what it made of labelled paragraphs; 'classify models use' "
                    "chooses a version without a comparison",
                    name=each.name,
                )
            )
    shipped = load_training_set([labels_folder()])
    texts = {e.id: e.text for e in (*shipped.labelled.examples, *mine)}
    shipped_ids = frozenset(p.id for p in paragraphs_of_training(shipped))
    areas = workspace_taxonomy(workspace).areas
    own = frozenset(e.id for e in mine)
    return compare_held_out((names[0].name, names[1].name), parts[0], parts[1], areas, own, shipped_ids, texts)  # type: ignore[arg-type]
