"""The figures of an evaluation report, drawn from its plain values; SVG and PNG, in Chinese where a font has it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap
from typing import Any

from classifier.output.language import WORDS

# Families with Chinese characters, by the names that matplotlib gives them.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "Droid Sans Fallback",
)
CHINESE_FILES = ("notosanscjk", "sourcehansans", "wqy", "msyh", "simhei", "pingfang", "droidsansfallback")
WIDTH = 26  # characters of a small title
INK, GRID, ACCENT = "#333333", "#dddddd", "#34618f"
ReportValues = dict[str, Any]


def chinese_font() -> str | None:
    """Return the first installed font family with Chinese characters, or None.

    matplotlib remembers the fonts that it once found, so files that came since are looked for by their names.
    """
    from matplotlib import font_manager

    def known() -> str | None:
        installed = {font.name for font in font_manager.fontManager.ttflist}
        return next((family for family in CHINESE_FONTS if family in installed), None)

    if found := known():
        return found
    for file in font_manager.findSystemFonts():
        if Path(file).name.lower().startswith(CHINESE_FILES):
            font_manager.fontManager.addfont(file)
    return known()


def draw_all(report: ReportValues, folder: Path, lang: str) -> dict[str, str]:
    """Draw every figure into a folder as NAME.svg and NAME.png; returns the SVG texts by name.

    Names are Chinese only where a font can show them; otherwise English, never empty boxes.
    """
    font = chinese_font()
    language = lang if lang == "en" or font else "en"
    drawn: dict[str, str] = {}
    with _style(font):
        from matplotlib import pyplot

        for name, draw in FIGURES.items():
            figure = draw(report, language)
            if figure is None:
                continue
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
            figure.savefig(folder / f"{name}.png", dpi=200)
            pyplot.close(figure)
            drawn[name] = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return drawn


@contextmanager
def _style(font: str | None) -> Iterator[None]:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    options: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": "policy-area-classifier",
        "font.family": [font, "DejaVu Sans"] if font else ["DejaVu Sans"],
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": INK,
        "axes.grid": True,
        "grid.color": GRID,
        "axes.axisbelow": True,
        "axes.unicode_minus": False,
        "figure.constrained_layout.use": True,
    }
    with pyplot.rc_context(options):
        yield


def _names(report: ReportValues, lang: str) -> list[str]:
    return [a[lang] for a in report["areas"]]


def draw_areas(report: ReportValues, lang: str) -> Any:
    """Draw the F1 of each area with its interval, and precision and recall as marks."""
    from matplotlib import pyplot

    words, areas = WORDS[lang], report["areas"][::-1]
    figure, axes = pyplot.subplots(figsize=(6.3, 0.32 * len(areas) + 1.2))
    for y, area in enumerate(areas):
        axes.barh(y, area["f1"] or 0, color=area["color"], alpha=0.75, height=0.62)
        low, high = area["interval"]["low"], area["interval"]["high"]
        if low is not None:
            axes.plot([low, high], [y, y], color=INK, linewidth=1.4, solid_capstyle="butt")
        for key, mark in (("precision", ">"), ("recall", "<")):
            if area[key] is not None:
                axes.plot(area[key], y, mark, color=INK, markersize=3.5, fillstyle="none")
    axes.set_yticks(range(len(areas)), [a[lang] for a in areas])
    axes.set_xlim(0, 1)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(f"F1 (—)   {words['precision']} (>)   {words['recall']} (<)")
    axes.set_title(words["bars"], loc="left")
    return figure


def draw_precision_recall(report: ReportValues, lang: str) -> Any:
    """Draw precision against recall: a small chart for each area."""
    from matplotlib import pyplot

    words, areas = WORDS[lang], report["areas"]
    columns = 4
    rows = -(-len(areas) // columns)
    figure, grid = pyplot.subplots(
        rows, columns, figsize=(7.2, 1.75 * rows + 0.4), sharex=True, sharey=True, squeeze=False
    )
    for axes, area in zip(grid.flat, areas, strict=False):
        points = area["curve"]
        axes.plot([p[0] for p in points], [p[1] for p in points], color=area["color"], linewidth=1.3)
        if area["precision"] is not None and area["recall"] is not None:
            axes.plot(area["recall"], area["precision"], "o", color=INK, markersize=3)
        axes.set_title("\n".join(wrap(area[lang], WIDTH)), fontsize=7, loc="left")
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, 1.05)
    for axes in list(grid.flat)[len(areas) :]:
        axes.set_visible(False)
    figure.supxlabel(words["recall"], fontsize=9)
    figure.supylabel(words["precision"], fontsize=9)
    return figure


def draw_reliability(report: ReportValues, lang: str) -> Any:
    """Draw the share that came true against the predicted probability, with the number of decisions."""
    from matplotlib import pyplot

    words = WORDS[lang]
    bins = [b for b in report["calibration"]["bins"] if b["count"]]
    figure, axes = pyplot.subplots(figsize=(4.2, 4.0))
    axes.plot([0, 1], [0, 1], color=GRID, linewidth=1.2)
    axes.plot(
        [b["predicted"] for b in bins], [b["true"] for b in bins], "o-", color=ACCENT, linewidth=1.3, markersize=4
    )
    for b in bins:
        axes.annotate(str(b["count"]), (b["predicted"], b["true"]), (4, -9), textcoords="offset points", fontsize=6)
    axes.set_xlabel(words["predicted_probability"])
    axes.set_ylabel(words["true_share"])
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_title(words["reliability"], loc="left")
    return figure


def draw_learning_curve(report: ReportValues, lang: str) -> Any:
    """Draw macro-F1 over the number of sentences; None where no curve was computed."""
    from matplotlib import pyplot

    curve, words = report["curve"], WORDS[lang]
    if not curve:
        return None
    figure, axes = pyplot.subplots(figsize=(4.8, 3.2))
    axes.plot(curve["sentences"], curve["macro_f1"], "o-", color=ACCENT, linewidth=1.3, markersize=4)
    axes.set_xscale("log")
    axes.set_xticks(curve["sentences"], [str(n) for n in curve["sentences"]])
    axes.minorticks_off()
    axes.set_xlabel(words["sentences"])
    axes.set_ylabel(f"{words['macro']} F1")
    axes.set_title(words["curve"], loc="left")
    return figure


def draw_confusion(report: ReportValues, lang: str) -> Any:
    """Draw which area is tagged instead of a missed one."""
    from matplotlib import pyplot

    names, words = _names(report, lang), WORDS[lang]
    table = report["confusion"]["instead"]
    largest = max(1, *(n for row in table for n in row))
    figure, axes = pyplot.subplots(figsize=(6.9, 6.2))
    axes.imshow(table, cmap="Blues", vmin=0, vmax=largest)
    for i, row in enumerate(table):
        for j, n in enumerate(row):
            if n:
                axes.text(j, i, n, ha="center", va="center", fontsize=7, color="white" if n > largest / 2 else INK)
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right", fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.grid(visible=False)
    axes.set_title(words["confusion"], loc="left")
    return figure


FIGURES: dict[str, Callable[[ReportValues, str], Any]] = {
    "areas": draw_areas,
    "precision_recall": draw_precision_recall,
    "reliability": draw_reliability,
    "learning_curve": draw_learning_curve,
    "confusion": draw_confusion,
}
