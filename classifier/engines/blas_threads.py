"""One thread for each process: the sums of a model are small, and processes are what uses all cores.

Linear algebra libraries read this when they are loaded. A process that has no other threads can also be forked.
"""

import os

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def limit_threads() -> list[str]:
    """Ask the libraries that are still to be loaded for one thread; return the variables that were set for it."""
    free = [name for name in THREAD_VARIABLES if name not in os.environ]
    os.environ.update(dict.fromkeys(free, "1"))
    return free
