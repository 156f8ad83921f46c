"""Which explainers does an adversarial scaffold fool? (Slack et al. 2020)"""

from veracity_bench.reports.layout.markdown import NOTHING, decimal, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.metrics import CORRELATIONS, NO_K, SHARES, Metric, fixed
from veracity_bench.reports.measurements.rows import RANDOM
from veracity_bench.reports.scores import board_rows
from veracity_bench.reports.scores.flags import FOOLED as FLAG
from veracity_bench.reports.scores.flags import raised
from veracity_bench.reports.scores.measures import FOOLED, Measure

INTRODUCTION = """\
A scaffold returns the detector's output for real excerpts, but for masked ones an output that depends on a single \
segment alone, the decoy, which was drawn at random (after Slack et al. 2020). **Decoy on top**: the share of excerpts \
whose top segment is the decoy, in percent. **Correlation**: Spearman's, of the weights with those for the detector \
without scaffold."""

CORRELATION = Measure("correlation", "fooled_correlation")
CHANCE = "chance"


def scaffold(material: Material) -> str:
    """Show how far each explainer follows the scaffold."""
    groups, correlations = (board_rows.with_scores(material.records, measure) for measure in (FOOLED, CORRELATION))
    flags = raised(material.records)
    rows = []
    for name, group in groups.items():
        flag = FLAG.word if FLAG in flags.get(name, ()) else NOTHING
        alike = CORRELATION.estimate(correlations.get(name, group.iloc[:0]))
        shown = CHANCE if name == RANDOM else label(name)
        rows.append([shown, percent(FOOLED.estimate(group)), decimal(alike), flag])
    rows.sort(key=lambda row: row[0] != CHANCE)
    return table(["explainer", FOOLED.title, CORRELATION.title, "flag"], rows, texts=(0, 3))


SECTION = Section(
    "Robustness to an adversarial scaffold",
    INTRODUCTION,
    scaffold,
    metrics=(
        Metric("fooled", fixed(1), SHARES, "0 or 1", "the top segment is the scaffold's decoy; random: 1/n"),
        Metric(
            "fooled_correlation",
            NO_K,
            CORRELATIONS,
            "Spearman's correlation",
            "of the weights with those for the detector without scaffold",
        ),
    ),
)
