import sys

import pytest

from classifier.errors import ClassifierError
from classifier.output.options import OutputOptions
from classifier.output.predictions.registry import OUTPUT_FORMATS, format_class, output_format
from tests.conftest import AREAS


def test_a_format_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ClassifierError, match=r"pip install 'policy-area-classifier\[parquet\]'"):
        output_format("parquet", OutputOptions(AREAS, "zh"))


def test_a_format_that_needs_a_library_names_the_extra_that_has_it() -> None:
    classes = [format_class(name) for name in OUTPUT_FORMATS]
    assert [(c.needs is None) == (c.extra is None) for c in classes] == [True] * len(classes)
