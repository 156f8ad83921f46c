"""Compact letter display: those that share a letter do not differ, those that differ share none.

By insertion and absorption (Piepho 2004, J. Comput. Graph. Stat. 13(2)).
"""

from collections.abc import Collection, Sequence
from itertools import combinations
from string import ascii_lowercase

Group = frozenset[str]


def compact_letters(names: Sequence[str], different: Collection[tuple[str, str]]) -> dict[str, str]:
    """Give every name its letters, those of the first names first, such as "a", "ab", "b"."""
    groups = [frozenset(names)]
    for pair in different:
        groups = _absorb([part for group in groups for part in _split(group, pair)])
    groups = sorted(_sweep(groups), key=lambda group: [name not in group for name in names])
    return {name: "".join(_letter(i) for i, group in enumerate(groups) if name in group) for name in names}


def _split(group: Group, pair: tuple[str, str]) -> list[Group]:
    return [group - {name} for name in pair] if group.issuperset(pair) else [group]


def _absorb(groups: list[Group]) -> list[Group]:
    distinct = list(dict.fromkeys(groups))
    return [group for group in distinct if not any(group < other for other in distinct)]


def _sweep(groups: list[Group]) -> list[Group]:
    """Drop groups all of whose pairs are joined by other groups."""
    for group in sorted(groups, key=len):
        others = [other for other in groups if other != group]
        if all(any(other.issuperset(pair) for other in others) for pair in _ties(group)):
            groups = others
    return groups


def _ties(group: Group) -> list[tuple[str, ...]]:
    return [(name,) for name in group] + list(combinations(group, 2))


def _letter(index: int) -> str:
    return f"{ascii_lowercase[index % 26]}{index // 26 or ''}"
