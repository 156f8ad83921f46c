"""How the numbers came about: the options, the detector, the corpus and the versions of the run."""

from veracity_bench.reports.layout.facts import facts
from veracity_bench.reports.layout.markdown import plain, titled
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section

ELSEWHERE = ("title", "explainers", "timing")  # parts of the manifest that other sections show


def run(material: Material) -> str:
    """Show every other part of the manifest as a table of its own."""
    parts = {name: part for name, part in material.manifest.items() if name not in ELSEWHERE}
    return titled({plain(name): facts(part) for name, part in parts.items()})


SECTION = Section("The run", "", run)
