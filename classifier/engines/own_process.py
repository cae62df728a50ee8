"""Switches of a whole process, for those that own one: the command and worker processes. Library code sets none."""

import gc
import os

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
COLLECT_AFTER = 200_000  # new objects that are still there; a batch has about half as many at a time


def tune_process() -> None:
    """Make linear algebra use one thread, and search for unreachable objects seldom.

    The sums of a model are small, and processes are what uses all cores; a process without other threads can also be
    forked. The libraries read this when they are loaded. Nothing that a batch makes refers to itself, and searching for
    what does would take a tenth of the time.
    """
    for name in THREAD_VARIABLES:
        os.environ.setdefault(name, "1")
    gc.set_threshold(COLLECT_AFTER)


def recognize_scans() -> None:
    """Recognize the text of scans from now on, in the processes that this one starts, too.

    Raises ClassifierError where the libraries for it are missing.
    """
    from classifier.readers.ocr import OCR_VARIABLE, check_ocr

    check_ocr()
    os.environ[OCR_VARIABLE] = "1"
