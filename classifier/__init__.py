"""Tag the paragraphs of Chinese government reports with policy areas.

>>> from classifier import from_text, load_model
>>> model = load_model()
>>> [prediction.areas[0].id for prediction in model.predict(from_text("新建高标准农田3万亩，粮食总产达到20万吨。"))]
['rural_revitalization']
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from classifier.documents.parse import from_text, read
    from classifier.model.bundle import load_model
    from classifier.tasks.train import train
    from classifier.training.estimator import PolicyAreaClassifier

    __version__: str

__all__ = ["PolicyAreaClassifier", "from_text", "load_model", "read", "train"]

_HOMES = {
    "PolicyAreaClassifier": "classifier.training.estimator",
    "from_text": "classifier.documents.parse",
    "load_model": "classifier.model.bundle",
    "read": "classifier.documents.parse",
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
