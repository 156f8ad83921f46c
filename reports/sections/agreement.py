"""Which explainers agree? Spearman's rank correlation of the weights that two of them give to the same segments."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from veracity_bench.reports.layout.markdown import NOTHING, label, number, table
from veracity_bench.reports.measurements.rows import DELTA_NORM, REFERENCES, SHAPLEY
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.measures import Measure

WEIGHT = Measure("weight", "weight")

Floats = npt.NDArray[np.float64]


def matrix(records: pd.DataFrame) -> pd.DataFrame:
    """Correlate all rows of the board that have weights, in its order: the mean over the cases that both explained.

    Equal weights share their mean rank; weights that are all equal rank nothing, and count 0 for their case. NaN where
    two have no case in common.
    """
    names = list(scores.with_scores(records, WEIGHT))
    if not names:
        return pd.DataFrame(dtype=float)
    by_case = WEIGHT.select(records).pivot_table("value", scores.CASE, ["explainer", "k"], dropna=False)[names]
    weights = by_case.to_numpy().reshape(len(by_case), len(names), -1).swapaxes(0, 1)
    return pd.DataFrame(_mean_correlations(weights), names, names)


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


def most_similar(records: pd.DataFrame) -> str:
    """Show how near each row's ranking comes to those of three references, and to which other explainer's the most."""
    correlations = matrix(records)
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
    return [str(explainers.idxmax()), number(explainers.max(), "z.2f")]
