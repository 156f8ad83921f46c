"""Ranks by mean flip, which ranks the tests leave open, and which explainers do not differ significantly."""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, number, percent, rank, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.rows import REFERENCES
from veracity_bench.reports.scores import board_rows, measures
from veracity_bench.reports.scores.comparisons import TO_BEAT, versus
from veracity_bench.reports.scores.complete_cases import flips_by_case, weighed
from veracity_bench.reports.scores.twins import twins
from veracity_bench.reports.statistics.compact_letters import compact_letters
from veracity_bench.reports.statistics.estimates import Estimate
from veracity_bench.reports.statistics.pairs import Pairs
from veracity_bench.reports.statistics.rank_sets import rank_sets
from veracity_bench.reports.statistics.ranks import borda, ranks
from veracity_bench.reports.statistics.sign_flips import ALPHA, least_p

INTRODUCTION = """\
Two families of tests, each at the level of {alpha:.0%} after a Holm correction of its own; all are paired sign-flip \
tests of the mean flip whose units are songs (in every way for up to 16 songs, in a random sample of ways beyond, \
where near ties stay undecided).

- **First family: what should be beaten.** The columns *versus* compare every explainer with one other, on the \
excerpts of both, corrected over the {explainers} explainers. The one versus delta-norm is the claim of figure 2.
- **Second family: the explainers with each other**, all {pairs} pairs of them, over the {cases} excerpts of {songs} \
songs that all explainers with a rank explained; an explainer that failed on an excerpt has none. In brackets stand \
the ranks that these tests leave open: who is surely better stands above, who is surely worse below, everybody else \
may stand on either side. With 95 % probability all true ranks lie in their brackets together. **Letters** are a \
compact letter display: explainers that share a letter do not differ significantly.

**Borda** is the mean of the ranks excerpt by excerpt, so that no excerpt counts more for the flips that it allows."""

TWINS = "Explainers whose weights are equal in every case are tested once, and share the result: {twins}."

TOO_FEW_SONGS = """\
With so few songs no {what} can be significant: the least p that {songs} songs can reach is {least:.2g} after the \
correction."""


def ranking(material: Material) -> str:
    """Show the ranks; "-" where there are no two explainers to compare."""
    flips = flips_by_case(material.records)
    if flips.empty or len(flips.columns) < 2:
        return NOTHING
    return _table(material.records, flips)


def introduction(material: Material) -> str:
    """Explain the ranks and the tests, with the numbers of excerpts, songs and pairs."""
    flips, same = flips_by_case(material.records), twins(material.records)
    pairs, explainers = Pairs(flips, same), len(_competing(material.records).keys() - same.keys())
    facts = {"cases": len(flips), "songs": pairs.songs, "pairs": pairs.count, "alpha": ALPHA, "explainers": explainers}
    parts = [INTRODUCTION.format(**facts)]
    parts += [TWINS.format(twins=twins_in_words(same))] if same else []
    for what, tests in (("comparison of the first family", explainers), ("pair", pairs.count)):
        least = least_p(pairs.songs, tests)
        parts += [TOO_FEW_SONGS.format(what=what, songs=pairs.songs, least=least)] if least > ALPHA else []
    return "\n\n".join(parts)


def twins_in_words(same: dict[str, str]) -> str:
    """Name the twins, such as "deep-shap as deep-lift"."""
    return ", ".join(f"{label(name)} as {label(original)}" for name, original in same.items())


def _competing(records: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return board_rows.with_scores(records[~records["explainer"].isin(REFERENCES)], measures.MEAN_FLIP)


def _table(records: pd.DataFrame, flips: pd.DataFrame) -> str:
    names, pairs = [str(name) for name in flips], Pairs(weighed(flips), twins(records))
    places, sets, bordas, letters = ranks(pairs.flips), rank_sets(pairs, names), borda(flips), groups(pairs, names)
    to_beat = {name: versus(records, name) for name in TO_BEAT if (records["explainer"] == name).any()}
    rows = []
    for name, group in _competing(records).items():
        cells = [NOTHING] * 3
        if name in names:
            cells = [rank(Estimate(places[name], sets[name])), number(bordas[name], ".1f"), letters[name]]
        verdicts = [found.get(name, NOTHING) for found in to_beat.values()]
        rows.append([label(name), percent(measures.MEAN_FLIP.estimate(group)), *cells, *verdicts])
    headers = ["explainer", "mean flip", "rank", "Borda", "letters", *(f"versus {label(name)}" for name in to_beat)]
    return table(headers, rows, texts=(0, *range(4, len(headers))))


def groups(pairs: Pairs, names: Sequence[str]) -> dict[str, str]:
    """Give the names letters: those that share one do not differ significantly."""
    return compact_letters(names, [pair for pair in combinations(names, 2) if pairs.sign(*pair)])


SECTION = Section("Ranking", introduction, ranking)
