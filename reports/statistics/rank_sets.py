"""Which ranks can an explainer have? All that the paired tests leave open.

Who is surely better stands above, who is surely worse below; everybody else may stand on either side. Holm's
correction over all pairs makes these sets simultaneous: with 95 % probability every one of them holds the true rank
(Al Mohamad, Goeman and van Zwet 2022, Biometrics 78; Mogstad, Romano, Shaikh and Wilhelm 2024, Rev. Econ. Stud. 91).
"""

from collections.abc import Sequence

from veracity_bench.reports.statistics.pairs import Pairs


def rank_sets(pairs: Pairs, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the best and the worst rank that each of the names can have among them, 1 = the most flips."""
    signs = {name: [pairs.sign(name, other) for other in names if other != name] for name in names}
    return {name: (1 + own.count(-1), len(names) - own.count(1)) for name, own in signs.items()}
