"""The small print at the foot of a figure, which names its run."""

from typing import Any

from matplotlib.figure import Figure

from veracity_bench.reports.layout import figure_style as style

PRINT: dict[str, Any] = {"size": 5.5, "color": style.FAINT}
HEIGHT = 0.2  # inches


def add_small_print(figure: Figure, source: str) -> None:
    """Write a line at the foot of a figure, which becomes higher by it; what stood there stands above the line."""
    figure.set_figheight(figure.get_figheight() + HEIGHT)
    share = HEIGHT / figure.get_figheight()
    figure.text(0.01, share / 2, source, va="center", **PRINT)
    if label := figure.get_supxlabel():
        figure.supxlabel(f"{label}\n ", fontsize="medium")  # the layout leaves room for its second line
    elif engine := figure.get_layout_engine():
        engine.set(rect=(0, share, 1, 1 - share))  # type: ignore[call-arg]
    for legend in figure.legends:
        legend.borderaxespad += 72 * HEIGHT / legend._fontsize  # type: ignore[attr-defined]
