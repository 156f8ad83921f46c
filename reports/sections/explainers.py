"""The explainers: what they see of the detector, whose code they are, their publication, and their settings."""

from veracity_bench.reports.layout.markdown import NOTHING, label, plain, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section

INTRODUCTION = """\
Black boxes query the detector about changed excerpts, white boxes use its inside. "Library" is whose code computes \
it, where it is not this project's or the explainer's own."""

FACTS = ("access", "library", "reference", "settings")


def explainers(material: Material) -> str:
    """Show the facts about every row of the board that the manifest holds."""
    about = material.manifest.get("explainers", {})
    rows = [[label(name), *(plain(facts.get(fact) or NOTHING) for fact in FACTS)] for name, facts in about.items()]
    return table(["name", *FACTS], rows, texts=range(1 + len(FACTS)))


SECTION = Section("Explainers", INTRODUCTION, explainers)
