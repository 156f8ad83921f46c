"""flip@positive with the number of segments controlled for: the other half of the paper's table 2."""

from veracity_bench.reports.layout.by_condition import by_condition
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.metrics import POSITIVES, SHARES, Metric
from veracity_bench.reports.measurements.rows import DELTA_NORM
from veracity_bench.reports.scores import measures

INTRODUCTION = """\
The other half of the paper's table 2: in each row delta-norm chooses as many segments as that explainer weighs \
positively."""


def controlled(material: Material) -> str:
    """Show the flips of as many segments, chosen by delta-norm, for all but delta-norm itself."""
    norm = {condition: norm for condition, (_, norm) in paper.FLIP_POSITIVE.items()}
    others = material.records[material.records["explainer"] != DELTA_NORM]
    return by_condition(others, measures.FLIP_POSITIVE_NORM, norm)


SECTION = Section(
    "flip@positive, controlled: as many segments, chosen by delta-norm",
    INTRODUCTION,
    controlled,
    metrics=(
        Metric(
            "flip_positive_norm",
            POSITIVES,
            SHARES,
            "0 or 1",
            "the same number of segments, chosen by delta-norm, flips the prediction",
        ),
    ),
)
