"""The records of the contrastive question in the place of the usual ones, so that the same scores come of them."""

import pandas as pd

from veracity_bench.reports.measurements.categories import categorical

USUAL = {"contrastive_flip": "flip", "contrastive_found": "found"}


def as_usual(records: pd.DataFrame) -> pd.DataFrame:
    """Let what explainers flip and find under the contrastive question replace what they do otherwise.

    References are not asked; they keep their records, as do facts of cases.
    """
    contrastive = records[records["metric"].isin(USUAL)]
    replaced = records["metric"].isin(USUAL.values()) & records["explainer"].isin(contrastive["explainer"])
    renamed = contrastive.assign(metric=contrastive["metric"].astype(str).map(USUAL))  # which may be new categories
    kept = records[~replaced & ~records["metric"].isin(USUAL)]
    return categorical(pd.concat([kept, renamed], ignore_index=True))
