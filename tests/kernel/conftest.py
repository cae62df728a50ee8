"""The tests of the kernel need the kernel."""

import pytest

from classifier import compiled


@pytest.fixture(autouse=True)
def kernel() -> None:
    if not compiled.BUILT:
        pytest.skip("no compiled kernel here; it is built where there is a C compiler")
