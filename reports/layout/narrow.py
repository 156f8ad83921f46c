"""Figures in a column of a page: panels below each other, words broken where they would run into their neighbours."""

from collections.abc import Sequence
from itertools import chain
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.text import Text

STACKED = (2, 3)  # so many panels beside each other are put below each other; more, and pictures, are small ones
FLAT = 0.75  # height of a panel that has the whole width, in parts of what it had beside others
PADS = {"w_pad": 0.05, "h_pad": 0.06}  # inches around panels
TITLE = 0.45  # inches that broken titles add to a row of pictures
LETTER = 0.6  # width of a letter in parts of its size
NUMBER = "number"  # gid of what is written in cells, which is left out where it has no room
ROOM = 2.2  # letters that a cell must hold


def arrange(figure: Figure, width: float, scale: float) -> None:
    """Fit a figure that is drawn in letters of this scale to a narrow width, in inches."""
    if engine := figure.get_layout_engine():
        engine.set(**PADS)
    rows, lines = _stack(figure), len({axes.get_position().y0 for axes in figure.axes})
    natural, height = map(float, figure.get_size_inches())
    if any(axes.get_aspect() == 1 or axes.images for axes in figure.axes):
        figure.set_size_inches(width, width * height / natural + TITLE * lines)
    else:
        figure.set_size_inches(width, rows * scale * height)
    for axes in figure.axes:
        _break_words(axes, width)
    _align([axes._left_title for axes in figure.axes])  # type: ignore[attr-defined]
    for text in figure.texts:
        _break(text, 0.95 * width)


def fit_legends(figure: Figure, width: float, scale: float) -> None:
    """Give legends as many columns as there is room for."""
    for old in list(figure.legends):
        labels = [text.get_text() for text in old.get_texts()]
        entry = (max(map(len, labels), default=1) + 6) * LETTER * scale * 9.5 / 72
        columns = max(1, min(len(labels), int(width / entry)))
        title = old.get_title().get_text() or None
        handles = [handle for handle in old.legend_handles if handle is not None]
        old.remove()
        figure.legend(handles, labels, title=title, loc="outside lower center", ncols=columns)


def _columns(figure: Figure) -> int:
    specs = [axes.get_subplotspec() for axes in figure.axes]
    return max((spec.get_gridspec().ncols for spec in specs if spec), default=1)


def _stack(figure: Figure) -> float:
    """Put panels that stand beside each other below each other; return what the figure's height is multiplied by."""
    columns = _columns(figure)
    if columns not in STACKED or any(axes.images for axes in figure.axes):
        return 1
    grid = GridSpec(len(figure.axes), 1, figure)
    label = figure.axes[0].get_ylabel()
    shared = figure.axes[0].get_shared_x_axes().joined(figure.axes[0], figure.axes[-1])
    for place, axes in enumerate(figure.axes):
        axes.set_subplotspec(grid[place])
        axes.tick_params(labelleft=True, labelbottom=not shared or axes is figure.axes[-1])
        axes.set_ylabel(axes.get_ylabel() or label)
    if len({axes.get_xlabel() for axes in figure.axes} - {""}) == 1:
        for axes in figure.axes[:-1]:
            axes.set_xlabel("")
    return columns * FLAT


def _break_words(axes: Axes, width: float) -> None:
    spec = axes.get_subplotspec()
    columns = spec.get_gridspec().ncols if spec else 1
    room = (0.78 if columns == 1 else 0.65) * width / columns
    if columns > max(STACKED) and len(axes.get_xticks()):
        axes.set_xticks(axes.get_xticks()[[0, -1]])
    for text in (axes.title, axes._left_title, axes.xaxis.label):  # type: ignore[attr-defined]
        _break(text, room)
    cells = [text for text in axes.texts if text.get_gid() == NUMBER]
    if cells and columns == 1 and _inches(cells[0]) * ROOM > room / max(1.0, abs(axes.get_xlim()[1])):
        for text in cells:
            text.remove()


def _align(titles: Sequence[Text]) -> None:
    """Give titles that stand beside each other the size of the smallest."""
    size = min((float(title.get_fontsize()) for title in titles if title.get_text()), default=0)
    for title in titles:
        title.set_fontsize(size or title.get_fontsize())


def _inches(text: Text) -> float:
    """Return the width of a letter."""
    return LETTER * float(text.get_fontsize()) / 72


def _break(text: Text, room: float) -> None:
    """Break the lines of a text that are longer than the room, in inches; a word that is longer still becomes small."""
    letters = max(6, int(room / _inches(text)))
    lines = [wrap(line, letters, break_long_words=False) or [line] for line in text.get_text().split("\n")]
    longest = max(map(len, chain.from_iterable(lines)))
    if longest > letters:
        text.set_fontsize(float(text.get_fontsize()) * letters / longest)
    text.set_text("\n".join(chain.from_iterable(lines)))
