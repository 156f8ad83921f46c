"""Which explainers agree? Spearman's rank correlation of the weights that two of them give to the same segments."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform
from scipy.stats import rankdata

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.markdown import NOTHING, label, number, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.narrow import NUMBER
from veracity_bench.reports.layout.section import NamedFigure, Section
from veracity_bench.reports.measurements.metrics import NUMBERS, SEGMENT, Metric
from veracity_bench.reports.measurements.rows import DELTA_NORM, REFERENCES, SHAPLEY
from veracity_bench.reports.scores import board_rows, songs
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
Spearman's rank correlation of the weights that two explainers give to the segments of the same full adversarial \
excerpt, averaged over excerpts: 1 = the same ranking, 0 = unrelated, below 0 = opposed. Equal weights share their \
rank; weights that are all equal count 0. Agreement of explainers does not mean that they are right."""

ALT = """\
Matrix of the rank correlations of all explainers and references with each other, ordered so that those that agree \
stand side by side."""

CELL = 0.29  # inches
MARGIN = 0.4  # inches that the title takes
LEAST = 4.2  # inches, for the title
LETTER = 0.075  # inches of a name
COLOURS = "RdBu"  # red = opposite, blue = alike

WEIGHT = Measure("weight", "weight")

Floats = npt.NDArray[np.float64]


def matrix(records: pd.DataFrame) -> pd.DataFrame:
    """Correlate all rows of the board that have weights, in its order: the mean over the cases that both explained.

    Equal weights share their mean rank; weights that are all equal rank nothing, and count 0 for their case. NaN where
    two have no case in common.
    """
    names = list(board_rows.with_scores(records, WEIGHT))
    if not names:
        return pd.DataFrame(dtype=float)
    weights = WEIGHT.select(records).astype({"explainer": str})  # pandas finds no list of names among categories
    by_case = weights.pivot_table("value", songs.CASE, ["explainer", "k"], dropna=False)[names]
    of_segments = by_case.to_numpy().reshape(len(by_case), len(names), -1).swapaxes(0, 1)
    return pd.DataFrame(_mean_correlations(of_segments), names, names)


def _mean_correlations(weights: Floats) -> Floats:
    """Correlate the ranks of (explainers, cases, segments), NaN where unknown, to (explainers, explainers)."""
    present = np.isfinite(weights).all(axis=-1).astype(float)
    ranks = rankdata(np.nan_to_num(weights), axis=-1)
    centred = (ranks - ranks.mean(axis=-1, keepdims=True)) * present[..., None]
    norms = np.linalg.norm(centred, axis=-1, keepdims=True)
    units = np.divide(centred, norms, out=np.zeros_like(centred), where=norms > 0).reshape(len(weights), -1)
    cases = present @ present.T
    means = np.divide(units @ units.T, cases, out=np.full(cases.shape, np.nan), where=cases > 0)
    np.fill_diagonal(means, 1)
    return np.asarray(np.clip(means, -1, 1))


def most_similar(material: Material) -> str:
    """Show how near each row's ranking comes to those of three references, and to which other explainer's the most."""
    correlations = matrix(material.records)
    if len(correlations) < 2:
        return NOTHING
    known = [name for name in (DELTA_NORM, *SHAPLEY) if name in correlations]
    rows = []
    for name in map(str, correlations):
        others = correlations[name].drop(name).dropna()
        rows.append([label(name), *(number(others.get(r), "z.2f") for r in known), *_best(others)])
    headers = ["explainer", *map(label, known), "most similar explainer", "correlation"]
    return table(headers, rows, texts=(0, headers.index("most similar explainer")))


def _best(others: "pd.Series[float]") -> list[str]:
    explainers = others[~others.index.isin(REFERENCES)]
    if explainers.empty:
        return [NOTHING, NOTHING]
    return [label(str(explainers.idxmax())), number(explainers.max(), "z.2f")]


def draw(material: Material) -> Figure | None:
    """Draw the matrix of rank correlations, in hundredths; None where there are no two rows to compare."""
    correlations = matrix(material.records)
    shown = [name for name in correlations if material.shows(str(name))]
    if len(shown) < 2:
        return None
    correlations = correlations.loc[shown, shown]
    correlations = clustered(correlations)
    side = MARGIN + LETTER * max(len(str(name)) for name in correlations) + CELL * len(correlations)
    figure = Figure((max(side, LEAST), max(side, LEAST)))
    axes = figure.subplots()
    axes.pcolormesh(correlations.to_numpy(), cmap=COLOURS, vmin=-1, vmax=1, edgecolors=style.BACKGROUND, linewidth=0.8)
    _write_numbers(axes, correlations.to_numpy())
    _write_names(axes, [str(name) for name in correlations])
    figure.suptitle("Spearman's rank correlation of weights, times 100", fontsize="medium")
    return figure


def clustered(correlations: pd.DataFrame) -> pd.DataFrame:
    """Order rows and columns so that neighbours agree."""
    distances = 1 - correlations.fillna(0).to_numpy()
    tree = linkage(squareform(distances, checks=False), "average", optimal_ordering=True)
    names = list(correlations.index[leaves_list(tree)])
    return correlations.reindex(index=names, columns=names)


def _write_numbers(axes: Axes, values: npt.NDArray[np.float64]) -> None:
    for (row, column), value in np.ndenumerate(values):
        if np.isfinite(value):
            ink = style.ON_DARK if abs(value) > 0.6 else style.ON_LIGHT
            place, text = (column + 0.5, row + 0.5), f"{100 * value:z.0f}"
            axes.text(*place, text, color=ink, ha="center", va="center", fontsize="medium", gid=NUMBER)


def _write_names(axes: Axes, names: list[str]) -> None:
    middles = np.arange(len(names)) + 0.5
    axes.set_xticks(middles, names, rotation=90)
    axes.set_yticks(middles, names)
    for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        tick.set_fontstyle("italic" if tick.get_text() in REFERENCES else "normal")
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_aspect("equal")
    axes.invert_yaxis()


SECTION = Section(
    "Agreement between explainers",
    INTRODUCTION,
    most_similar,
    NamedFigure("agreement", ALT, draw),
    metrics=(
        Metric(
            "weight",
            SEGMENT,
            NUMBERS,
            "the explainer's",
            "what the explainer gives segment k, larger = speaks more for the attack's target class",
        ),
    ),
)
