"""Which explainers cannot explain a detector of this kind, and why."""

from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.columns import NOT_APPLICABLE
from veracity_bench.reports.measurements.metrics import NO_K, Metric, Range
from veracity_bench.reports.sections.failures import listed

INTRODUCTION = """\
Explainers that cannot explain a detector of this kind, or one of its excerpts: no fault of either, and no failure."""


def not_applicable(material: Material) -> str:
    """List them with the reason, and how many explanations of which experiments there are none of."""
    return listed(material.records, NOT_APPLICABLE)


SECTION = Section(
    "Not applicable",
    INTRODUCTION,
    not_applicable,
    metrics=(
        Metric(
            NOT_APPLICABLE,
            NO_K,
            Range(1, 1),
            "",
            "the explainer cannot explain a detector of this kind, or this case, for the reason given",
        ),
    ),
)
