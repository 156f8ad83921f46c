"""flip@3 by attack and direction: the paper's table 1."""

from veracity_bench.reports.layout.by_condition import by_condition
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.scores import measures


def at_3(material: Material) -> str:
    """Show flip@3 per attack and direction."""
    return by_condition(material.records, measures.FLIP_AT_3, paper.FLIP_AT_3)


SECTION = Section("flip@3 by attack and direction", "The paper's table 1. In percent of the excerpts.", at_3)
