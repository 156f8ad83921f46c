"""The records of the contrastive question in the place of the usual ones, so that the same scores come of them."""

import pandas as pd

from veracity_bench.reports.measurements.categories import joined

USUAL = {"contrastive_flip": "flip", "contrastive_found": "found"}


def as_usual(records: pd.DataFrame) -> pd.DataFrame:
    """Let what explainers flip and find under the contrastive question replace what they do otherwise.

    References are not asked; they keep their records, as do facts of cases.
    """
    contrastive = records[records["metric"].isin(USUAL)]
    if contrastive.empty:
        return records
    replaced = records["metric"].isin(USUAL.values()) & records["explainer"].isin(contrastive["explainer"])
    metrics = contrastive["metric"].cat.remove_unused_categories().cat.rename_categories(USUAL)
    kept = records[~replaced & ~records["metric"].isin(USUAL)]
    return joined([kept, contrastive.assign(metric=metrics)])
