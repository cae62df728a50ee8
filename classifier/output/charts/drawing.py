"""How every chart is drawn and saved: its style, a font with Chinese characters, SVG and PNG."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.errors import ClassifierError
from classifier.messages import message
from classifier.output.reports.fonts import chinese_font
from classifier.storage.atomic import atomic_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINES, FAINT = "#333333", "#dddddd"
DOTS_PER_INCH = 200
ENDINGS = (".svg", ".png", ".pdf")


def save_chart(draw: Callable[[str], "Figure"], path: Path, lang: str) -> None:
    """Draw a chart and write it in the format that the ending of the path names.

    draw: takes the language of the words, which is English where no font has Chinese characters, so that there are
    never empty boxes. Raises ClassifierError for another ending.
    """
    check_chart_name(path)
    import matplotlib

    font = chinese_font()
    with matplotlib.rc_context(chart_style(font)), atomic_file(path) as stream:
        form = path.suffix.lower()[1:]
        metadata = None if form == "png" else {"CreationDate" if form == "pdf" else "Date": None}
        draw(lang if font else "en").savefig(stream, format=form, dpi=DOTS_PER_INCH, metadata=metadata)


def check_chart_name(path: Path) -> None:
    """Raise ClassifierError where the ending of a path names no format of charts."""
    if path.suffix.lower() not in ENDINGS:
        what = message("{path}: a chart ends in {endings}; give it such a name", path=path, endings=", ".join(ENDINGS))
        raise ClassifierError(what)


def chart_style(font: str | None) -> Any:
    """Return settings of matplotlib under which the same figures give the same file, with its text as text."""
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": "policy-area-classifier",
        "font.family": [font, "DejaVu Sans"] if font else ["DejaVu Sans"],
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": LINES,
        "axes.grid": True,
        "grid.color": FAINT,
        "axes.axisbelow": True,
        "axes.unicode_minus": False,
        "figure.constrained_layout.use": True,
        "hatch.linewidth": 0.6,
    }


def blank(width: float, height: float) -> "Figure":
    """Return a figure of so many inches, without matplotlib's list of open figures, which all threads share."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height))


def percent(value: float, _: float) -> str:
    """Return a part of one as a label of an axis has it."""
    return f"{value:.0%}"
