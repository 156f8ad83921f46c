"""What the board says in words: its question, and how to read its tables.

Texts with {n}, {sets}, {walk}, {pairs}, {chance}, {chances} or {flags} are templates: `fill` puts in the number of
segments and what follows.
"""

import pandas as pd

from veracity_bench.reports.scores import flags
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.statistics.estimates import ENOUGH

QUESTION = """\
Which explainers tell the truth about an audio classifier? A detector hears whether an excerpt of music holds singing. \
An adversarial attack changes the excerpt until the detector changes its mind, so what caused the new prediction is \
known, and a good explainer must find it."""

NO_ORACLE = """\
No oracle and no exact references: this detector's coalitions take a forward pass each, and there are 2^{n}."""

FLAGS = """\
**flags**: what should make a reader wary, from checks on few songs that have tables below; raised where the 95 % \
interval lies beyond the bar, and {enough} songs or more stand behind it."""

HOW_TO_READ = """\
Larger is better, except for queries and seconds. Shares are in percent, and stand with their 95 % interval: a \
percentile bootstrap over songs, as excerpts of one song are not independent (one song alone gives no interval, and \
a handful give too narrow ones). In rows named "paper" stand the numbers of Praher et al. (2021), on other songs. \
"-" means not measured.

- **mean flip**: insert the perturbation in the explainer's top k of the {n} segments only; how often does the \
prediction flip? The mean over k = 1..{n}, that is the area under the flip@k curve; it orders the board.
- **normalised**: mean flip on a scale from *random* (0) to *oracle* (100), excerpt by excerpt: the sum of what \
the explainer gains over chance / the sum of what the oracle gains. Below 0 it is worse than chance.
- **flip@3**: the same question for k = 3 alone.
- **flip@positive**: the same for all positively weighted segments. Their number is the explainer's choice, and more \
segments flip more easily. For delta-norm all {n} are positive; the controlled table below lets it choose as many as \
the explainer did.
- **loc@k**, localisation: the share of k planted segments that are among the explainer's top k, over the excerpts \
that flip with these k segments alone; the first row counts them. Chance finds k of {n}: {chances} %.
- **fidelity**: weighted R^2 of the explainer's weights, best rescaled, as a linear model of the detector around the \
full adversarial excerpt: over all 2^{n} sets of segments, each weighted by LIME's kernel, or over fresh samples, the \
same for all explainers, where that takes too many forward passes. It does not say that an explanation is right.
- **queries**, **seconds**: coalitions asked for and excerpts passed through the detector by one explanation, and the \
time that it took (medians). Seconds are measured \
while all workers share the machine, and include setting the game up, which explainers share. Where that makes tables \
of coalitions, these answer the queries; without tables, 8,192 forward passes take about half a minute on two cores.
- **cases**: adversarial excerpts scored. **failed**: failures, listed below; a score covers the cases that did not \
fail, so an explainer that failed stands below those that did not.{flags}

Explainers that see the detector as a black box explain the probability of "sing", those that look inside its logit, \
unless they were told otherwise: the table Explainers says so, and more, among their settings.

Rows in italics are references. They know what no explainer knows or can afford to ask, or nothing; they show what a \
score is worth and do not compete. All but delta-norm are computed from what the detector says to all 2^{n} = {sets:,} \
sets of segments, without sampling. Where that takes too many forward passes only *delta-norm* and *random* \
are measured; *random* then inserts the segments in a single random order per excerpt: its flips are those of that \
order, flip@positive weighs these by how probable each number of segments is, and loc@k is chance, as ever.

- *oracle*: the upper bound. For every k, does any set of k segments flip the prediction?
- *random*: the lower bound, chance. The exact probability that k segments drawn at random flip the prediction, or, \
for flip@positive, that a set does in which each segment is with probability 1/2.
- *delta-norm*: ranks segments by the size of the perturbation. It plants the segments that localisation looks for, \
and so finds them all.
- *shapley-insertion*: exact Shapley values of the game that is scored, in which segments of the original excerpt are \
replaced by those of the adversarial one. It knows the perturbation.
- *shapley-masking*: exact Shapley values of the game that LIME and SHAP query, in which segments of the adversarial \
excerpt are replaced by a baseline. KernelSHAP estimates them.
- *exact-lime*: LIME's regression on all sets of segments instead of a sample. LIME estimates it.

Is LIME wrong because it samples, or because masking with a baseline is another game than the attack's? exact-lime \
beside lime shows what sampling costs, shapley-masking beside shapley-insertion what the other game costs."""

NORMALISED = """\
In percent over all attacks and directions: 0 = segments drawn at random, 100 = the best k segments there are, below \
0 = worse than chance. At large k chance leaves the oracle little to gain, and intervals are wide."""

PLANTED = """\
Only the k segments of largest perturbation are perturbed, in excerpts whose prediction still flips. In percent of \
these planted segments, but for the first row."""

CEILING = """\
Not each of them need matter. One is *needed* if the prediction flips back without it, and *pivotal* if it makes some \
set of the others flip: so are segments that can stand in for each other, none of which is needed. The others are \
perturbed in vain. The *ceiling* is what to expect of an explainer that ranks just the pivotal ones first and all else \
by chance. It holds for who sees flips only: delta-norm and shapley-insertion pass it, for they see the perturbation \
itself."""

ORACLES = """\
The smallest set of segments that flips the prediction (median and range over excerpts, then "size: excerpts"), and \
how many sets of that size flip (median); the share of all 2^{n} sets that flip, which is random's flip@positive; and, \
of all steps from a set that flips to one with one segment more, the share after which it flips no longer: 0 if more \
perturbation never hurt. Many smallest sets mean that segments stand in for each other."""

BUDGET = """\
How few queries will do? The explainers that sample, asked again with less: a budget is the number of queries that \
they are allowed. Does the perturbation in their top 3 segments flip the prediction (in percent, 0 = segments drawn at \
random, 100 = the best 3 there are)? How near do their weights come to the exact Shapley values of *shapley-masking* \
(Pearson's correlation)? Not all of them estimate these: lime approaches *exact-lime*, partition-shap Owen's values of \
a tree of segments, which it knows exactly before a large budget is spent. Who samples orders of the {n} segments \
cannot spend less than {walk} queries (permutation-shap) or {pairs} (sampling-shap), even where less is allowed."""

AGREEMENT = """\
Spearman's rank correlation of the weights that two explainers give to the segments of the same full adversarial \
excerpt, averaged over excerpts: 1 = the same ranking, 0 = unrelated, below 0 = opposed. Equal weights share their \
rank; weights that are all equal count 0. That explainers agree does not say that they are right."""

EXPLAINERS = """\
Black boxes ask what the detector says to changed excerpts, white boxes look inside. "Library" is whose code does it, \
where it is not this project's or the explainer's own."""

ATTACK = """\
A song's excerpts are attacked in random order until its slots are filled, so the success rate is that of the excerpts \
tried, not of all excerpts of the corpus; the paper's is over both directions. (With `--attack-scope song` all of its \
excerpts are attacked at once.) Iterations and signal-to-noise ratio are medians over those that flipped."""


def fill(text: str, records: pd.DataFrame) -> str:
    """Return a text for these records."""
    n = scores.n_segments(records)
    *others, last = chances = [scores.chance(k, n) for k in scores.PLANTED]
    counts = {"n": n, "sets": 2**n, "walk": 2 * n + 1, "pairs": 4 * n + 2}
    warnings = f"\n- {FLAGS.format(enough=ENOUGH)}\n{flags.rules()}" if flags.asked(records) else ""
    return text.format(**counts, chance=chances[0], chances=f"{', '.join(others)} and {last}", flags=warnings)
