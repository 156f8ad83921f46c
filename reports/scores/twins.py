"""Explainers that are one and the same on these cases, such as two libraries' DeepLIFT: a test of both counts once."""

import numpy as np
import pandas as pd

from veracity_bench.reports.measurements.remembered import remembered
from veracity_bench.reports.scores import board_rows, songs
from veracity_bench.reports.statistics.arrays import Floats

WEIGHT = "weight"
KEYS = [*songs.CASE, "variant", "samples"]
IDENTITY = ["explainer", *KEYS, "k"]
ROUNDING = 1e-5  # of the largest weight of a case: the arithmetic of two libraries rounds differently


@remembered
def twins(records: pd.DataFrame) -> dict[str, str]:
    """Name each explainer whose weights equal those of one that stands above it on the board, by the name of that.

    They may be scaled differently, case by case: no score depends on the scale.
    """
    found: dict[str, str] = {}
    originals: dict[str, Floats] = {}
    for name, own in _weights(records).items():
        same = (other for other, weights in originals.items() if _equal(own, weights))
        if (original := next(same, None)) is None:
            originals[name] = own
        else:
            found[name] = original
    return found


def _weights(records: pd.DataFrame) -> dict[str, Floats]:
    """Return the weights of every explainer, in the order of the board; a case that one did not explain has NaN."""
    weights = records.loc[records["metric"] == WEIGHT, [*IDENTITY, "value"]].drop_duplicates(IDENTITY)
    if weights.empty:
        return {}
    by_case, by_weight = weights.groupby(KEYS), weights.groupby([*KEYS, "k"])
    places, (codes, names) = by_weight.ngroup().to_numpy(), pd.factorize(weights["explainer"])
    largest = by_case.ngroup().to_numpy() * len(names) + codes
    values = weights["value"].to_numpy()
    most = np.zeros(largest.max() + 1)
    np.maximum.at(most, largest, np.abs(values))
    scaled = np.full((len(names), places.max() + 1), np.nan)
    scaled[codes, places] = values / np.where(most == 0, 1.0, most)[largest]
    rows = dict(zip(map(str, names), scaled, strict=True))
    return {name: rows[name] for name in board_rows.explainers(records) if name in rows}


def _equal(one: Floats, other: Floats) -> bool:
    return bool(np.allclose(one, other, rtol=0, atol=ROUNDING, equal_nan=True))
