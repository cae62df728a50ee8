"""The kernel, and whether it was compiled; where not, Python and numpy do its work, about half as fast."""

import sys

try:
    from classifier import _kernel as kernel
except ImportError:
    BUILT = False
else:
    # The byte order of the text that it is given; and not one that was compiled before its latest part was written.
    BUILT = sys.byteorder == "little" and hasattr(kernel, "fit")

__all__ = ["BUILT", "kernel"]
