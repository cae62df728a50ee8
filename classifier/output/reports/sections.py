"""The tables of an evaluation report, as rows of text that Markdown and HTML share."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from classifier.output.language import WORDS

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: its name, for figures and anchors; a title; a table; and lines below it."""

    name: str
    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()


def sections(report: Report, lang: str) -> Iterator[Section]:
    """Yield the parts of a report, in the order in which they are read."""
    w = WORDS[lang]
    about = tuple((str(k), _value(v)) for k, v in report["about"].items())
    yield Section("about", w["about"], ("", ""), about, (w["note"],))
    yield _averages(report, lang)
    yield _areas(report, lang)
    measures = tuple(
        (w[k], _number(v["value"]), _interval(v["interval"], lang)) for k, v in report["paragraphs"].items()
    )
    yield Section("paragraphs", w["paragraphs"], ("", "", w["interval"]), measures)
    yield _baselines(report, lang)
    yield from _optional(report, lang)
    bins = tuple((_number(b["predicted"]), _number(b["true"]), str(b["count"])) for b in report["calibration"]["bins"])
    summary = f"Brier {_number(report['calibration']['brier'])}, ECE {_number(report['calibration']['expected_error'])}"
    head = (w["predicted_probability"], w["true_share"], w["support"])
    yield Section("calibration", w["calibration"], head, bins, (summary,))
    yield _confusion(report, lang, "instead", "confusion")
    yield _confusion(report, lang, "beside", "beside")
    for key, name in (("level", "level"), ("years", "years"), ("sentences", "length")):
        rows = tuple((r["value"], str(r["paragraphs"]), _number(r["micro"])) for r in report["slices"][key])
        if rows:
            yield Section(f"slices_{key}", f"{w['slices']}: {w[name]}", (w[name], w["support"], "F1"), rows)
    yield from _gallery(report, lang)


def _averages(report: Report, lang: str) -> Section:
    w = WORDS[lang]
    rows = tuple(
        (w[k], _number(v["precision"]), _number(v["recall"]), _number(v["f1"]), _interval(v["interval"], lang))
        for k, v in report["averages"].items()
    )
    return Section("averages", w["averages"], ("", w["precision"], w["recall"], "F1", w["interval"]), rows)


def _areas(report: Report, lang: str) -> Section:
    w = WORDS[lang]
    head = (w["area"], w["precision"], w["recall"], "F1", w["interval"], w["ap"], w["support"], w["brier"], w["ece"])
    rows = tuple(
        (
            a[lang],
            _number(a["precision"]),
            _number(a["recall"]),
            _number(a["f1"]),
            _interval(a["interval"], lang),
            _number(a["average_precision"]),
            str(a["support"]),
            _number(a["brier"]),
            _number(a["calibration_error"]),
        )
        for a in report["areas"]
    )
    return Section("areas", w["areas"], head, rows)


def _baselines(report: Report, lang: str) -> Section:
    w = WORDS[lang]
    own = {k: v["f1"] for k, v in report["averages"].items()}
    found = {"this": own, **report["baselines"]}
    rows = tuple((w[k], *(_number(v.get(n)) for n in ("macro", "core", "micro"))) for k, v in found.items())
    return Section("baselines", w["baselines"], ("", w["macro"], w["core"], w["micro"]), rows)


def _optional(report: Report, lang: str) -> Iterator[Section]:
    w = WORDS[lang]
    if report["compared"]:
        rows = tuple(
            (w.get(k, k), f"{v['difference']:+.4f}", _interval(v["interval"], lang), f"{v['p']:.4f}")
            for k, v in report["compared"].items()
        )
        yield Section("compared", w["compared"], ("", w["difference"], w["interval"], w["p"]), rows)
    if report["folds"]:
        folds = tuple((str(f["fold"]), str(f["paragraphs"]), _number(f["macro"])) for f in report["folds"])
        near = f"{w['duplicates']}: {report['duplicates']['pairs']}"
        yield Section("folds", w["folds"], (w["fold"], w["support"], w["macro"]), folds, (near,))
    if report["curve"]:
        pairs = zip(report["curve"]["sentences"], report["curve"]["macro_f1"], strict=True)
        gain = f"{w['gain']}: {report['curve']['gain']:+.4f}"
        yield Section(
            "curve", w["curve"], (w["sentences"], w["macro"]), tuple((str(n), _number(f)) for n, f in pairs), (gain,)
        )
    if report["ceiling"]:
        levels = tuple((w.get(k, k), _number(v)) for k, v in report["ceiling"].items())
        yield Section("ceiling", w["ceiling"], ("", "F1"), levels)


def _confusion(report: Report, lang: str, key: str, title: str) -> Section:
    """The twenty largest entries of a confusion table."""
    names = [a[lang] for a in report["areas"]]
    table = report["confusion"][key]
    pairs = [(n, i, j) for i, row in enumerate(table) for j, n in enumerate(row) if n]
    rows = tuple((names[i], names[j], str(n)) for n, i, j in sorted(pairs, key=lambda p: -p[0])[:20])
    return Section(title, WORDS[lang][title], ("", "", ""), rows)


def _gallery(report: Report, lang: str) -> Iterator[Section]:
    w = WORDS[lang]
    names = {a["id"]: a[lang] for a in report["areas"]}
    rows = tuple(
        (
            names[c["area"]],
            w["missed"] if c["missed"] else w["alarm"],
            f"{c['score']:.2f}",
            f"{c['id']}/{c['sentence']}",
            c["text"] or w["no_text"],
            " ".join(c["terms"]),
        )
        for c in report["gallery"]
    )
    if rows:
        yield Section("gallery", w["gallery"], (w["area"], "", w["score"], "id", "", w["terms"]), rows)


def _value(value: object) -> str:
    return ", ".join(f"{k} = {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _interval(found: dict[str, Any], lang: str) -> str:
    if found["low"] is None:
        return f"{WORDS[lang]['undefined']}" + (f" ({found['reason']})" if found["reason"] else "")
    return f"{found['low']:.3f} – {found['high']:.3f}"
