"""Tag the paragraphs of Chinese government reports with policy areas.

>>> from classifier import from_text, load_model
>>> model = load_model()
>>> [prediction.areas[0].id for prediction in model.predict(from_text("新建高标准农田3万亩，粮食总产达到20万吨。"))]
['rural_revitalization']
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classifier.analysis.alike import alike
    from classifier.analysis.correction import fit_correction
    from classifier.analysis.estimates import GroupSums, estimate_difference, estimate_group
    from classifier.analysis.measures import area_vectors, measured_units
    from classifier.documents.parse import from_text, read
    from classifier.evaluation.comparison import compare_predictions
    from classifier.evaluation.metrics import area_figures, macro
    from classifier.labelling.examples import load_examples
    from classifier.model.bundle import load_model
    from classifier.model.explain import explain
    from classifier.settings import Settings
    from classifier.tasks.compare_texts import compare
    from classifier.tasks.evaluate import evaluate_cv, evaluate_on
    from classifier.tasks.shares import shares
    from classifier.tasks.train import train
    from classifier.training.estimator import PolicyAreaClassifier
    from classifier.training.training_set import load_training_set

    __version__: str

__all__ = [
    "GroupSums",
    "PolicyAreaClassifier",
    "Settings",
    "alike",
    "area_figures",
    "area_vectors",
    "compare",
    "compare_predictions",
    "estimate_difference",
    "estimate_group",
    "evaluate_cv",
    "evaluate_on",
    "explain",
    "fit_correction",
    "from_text",
    "load_examples",
    "load_model",
    "load_training_set",
    "macro",
    "measured_units",
    "read",
    "shares",
    "train",
]

_HOMES = {
    "GroupSums": "classifier.analysis.estimates",
    "PolicyAreaClassifier": "classifier.training.estimator",
    "Settings": "classifier.settings",
    "alike": "classifier.analysis.alike",
    "area_figures": "classifier.evaluation.metrics",
    "area_vectors": "classifier.analysis.measures",
    "compare": "classifier.tasks.compare_texts",
    "compare_predictions": "classifier.evaluation.comparison",
    "estimate_difference": "classifier.analysis.estimates",
    "estimate_group": "classifier.analysis.estimates",
    "evaluate_cv": "classifier.tasks.evaluate",
    "evaluate_on": "classifier.tasks.evaluate",
    "explain": "classifier.model.explain",
    "fit_correction": "classifier.analysis.correction",
    "from_text": "classifier.documents.parse",
    "load_examples": "classifier.labelling.examples",
    "load_model": "classifier.model.bundle",
    "load_training_set": "classifier.training.training_set",
    "macro": "classifier.evaluation.metrics",
    "measured_units": "classifier.analysis.measures",
    "read": "classifier.documents.parse",
    "shares": "classifier.tasks.shares",
    "train": "classifier.tasks.train",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that importing the package costs nothing."""
    if name == "__version__":
        from importlib.metadata import version

        return version("policy-area-classifier")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
