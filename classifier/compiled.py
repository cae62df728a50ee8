"""The compiled kernel, where it was built; elsewhere Python and numpy do its work, about half as fast."""

import sys

try:
    from classifier import _kernel as kernel
except ImportError:
    BUILT = False
else:
    BUILT = sys.byteorder == "little"  # as the text is that it is given

__all__ = ["BUILT", "kernel"]
