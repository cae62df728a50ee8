"""The tables of an evaluation report, as rows of text that Markdown, HTML and the terminal share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from classifier.evaluation.learning_curve import LearningCurve
from classifier.evaluation.report import (
    TRAINED_ON,
    AreaRow,
    AverageRow,
    BaselineRow,
    CalibrationFigures,
    EvaluationReport,
    SentenceFigures,
)
from classifier.evaluation.slices import SliceRow
from classifier.output.language import AboutWords, EvaluationWords
from classifier.output.reports.numbers import figure, interval_text

MOST_CONFUSIONS = 20  # that are shown


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: its name, for charts and anchors; a title; a table; and lines below it."""

    name: str
    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


def sections(report: EvaluationReport, words: EvaluationWords) -> Iterator[Section]:
    """Yield the parts of a report, in the order in which they are read."""
    about_words = AboutWords(words.lang)
    about = tuple((about_words[name], _about_text(value)) for name, value in report.about.items() if name != TRAINED_ON)
    yield Section("about", words.about, ("", ""), about, (_note(report, words),))
    yield _averages("averages", words.averages, report.averages, words)
    if report.sentences:
        yield from _sentences(report.sentences, words)
    yield _areas("areas", words.areas, report.areas, words.support, words)
    yield _measures(report, words)
    if report.baselines:
        yield baselines_section(report, words)
    yield from comparison_sections(report, words)
    if report.folds:
        yield _folds(report, words)
    if report.learning_curve:
        yield _learning_curve(report.learning_curve, words)
    if report.annotator_agreement:
        rows = ((words.macro, figure(report.annotator_agreement.macro)),)
        yield Section("annotator_agreement", words.annotator_agreement, ("", "F1"), rows)
    yield _calibration("calibration", words.calibration, report.calibration, words)
    if report.sentences:
        title = f"{words.calibration}{words.colon}{words.of_sentences}"
        yield _calibration("sentence_calibration", title, report.sentences.calibration, words)
    yield _confusion("confusion", words.confusion, report, report.confusion.instead, words)
    yield _confusion("beside", words.beside, report, report.confusion.beside, words)
    yield from _slice("slices_level", words.level, report.slices.level, words)
    yield from _slice("slices_years", words.years, report.slices.years, words)
    yield from _slice("slices_sentences", words.sentences, report.slices.sentences, words)
    if report.error_cases:
        yield _error_cases(report, words)


def _about_text(value: object) -> str:
    return ", ".join(f"{k} = {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)


def _sentences(found: SentenceFigures, words: EvaluationWords) -> Iterator[Section]:
    """Yield the figures of sentences: averages, areas, and those of levels and eras."""
    about = f"{words.sentences}{words.colon}{found.sentences}; {words.disputed}{words.colon}{found.disputed}"
    averages = _averages("sentences", f"{words.averages}{words.colon}{words.of_sentences}", found.averages, words)
    yield replace(averages, lines=(about,))
    yield _areas(
        "sentence_areas", f"{words.areas}{words.colon}{words.of_sentences}", found.areas, words.sentences, words
    )
    for name, by, rows in (("level", words.level, found.level), ("eras", words.years, found.eras)):
        cells = tuple((r.value, str(r.paragraphs), figure(r.macro), figure(r.micro)) for r in rows)
        if cells:
            title = f"{words.of_sentences}{words.colon}{by}"
            yield Section(f"sentence_{name}", title, (by, words.sentences, words.macro, words.micro), cells)


def _averages(name: str, title: str, averages: Mapping[str, AverageRow], words: EvaluationWords) -> Section:
    rows = tuple(
        (words[mean], figure(a.precision), figure(a.recall), figure(a.f1), interval_text(a.interval, words))
        for mean, a in averages.items()
    )
    head = ("", words.precision, words.recall, words.f1, words.interval)
    return Section(name, title, head, rows)


def _areas(name: str, title: str, areas: Sequence[AreaRow], support: str, words: EvaluationWords) -> Section:
    head = (
        words.area,
        words.precision,
        words.recall,
        words.f1,
        words.interval,
        words.average_precision,
        support,
        words.brier,
        words.calibration_error,
    )
    rows = tuple(
        (
            a.name(words.lang),
            figure(a.precision),
            figure(a.recall),
            figure(a.f1),
            interval_text(a.interval, words),
            figure(a.average_precision),
            str(a.support),
            figure(a.brier),
            figure(a.calibration_error),
        )
        for a in areas
    )
    return Section(name, title, head, rows)


def _note(report: EvaluationReport, words: EvaluationWords) -> str:
    """Return what the figures may be taken for: those of paragraphs that the model learned from are too good."""
    seen = report.about.get(TRAINED_ON, 0)
    if seen is None:
        return f"{words.note} {words.trained_on_unknown}"
    return f"{words.note} {words.trained_on.format(n=seen) if seen else words.trained_on_none}"


def _measures(report: EvaluationReport, words: EvaluationWords) -> Section:
    rows = tuple(
        (words[name], figure(m.value), interval_text(m.interval, words)) for name, m in report.paragraphs.items()
    )
    return Section("paragraphs", words.paragraphs, ("", "", words.interval), rows)


def baselines_section(report: EvaluationReport, words: EvaluationWords) -> Section:
    """Return F1 of the model in the first row, and of each baseline below it."""
    averages = report.averages
    core = averages["core"].f1 if "core" in averages else float("nan")
    found = {"this": BaselineRow(averages["macro"].f1, core, averages["micro"].f1), **report.baselines}
    rows = tuple((words[name], figure(b.macro), figure(b.core), figure(b.micro)) for name, b in found.items())
    return Section("baselines", words.baselines, ("", words.macro, words.core, words.micro), rows)


def comparison_sections(report: EvaluationReport, words: EvaluationWords) -> Iterator[Section]:
    """Yield the differences from another model or other settings, of paragraphs and of sentences, if any."""
    of_sentences = report.sentences.compared if report.sentences else {}
    parts = (
        ("compared", words.compared, report.compared),
        ("sentences_compared", f"{words.compared}{words.colon}{words.of_sentences}", of_sentences),
    )
    for name, title, found in parts:
        rows = tuple(
            (words[mean], figure(d.difference, "+.4f"), interval_text(d.interval, words), figure(d.p, ".4f"))
            for mean, d in found.items()
        )
        if rows:
            yield Section(name, title, ("", words.difference, words.interval, words.p), rows)


def _folds(report: EvaluationReport, words: EvaluationWords) -> Section:
    rows = tuple((str(f.fold), str(f.paragraphs), figure(f.macro)) for f in report.folds)
    near = f"{words.duplicates}{words.colon}{report.duplicates.pairs}"
    return Section("folds", words.folds, (words.fold, words.support, words.macro), rows, (near,))


def _learning_curve(curve: LearningCurve, words: EvaluationWords) -> Section:
    points = zip(curve.sentences, curve.macro_f1, curve.sentence_f1, strict=True)
    rows = tuple((str(n), figure(of_paragraphs), figure(of_sentences)) for n, of_paragraphs, of_sentences in points)
    gain = f"{words.gain}{words.colon}{figure(curve.gain, '+.4f')} / {figure(curve.sentence_gain, '+.4f')}"
    head = (words.sentences, words.macro, f"{words.macro}{words.colon}{words.of_sentences}")
    return Section("learning_curve", words.learning_curve, head, rows, (gain,))


def _calibration(name: str, title: str, found: CalibrationFigures, words: EvaluationWords) -> Section:
    rows = tuple((figure(b.predicted), figure(b.true), str(b.count)) for b in found.bins)
    head = (words.predicted_probability, words.true_share, words.decisions)
    summary = f"Brier {figure(found.brier)}, ECE {figure(found.expected_error)}"
    return Section(name, title, head, rows, (summary,))


def _confusion(
    name: str, title: str, report: EvaluationReport, table: tuple[tuple[int, ...], ...], words: EvaluationWords
) -> Section:
    """Return the largest entries of a confusion table."""
    names = [a.name(words.lang) for a in report.areas]
    pairs = [(n, i, j) for i, row in enumerate(table) for j, n in enumerate(row) if n]
    largest = sorted(pairs, key=lambda p: -p[0])[:MOST_CONFUSIONS]
    return Section(name, title, ("", "", ""), tuple((names[i], names[j], str(n)) for n, i, j in largest))


def _slice(name: str, by: str, found: tuple[SliceRow, ...], words: EvaluationWords) -> Iterator[Section]:
    rows = tuple((r.value, str(r.paragraphs), figure(r.micro)) for r in found)
    if rows:
        yield Section(name, f"{words.slices}{words.colon}{by}", (by, words.support, words.f1), rows)


def _error_cases(report: EvaluationReport, words: EvaluationWords) -> Section:
    names = {a.id: a.name(words.lang) for a in report.areas}
    rows = tuple(
        (
            names[c.area],
            words.missed if c.missed else words.false_alarm,
            figure(c.score, ".2f"),
            f"{c.id}/{c.sentence}",
            c.text or words.no_text,
            " ".join(c.terms),
        )
        for c in report.error_cases
    )
    head = (words.area, "", words.score, "id", "", words.terms)
    return Section("error_cases", words.error_cases, head, rows)
