"""Which explainers fail on a new board where they did not on the old one?"""

import pandas as pd

from reports import scores

PLACE = ["explainer", "experiment", "attack", "direction", "song"]


def failing_anew(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Return the new failures of items that the old board has numbers of, on cases where it has no failure."""
    failures = new[(new["metric"] == "failed") & (new["explainer"] != "")]
    before = old.loc[old["metric"] == "failed", [*PLACE, "case"]].drop_duplicates()
    worked = scores.measured(old)[PLACE].drop_duplicates()
    marked = failures.merge(worked, on=PLACE).merge(before, on=[*PLACE, "case"], how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge")
