"""What came of attacks and of drawings: how many were tried, how many succeeded, and why slots stayed empty."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, number, plain
from veracity_bench.reports.measurements.metrics import AMOUNTS, NO_K, K, Metric

OUTCOMES = ("attempts", "successes", "success rate", "slots", "unfilled", "why unfilled")


def counts(prefix: str, what: str, k: K = NO_K) -> tuple[Metric, ...]:
    """Declare the metrics that count attacks, whose names have a prefix; ``what`` is what was attempted."""
    return (
        Metric(f"{prefix}slots", k, AMOUNTS, f"{what} per song", "wanted"),
        Metric(f"{prefix}attempts", k, AMOUNTS, f"{what} per song", "tried"),
        Metric(f"{prefix}successes", k, AMOUNTS, f"{what} per song", "tried that flipped the prediction"),
        Metric(f"{prefix}unfilled", k, AMOUNTS, f"{what} per song", "missing, for the reason given"),
    )


def outcomes(records: pd.DataFrame, prefix: str = "") -> list[str]:
    """Sum up what came of attacks, from metrics whose names have the prefix: the cells of `OUTCOMES`."""
    sums = records.groupby("metric")["value"].sum()
    counts = {name: sums.get(prefix + name) for name in ("attempts", "successes", "slots", "unfilled")}
    attempts, successes, slots, unfilled = (number(count, ".0f") for count in counts.values())
    tried, flipped = counts["attempts"], counts["successes"]
    rate = None if not tried or flipped is None else flipped / tried
    return [attempts, successes, number(rate, ".0%"), slots, unfilled, reasons(records, f"{prefix}unfilled")]


def reasons(records: pd.DataFrame, metric: str) -> str:
    """Return why slots stayed empty, and how many for each reason."""
    empty = records[(records["metric"] == metric) & (records["value"] > 0)]
    counts = empty.groupby("reason")["value"].sum()
    return "; ".join(f"{plain(str(reason))}: {count:.0f}" for reason, count in counts.items()) or NOTHING
