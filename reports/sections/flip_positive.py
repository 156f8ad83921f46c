"""Flips by all positively weighted segments: the paper's table 2."""

from veracity_bench.reports.layout.by_condition import by_condition
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.metrics import POSITIVES, SHARES, Metric
from veracity_bench.reports.scores import measures


def positive(material: Material) -> str:
    """Show the flips of all positively weighted segments per attack and direction."""
    own = {condition: lime for condition, (lime, _) in paper.FLIP_POSITIVE.items()}
    return by_condition(material.records, measures.FLIP_POSITIVE, own)


SECTION = Section(
    "flip@positive by attack and direction",
    "The paper's table 2. In percent of the excerpts.",
    positive,
    metrics=(
        Metric(
            "flip_positive",
            POSITIVES,
            SHARES,
            "0 or 1",
            "inserting the perturbation in all positively weighted segments flips the prediction; random, 0..1, "
            "k = n/2: the probability if each segment is in with probability 1/2 (without tables of coalitions: the "
            "mean of the flips of one random ranking over binomial k)",
        ),
    ),
)
