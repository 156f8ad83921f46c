"""Ranks by mean flip, and Borda's ranks, of a table of flips (scores/complete_cases.py)."""

import pandas as pd
from scipy.stats import rankdata

DECIMALS = 9  # equal scores stay equal, in whatever order they were added up


def ranks(flips: pd.DataFrame) -> dict[str, float]:
    """Rank the columns by their mean over all cases, 1 = the most, ties averaged."""
    places = rankdata(-flips.mean().round(DECIMALS).to_numpy())
    return dict(zip(map(str, flips), map(float, places), strict=True)) if len(flips) else {}


def borda(flips: pd.DataFrame) -> dict[str, float]:
    """Rank the columns case by case, 1 = the most, ties averaged; return the mean rank of each."""
    by_case = rankdata(-flips.to_numpy().round(DECIMALS), axis=1)
    return dict(zip(map(str, flips), map(float, by_case.mean(axis=0)), strict=True)) if len(flips) else {}
