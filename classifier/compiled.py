"""The compiled kernel, where it was built; elsewhere Python and numpy do its work, some three times more slowly."""

try:
    from classifier import _kernel as kernel
except ImportError:
    BUILT = False
else:
    BUILT = True

__all__ = ["BUILT", "kernel"]
