import numpy as np

from classifier.analysis.familiarity import LEAST_SENTENCES, silent_limit


def test_the_limit_is_what_is_usual_in_long_reports() -> None:
    silent = np.arange(1, 31)  # sentences without an area, of 100 in each report
    predicted = np.array([[i >= n] for n in silent for i in range(100)])
    report = np.repeat(np.arange(30), 100)
    limit = silent_limit(predicted, report)
    assert limit is not None
    assert 0.29 < limit < 0.30
    short = np.repeat(np.arange(30, 60), LEAST_SENTENCES - 1)
    with_short = silent_limit(np.vstack([predicted, np.zeros((len(short), 1), np.bool_)]), np.r_[report, short])
    assert with_short == limit


def test_too_few_long_reports_tell_nothing() -> None:
    report = np.repeat(np.arange(19), 100)
    assert silent_limit(np.ones((1900, 2), np.bool_), report) is None
    assert silent_limit(np.ones((0, 2), np.bool_), report[:0]) is None
