"""The small print at the foot of a figure, which names its run."""

from matplotlib.figure import Figure

from veracity_bench.reports.layout import figure_style as style

SIZE = 5.5
LETTER = 0.58  # width of a letter in parts of its size
HEIGHT = 0.2  # inches


def add_small_print(figure: Figure, source: str) -> None:
    """Write a line at the foot of a figure, which becomes higher by it; what stood there stands above the line."""
    figure.set_figheight(figure.get_figheight() + HEIGHT)
    share = HEIGHT / figure.get_figheight()
    room = 0.98 * 72 * figure.get_figwidth() / (LETTER * max(1, len(source)))  # a size that fits on one line
    figure.text(0.01, share / 2, source, va="center", size=min(SIZE, room), color=style.FAINT)
    if label := figure.get_supxlabel():
        figure.supxlabel(f"{label}\n ", fontsize="medium")  # the layout leaves room for its second line
    elif engine := figure.get_layout_engine():
        engine.set(rect=(0, share, 1, 1 - share))  # type: ignore[call-arg]
    for legend in figure.legends:
        legend.borderaxespad += 72 * HEIGHT / legend._fontsize  # type: ignore[attr-defined]
