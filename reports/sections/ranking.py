"""Ranks by mean flip, their intervals, and which explainers do not differ significantly."""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, number, percent, rank, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import measures as scores
from veracity_bench.reports.scores.complete_cases import TO_BEAT, contenders, flips_by_case
from veracity_bench.reports.statistics.compact_letters import compact_letters
from veracity_bench.reports.statistics.pairs import ALPHA, Pairs
from veracity_bench.reports.statistics.ranks import borda, ranks

INTRODUCTION = """\
Ranks by mean flip over the {cases} excerpts that all explainers below explained; references do not compete, and an \
explainer that failed on an excerpt has no rank. The interval of a rank is from the bootstrap over the {songs} songs, \
with the same draws for all. **Borda** is the mean of the ranks excerpt by excerpt, so that no excerpt counts more for \
the flips that it allows. **Letters** are a compact letter display: explainers that share a letter do not differ \
significantly. All {pairs} pairs, also with the references *random* and *delta-norm*, are compared by a paired \
sign-flip test whose units are songs (in every way for up to 16 songs, in a random sample of ways beyond), at the \
level of {alpha:.0%} after Holm's correction. The last columns compare with these references by the same tests."""

TOO_FEW_SONGS = """\
With so few songs no difference can be significant: the least p that {songs} songs can reach is {least:.2g} after the \
correction."""

VERDICTS = {1: "above", 0: "undecided", -1: "below"}


def ranking(material: Material) -> str:
    """Show the ranks; "-" where there are no two explainers to compare."""
    flips = flips_by_case(material.records)
    if flips.empty or len(contenders(flips)) < 2:
        return NOTHING
    return _table(material.records, flips, Pairs(flips))


def introduction(material: Material) -> str:
    """Explain the ranks and the tests, with the numbers of excerpts, songs and pairs."""
    flips = flips_by_case(material.records)
    pairs = Pairs(flips)
    facts = {"cases": len(flips), "songs": pairs.songs, "pairs": pairs.count, "alpha": ALPHA, "least": pairs.least_p}
    return " ".join(text.format(**facts) for text in (INTRODUCTION, TOO_FEW_SONGS)[: 1 + (pairs.least_p > ALPHA)])


def _table(records: pd.DataFrame, flips: pd.DataFrame, pairs: Pairs) -> str:
    names = contenders(flips)
    places, bordas, letters = ranks(flips[names]), borda(flips[names]), groups(pairs, names)
    to_beat = [name for name in TO_BEAT if name in flips]
    competing = scores.with_scores(records[~records["explainer"].isin(REFERENCES)], scores.MEAN_FLIP)
    rows = []
    for name, group in competing.items():
        cells = [NOTHING] * (3 + len(to_beat))
        if name in names:
            verdicts = [VERDICTS[pairs.sign(name, reference)] for reference in to_beat]
            cells = [rank(places[name]), number(bordas[name], ".1f"), letters[name], *verdicts]
        rows.append([name, percent(scores.MEAN_FLIP.estimate(group)), *cells])
    headers = ["explainer", "mean flip", "rank", "Borda", "letters", *(f"versus {label(name)}" for name in to_beat)]
    return table(headers, rows, texts=(0, *range(4, len(headers))))


def groups(pairs: Pairs, names: Sequence[str]) -> dict[str, str]:
    """Give the names letters: those that share one do not differ significantly."""
    return compact_letters(names, [pair for pair in combinations(names, 2) if pairs.sign(*pair)])


SECTION = Section("Ranking", introduction, ranking)
