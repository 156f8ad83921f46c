"""Is the benchmark sane, and are the explainers? What shuffled parameters, a swapped target and turned signs do."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, percent, table
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.flags import BACKWARDS, MODEL_BLIND, TARGET_BLIND, raised
from veracity_bench.reports.scores.measures import REVERSED, SHUFFLED, SWAPPED
from veracity_bench.reports.scores.paired import paired
from veracity_bench.reports.statistics.estimates import ratio_over_songs

INTRODUCTION = """\
Three checks on few songs. **Shuffled**: Spearman's correlation of the weights with those for the detector with its \
parameters shuffled; an explainer that explains the detector has another answer then, near 0. **Swapped**: with those \
for the detector that means "no sing" by its logit; the weights must turn, -1. **Reversed**: the mean flip of the \
weights with their signs turned, beside that of *random* on the same excerpts, in percent; what is worst must not be \
better than chance."""

CHECKED = (MODEL_BLIND, TARGET_BLIND, BACKWARDS)


def sanity(records: pd.DataFrame) -> str:
    """Show the three checks of every explainer, and what they say in words."""
    flags = raised(records)
    rows = scores.by_explainer(records) if flags else {}
    chance = scores.MEAN_FLIP.select(rows[RANDOM]) if RANDOM in rows else records.iloc[:0]
    lines = []
    for name, group in rows.items():
        estimates = [SHUFFLED.estimate(group), SWAPPED.estimate(group), REVERSED.estimate(group)]
        if any(estimates):
            both = paired(REVERSED.select(group), chance).groupby("song")["value_other"].agg(["sum", "size"])
            flips = [percent(estimates[2]), percent(ratio_over_songs(both["sum"], both["size"]))]
            says = "; ".join(flag.says for flag in flags.get(name, ()) if flag in CHECKED)
            lines.append([label(name), *map(decimal, estimates[:2]), *flips, says or NOTHING])
    headers = ["explainer", "shuffled", "swapped", "reversed", "random", "in words"]
    return table(headers, lines, texts=(0, len(headers) - 1))
