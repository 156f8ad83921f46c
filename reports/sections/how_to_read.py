"""How to read the board: its conventions, what each column of the overall table means, and its references."""

from veracity_bench.reports.layout.markdown import NOTHING
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.layout.templates import fill
from veracity_bench.reports.sections.overall import COLUMNS

CONVENTIONS = """\
Larger is better, except for queries and seconds. Shares are in percent, and stand with their 95 % interval over \
songs, as excerpts of one song are not independent (one song alone gives no interval): Student's t with the \
jackknife's standard error, and where songs may agree by chance each bound is computed as if one more excerpt had \
been seen at its end of the range. An interval without a width belongs to what does not vary by chance: *random* and \
*oracle* are 0 and 100 on the normalised scale by definition, and what is expected of random segments is exact. Every \
score over several conditions (an attack in a direction) weighs conditions alike, however many excerpts they have. In \
rows named "paper" stand the numbers of Praher et al. (2021), on other songs. "-" means not measured."""

REFERENCES = """\
Explainers that see the detector as a black box explain the probability of {explained}, those that look inside its \
logit, unless their settings choose otherwise, which the table Explainers lists.

Rows in italics are references. They know what no explainer knows or can afford to query, or nothing; they show what a \
score is worth and do not compete. All but delta-norm are computed from the detector's output for all 2^{n} = \
{sets:,} sets of segments, without sampling. Where that takes too many forward passes bounds are measured instead: \
*best-found* and *random* by as many passes as an explanation takes, delta-norm by none.

- *oracle*: the upper bound. For every k, does any set of k segments flip the prediction?
- *random*: the lower bound, chance. The exact probability that k segments drawn at random flip the prediction, or, \
for flip@positive, that a set does in which each segment is with probability 1/2.
- *best-found*: in place of the oracle where not all sets are tried, a bound from below. For every k, was any set of k \
segments found that flips, among sets drawn at random and by beam search, inserting and deleting? The oracle reaches \
100 % at most unless all sets of k segments were tried: more perturbation may undo a flip. *random* is then estimated \
by the sets drawn of each size, and its interval holds that error, too.
- *delta-norm*: ranks segments by the size of the perturbation. It plants the segments that localisation looks for, \
and so finds them all.
- *shapley-insertion*: exact Shapley values of the game that is scored, in which segments of the original excerpt are \
replaced by those of the adversarial one. It knows the perturbation.
- *shapley-masking*: exact Shapley values of the game that LIME and SHAP query, in which segments of the adversarial \
excerpt are replaced by a baseline. KernelSHAP estimates them.
- *exact-lime*: LIME's regression on all sets of segments instead of a sample. LIME estimates it.

Is LIME wrong because it samples, or because masking with a baseline is another game than the attack's? exact-lime \
beside lime shows what sampling costs, shapley-masking beside shapley-insertion what the other game costs."""


def guide(material: Material) -> str:
    """Explain the columns that the overall table has, and the references."""
    if material.records.empty:
        return NOTHING
    legends = [f"- {column.legend}" for column in COLUMNS if column.legend and column.shown(material.records)]
    return fill("\n".join(legends) + f"\n\n{REFERENCES}", material.records)


SECTION = Section("How to read this board", CONVENTIONS, guide)
