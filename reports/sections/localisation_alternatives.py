"""Localisation of segments that the oracle or the attack planted, instead of the size of the perturbation."""

from veracity_bench.reports.layout.found_rows import found_rows
from veracity_bench.reports.layout.markdown import NOTHING, joined, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.outcomes import OUTCOMES, counts, outcomes
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import conditions
from veracity_bench.reports.measurements.metrics import PLANTED, PLANTED_SEGMENTS, SET_SIZE, UP_TO_K, Metric
from veracity_bench.reports.scores.measures import Measure

INTRODUCTION = """\
Segments that were not chosen by the size of the perturbation. **Oracle**: the smallest set of segments that flips the \
prediction is perturbed alone, so each of them is needed. **Attack**: the attack itself was confined to k segments \
drawn at random, as Göpfert et al. (2019) did, on excerpts of its own and one by one, whatever the scope of the \
attack. In percent of the planted segments, but for the first row."""

CONFINED = "Outcomes of the confined attacks:"

ORACLE_FOUND = Measure("planted by oracle", "oracle_found")
CONFINED_FOUND = tuple(Measure(f"planted by attack, {k}", "confined_found", k, points=k) for k in PLANTED)


def alternatives(material: Material) -> str:
    """Show the share found of what the oracle and what the attack planted, and how the confined attacks went."""
    found = {measure.title: measure.select(material.records) for measure in (ORACLE_FOUND, *CONFINED_FOUND)}
    known = {title: records for title, records in found.items() if not records.empty}
    parts = [table(["found", *known], found_rows(material.records, list(known.values())))] if known else []
    attacks = confined_attacks(material)
    return joined([*parts, CONFINED, attacks] if attacks != NOTHING else parts)


def confined_attacks(material: Material) -> str:
    """Show how often the confined attacks succeeded, by condition and number of segments."""
    metrics = material.records["metric"]
    attacks = material.records[metrics.str.startswith("confined_") & (metrics != "confined_found")]
    rows = []
    for condition in conditions(material.records):
        for k, group in condition.select(attacks).groupby("k"):
            rows.append([condition.words, str(k), *outcomes(group, "confined_")])
    return table(["attack", "segments", *OUTCOMES], rows, texts=(0, 1 + len(OUTCOMES)))


SECTION = Section(
    "Localisation of segments planted by the oracle or the attack",
    INTRODUCTION,
    alternatives,
    metrics=(
        Metric("oracle_found", SET_SIZE, UP_TO_K, "segments", 'as "found", of the smallest set of segments that flips'),
        Metric(
            "confined_found",
            PLANTED_SEGMENTS,
            UP_TO_K,
            "segments",
            'as "found", of k segments, drawn at random, that the attack was confined to; excerpts of its own',
        ),
        *counts("confined_", "confined attacks", PLANTED_SEGMENTS),
    ),
)
