"""The kernel, and whether it was compiled; where not, Python and numpy do its work, about half as fast."""

import sys

try:
    from classifier import _kernel as kernel
except ImportError:
    BUILT = False
else:
    BUILT = sys.byteorder == "little"  # the byte order of the text that it is given

__all__ = ["BUILT", "kernel"]
