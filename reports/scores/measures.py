"""From records to scores: what each column of the board is computed from."""

from dataclasses import dataclass

import pandas as pd

from veracity_bench.reports.measurements.metrics import PLANTED, catalogue
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores.songs import CASE, song_ratio
from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.song_ratio import SongRatio

COUNTED = ("0 or 1", "segments", "share of segments")  # units of values that are one of few


@dataclass(frozen=True)
class Measure:
    """A score: all values of one metric, at one k or (None) at every k, out of ``points`` each."""

    title: str
    metric: str
    k: int | None = None
    points: int = 1

    def select(self, records: pd.DataFrame) -> pd.DataFrame:
        """Take the records that this score is made of."""
        chosen = records["metric"] == self.metric
        return records[chosen if self.k is None else chosen & (records["k"] == self.k)]

    def estimate(self, records: pd.DataFrame) -> Estimate | None:
        """Compute the score with its interval over songs; None where nothing was measured."""
        return self.ratio(records).estimate()

    def ratio(self, records: pd.DataFrame) -> SongRatio:
        """Sum the score up by song; conditions weigh alike. What is expected of random segments is exact."""
        chosen = self.select(records)
        ends = self.ends(0 if chosen.empty else int(chosen["k"].max()))
        counted = self.counted and bool((chosen["explainer"] != RANDOM).any())
        return song_ratio(chosen, chosen["value"], self.points, *ends, counted)

    def ends(self, k: int) -> tuple[float, float]:
        """Return the range of the score, whose values have a k of at most this."""
        known = catalogue()[self.metric].range
        return known.low / self.points, (k if known.high == "k" else known.high) / self.points

    @property
    def counted(self) -> bool:
        """Return whether a value is one of few, so that songs may agree by chance."""
        return catalogue()[self.metric].unit in COUNTED

    def median(self, records: pd.DataFrame) -> float | None:
        """Compute the median value; None where nothing was measured."""
        values = self.select(records)["value"]
        return None if values.empty else float(values.median())


FLIP_AT_3 = Measure("flip@3", "flip", 3)
MEAN_FLIP = Measure("mean flip", "flip")
FLIP_POSITIVE = Measure("flip@positive", "flip_positive")
FLIP_POSITIVE_NORM = Measure("flip@positive by norm", "flip_positive_norm")
LOCALISATIONS = tuple(Measure(f"loc@{k}", "found", k, points=k) for k in PLANTED)
FOUND = Measure("planted segments found", "found")
FIDELITY = Measure("fidelity", "fidelity", 0)
TOUCHED = Measure("touched", "touched", 3)
FIDELITY_OF_DRAWINGS = Measure("fidelity of drawings", "drawn_fidelity")
RANDOMISED = Measure("parameter randomisation", "shuffled_correlation")
SWAPPED = Measure("swapped target", "swapped_correlation")
REVERSED = Measure("reversed ranking", "reversed_flip")
FOOLED = Measure("decoy on top", "fooled", 1)
QUERIES, SECONDS = Measure("queries", "queries"), Measure("seconds", "seconds")
TRAINING = Measure("training", "training_seconds")


def chance(k: int, n: int) -> str:
    """Return the percentage of k planted segments that are among k of n drawn at random."""
    return f"{100 * k / n:.3g}"


def found_share(records: pd.DataFrame) -> Estimate | None:
    """Estimate the share of the planted segments that records of these found (k is how many were planted)."""
    return song_ratio(records, records["value"], records["k"], 0, 1, counted=True).estimate()


def fidelities(records: pd.DataFrame) -> pd.DataFrame:
    """Tabulate the ``fidelity`` around the one planted segment, whether it was found, ``right``, song and condition."""
    keys = ["explainer", *CASE]
    found, fidelity = (
        Measure(metric, metric, 1).select(records).drop_duplicates(keys)[[*keys, "value"]]
        for metric in ("found", "fidelity")
    )
    both = found.merge(fidelity, on=keys, suffixes=("_found", "_fidelity"))
    right, condition = both["value_found"] == 1, both["attack"].astype(str) + " " + both["direction"].astype(str)
    return pd.DataFrame(
        {"fidelity": both["value_fidelity"], "right": right, "song": both["song"], "condition": condition}
    )
