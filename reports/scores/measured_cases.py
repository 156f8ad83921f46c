"""What has a number: records, adversarial excerpts and their places; and who lacks one for some excerpt."""

import pandas as pd

from veracity_bench.reports.measurements.columns import ATTACKS, UNMEASURED
from veracity_bench.reports.scores.songs import CASE


def measured(records: pd.DataFrame) -> pd.DataFrame:
    """Leave out the failures and what was not applicable: neither is a number."""
    unmeasured = records["metric"].isin(UNMEASURED)
    return records[~unmeasured] if unmeasured.any() else records


def incomplete(records: pd.DataFrame) -> set[str]:
    """Name the explainers that failed, or were not applicable, on some case."""
    return set(records.loc[records["metric"].isin(UNMEASURED), "explainer"])


def cases(records: pd.DataFrame) -> pd.DataFrame:
    """List the adversarial excerpts that have a number; drawings are none, nor are the excerpts of confined attacks."""
    metrics = records["metric"]
    of_cases = ~metrics.isin(UNMEASURED) & ~metrics.str.startswith("confined_") & records["attack"].isin(ATTACKS)
    return records.loc[of_cases & (records["case"] >= 0), CASE].drop_duplicates()


def places(records: pd.DataFrame) -> list[tuple[str, str, str]]:
    """List the (attack, direction, song) that have an excerpt with a number, drawn ones too."""
    numbers = ~records["metric"].isin(UNMEASURED) & (records["case"] >= 0)
    found = records.loc[numbers, CASE[:3]].drop_duplicates()
    return list(found.itertuples(index=False, name=None))


def count_cases(records: pd.DataFrame) -> int:
    """Count the adversarial excerpts that have a number."""
    return len(cases(records))
