"""The overall table: every explainer with every score over all conditions, best mean flip first."""

from collections.abc import Callable

import pandas as pd

from veracity_bench.reports.layout.columns import Column, Row, cells
from veracity_bench.reports.layout.markdown import NOTHING, decimal, number, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.measurements.metrics import AMOUNTS, NO_K, Metric
from veracity_bench.reports.scores import flags, measured_cases, measures, normalised
from veracity_bench.reports.scores.measures import Measure
from veracity_bench.reports.statistics.estimates import ENOUGH, Estimate

NOBODY = "No explanation of an adversarial excerpt was measured."

MEAN_FLIP = """\
**mean flip**: insert the perturbation in the explainer's top k of the {n} segments only; how often does the \
prediction flip? The mean over k = 1..{n}, that is the area under the flip@k curve; it orders the board."""

NORMALISED = """\
**normalised**: mean flip on a scale from *random* (0) to *oracle* (100), excerpt by excerpt: the sum of what the \
explainer gains over chance / the sum of what the oracle gains. Below 0 it is worse than chance."""

FLIP_AT_3 = "**flip@3**: the same for k = 3 alone."

FLIP_POSITIVE = """\
**flip@positive**: the same for all positively weighted segments. Their number is the explainer's choice, and more \
segments flip more easily. For delta-norm all {n} are positive; the controlled table below lets it choose as many as \
the explainer did."""

LOCALISATION = """\
**loc@k**, localisation: the share of k planted segments that are among the explainer's top k, over the excerpts \
that flip with these k segments alone, all of them perturbed; the first row counts them. Chance finds k of {n}: \
{chances} %."""

FIDELITY = """\
**fidelity**: weighted R^2 of the explainer's weights, best rescaled, as a linear model of the detector around the \
full adversarial excerpt: over all 2^{n} sets of segments, each weighted by LIME's kernel, or over fresh samples, the \
same for all explainers, where that takes too many forward passes. It is LIME's own objective, what its regression \
maximises, and does not make an explanation right."""

COSTS = """\
**queries**, **seconds**: coalitions queried and excerpts passed through the detector by one explanation, and the time \
that it took (medians). Seconds are measured while all workers share the machine, and include setting the game up, \
which explainers share. Where that makes tables of coalitions, these answer the queries; without tables, 8,192 forward \
passes take about half a minute on two cores."""

TRAINING = """\
**training**: seconds that the explainer's `fit` took to learn of the training songs, once for all excerpts; where the \
cache had what it learnt, those of the run that fitted it."""

CASES = """\
**cases**: adversarial excerpts scored. **failed**: failures, listed below; a score covers the cases that did not \
fail, so an explainer that failed stands below those that did not. "not applicable": it cannot explain a detector of \
this kind, for the reason below, which is no failure."""

FLAGS = f"""\
**flags**: warnings from checks on few songs that have tables below; raised where the 95 % interval lies beyond the \
bar, and {ENOUGH} songs or more stand behind it.
{flags.rules()}"""


def _score(measure: Measure, show: Callable[[Estimate | None], str], legend: str = "", brief: bool = True) -> Column:
    return Column(
        measure.title,
        lambda row: show(measure.estimate(row.records)),
        lambda whole: measure.select(whole.records),
        legend,
        brief,
    )


def _cost(
    measure: Measure, pattern: str, legend: str = "", shown: Callable[[pd.DataFrame], bool] = lambda records: True
) -> Column:
    return Column(
        measure.title,
        lambda row: number(measure.median(row.records), pattern),
        lambda whole: measure.select(whole.records),
        legend,
        shown=shown,
    )


def _failures(row: Row) -> str:
    count = int((row.records["metric"] == FAILED).sum())
    return str(count) if count else NOTHING


def _flags(row: Row) -> str:
    return ", ".join(flag.word for flag in row.flags) or NOTHING


COLUMNS = (
    _score(measures.MEAN_FLIP, percent, MEAN_FLIP),
    Column(
        "normalised",
        lambda row: percent(normalised.estimate(row.gains)),
        lambda whole: whole.gains[whole.gains["room"] > 0],
        NORMALISED,
        brief=True,
    ),
    _score(measures.FLIP_AT_3, percent, FLIP_AT_3),
    _score(measures.FLIP_POSITIVE, percent, FLIP_POSITIVE),
    _score(measures.LOCALISATIONS[0], percent, LOCALISATION, brief=False),
    *(_score(measure, percent) for measure in measures.LOCALISATIONS[1:]),
    _score(measures.FIDELITY, decimal, FIDELITY),
    _cost(measures.QUERIES, ".0f", COSTS),
    _cost(measures.SECONDS, ".3f"),
    _cost(measures.TRAINING, ".1f", TRAINING, shown=lambda records: not measures.TRAINING.select(records).empty),
    Column("cases", lambda row: str(measured_cases.count_cases(row.records)), legend=CASES, always=True),
    Column("failed", _failures, always=True),
    Column("flags", _flags, legend=FLAGS, text=True, always=True, shown=flags.checked),
)


def overall(material: Material) -> str:
    """Give every explainer a row, also if it failed."""
    headers, rows = cells(material.records, COLUMNS)
    texts = [0, *(headers.index(column.title) for column in COLUMNS if column.text and column.title in headers)]
    if rows:
        return table(headers, list(rows.values()), texts)
    return NOTHING if material.records.empty else NOBODY


SECTION = Section(
    "Overall",
    "",
    overall,
    metrics=(
        Metric(
            "queries",
            NO_K,
            AMOUNTS,
            "queries",
            "coalitions and excerpts that one explanation queries the detector about",
        ),
        Metric("seconds", NO_K, AMOUNTS, "s", "of one explanation; another number in every run"),
        Metric(
            "training_seconds",
            NO_K,
            AMOUNTS,
            "s",
            "that the explainer's `fit` took, once for all excerpts; absent for explainers without one",
        ),
    ),
)
