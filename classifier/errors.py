"""Errors that a user can mend: the message names the file, the place and the remedy, in one line."""


class ClassifierError(Exception):
    """Base of every error that the command reports in one line with exit code 2."""


class DocumentError(ClassifierError):
    """A report that cannot be read: missing, not text, not Chinese, no permission."""


class LabelError(ClassifierError):
    """Labelled paragraphs or a taxonomy that do not hold what they must; one line for each fault."""


class UndoneError(ClassifierError):
    """What is to be undone is undone already."""


class BundleError(ClassifierError):
    """A model folder that is damaged, newer than this version, or no model at all."""
