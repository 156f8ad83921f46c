"""What did it take to find the cases? The paper's section 4.3: success rates, empty slots, and what a success took."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, number, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.outcomes import OUTCOMES, counts, outcomes
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.columns import ATTACK
from veracity_bench.reports.measurements.conditions import conditions, of_singing
from veracity_bench.reports.measurements.metrics import AMOUNTS, NO_K, NUMBERS, Metric
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
A song's excerpts are attacked in random order until its slots are filled, so the success rate is that of the excerpts \
tried, not of all excerpts of the corpus; the paper's is over both directions. (With `--attack-scope song` all of its \
excerpts are attacked at once.) Iterations and signal-to-noise ratio are medians over those that flipped."""

HEADERS = ["attack", *OUTCOMES, "median iterations", "median SNR (dB)"]


def attacks(material: Material) -> str:
    """Show how often the attack succeeded, which case slots stayed empty and why, and what a success took."""
    if material.records.empty:
        return NOTHING
    attack = material.records[material.records["experiment"] == ATTACK]
    known = conditions(material.records)
    rows = [[condition.words, *_cells(condition.select(attack))] for condition in known]
    if not of_singing(material.records):
        return table(HEADERS, rows, texts=(0, len(OUTCOMES)))
    reported = [number(paper.ATTACK_SUCCESS[condition.attack], ".1%") for condition in known]
    rows = [[*row, share] for row, share in zip(rows, reported, strict=True)]
    return table([*HEADERS, "success rate, paper"], rows, texts=(0, len(OUTCOMES)))


def _cells(records: pd.DataFrame) -> list[str]:
    iterations, snr = (Measure(metric, metric).median(records) for metric in ("iterations", "snr"))
    return [*outcomes(records), number(iterations, ".0f"), number(snr, ".1f")]


SECTION = Section(
    "The attack",
    INTRODUCTION,
    attacks,
    metrics=(
        *counts("", "cases"),
        Metric("iterations", NO_K, AMOUNTS, "gradient steps", "of one attack"),
        Metric("snr", NO_K, NUMBERS, "dB", "signal-to-noise ratio of one attack"),
    ),
)
