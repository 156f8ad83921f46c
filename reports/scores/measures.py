"""From records to scores: what each column of the board is computed from."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from veracity_bench.reports.measurements.columns import ATTACKS, KNOWN_ANSWERS, MAX_SEGMENTS, UNMEASURED
from veracity_bench.reports.measurements.metrics import PLANTED, catalogue
from veracity_bench.reports.measurements.remembered import remembered
from veracity_bench.reports.measurements.rows import EXACT, ORACLE, RANDOM
from veracity_bench.reports.scores import songs
from veracity_bench.reports.scores.songs import CONDITION, song_ratio
from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.song_ratio import SongRatio

COUNTED = ("0 or 1", "segments", "share of segments")  # units of values that are one of few

CASE = songs.CASE


class Rows(dict[str, pd.DataFrame]):
    """The records of every row of the board, by its name."""

    @cached_property
    def n_segments(self) -> int:
        """Return how many segments an excerpt has."""
        return _n_segments(*self.values())


FACTS = ""  # the explainer of what is known of cases, whoever explains them


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


@remembered
def n_segments(records: pd.DataFrame) -> int:
    """Return how many segments an excerpt has, from all records of a run: flips are measured for every k up to it.

    Each segment has its weight, too. Without either there may be as many as records admit.
    """
    return _n_segments(records)


def _n_segments(*parts: pd.DataFrame) -> int:
    flips = [part["k"][part["metric"] == MEAN_FLIP.metric] for part in parts]
    weights = [part["k"][part["metric"].isin(["weight", "drawn_weight"])] + 1 for part in parts]
    known = [int(ks.max()) for ks in (*flips, *weights) if len(ks)]
    return max(known, default=MAX_SEGMENTS)


def chance(k: int, n: int) -> str:
    """Return the percentage of k planted segments that are among k of n drawn at random."""
    return f"{100 * k / n:.3g}"


def without_oracle(records: pd.DataFrame) -> bool:
    """Return whether chance alone was computed, as where each coalition takes a forward pass."""
    flips = with_scores(records, MEAN_FLIP)
    return RANDOM in flips and flips.keys().isdisjoint((ORACLE, *EXACT))


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


def _of_the_board(records: pd.DataFrame) -> "pd.Series[bool]":
    """Leave out the calibration: it measures the harness, by methods that need not be rows of the board."""
    return records["experiment"] != KNOWN_ANSWERS


@remembered
def explainers(records: pd.DataFrame) -> list[str]:
    """Name the rows of the board, best mean flip first; those without a number for some case come after the others."""
    flips = records.loc[records["metric"] == MEAN_FLIP.metric, ["explainer", *CONDITION, "value"]]
    means = flips.groupby(["explainer", *CONDITION])["value"].mean().groupby("explainer").mean()
    lacking = incomplete(records)
    listed = records["explainer"][_of_the_board(records)].unique()
    names = [str(name) for name in listed if name != ""]
    return sorted(names, key=lambda name: (name not in means, name in lacking, -means.get(name, 0.0), name))


def each_explainer(records: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the records of one explainer after the other, in the order of the board."""
    listed = _of_the_board(records)
    for name in explainers(records):
        yield name, records[listed & (records["explainer"] == name)]


def by_explainer(records: pd.DataFrame) -> Rows:
    """Split the records by explainer, in the order of the board."""
    return Rows(each_explainer(records))


def with_facts(records: pd.DataFrame) -> Rows:
    """Split the records by explainer, with what is known of the cases by `FACTS`."""
    return Rows({**by_explainer(records), FACTS: records[records["explainer"] == FACTS]})


def with_scores(records: pd.DataFrame, measure: Measure) -> dict[str, pd.DataFrame]:
    """Split the records of one score by explainer, in the same order; explainers without any are left out."""
    chosen = dict(iter(measure.select(records).groupby("explainer")))
    return {name: chosen[name] for name in explainers(records) if name in chosen}


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
