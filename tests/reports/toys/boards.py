"""Rows of made-up records, and the cells of the board that they make."""

from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.columns import ATTACKS, DIRECTIONS, DRAWING
from veracity_bench.reports.measurements.records import table

MANIFEST = {
    "title": "A tiny board",
    "measured": {"corpus": "synthetic", "detector": "small", "scale": "smoke"},
    "versions": {"numpy": "2.0"},
    "options": {"attack": {"waveform": {"eps": 0.01}}, "ks": [1, 3, 5]},
    "timing": {"started": "today", "seconds": 12.5},
}


def row(
    metric,
    value,
    k=0,
    *,
    explainer="lime",
    song="a",
    case=0,
    experiment="flip",
    reason="",
    condition=(0, 0),
    samples=0,
    variant="",
):
    return {
        "experiment": experiment,
        "explainer": explainer,
        "attack": ATTACKS[condition[0]],
        "direction": DIRECTIONS[condition[1]],
        "song": song,
        "case": case,
        "metric": metric,
        "variant": variant,
        "k": k,
        "samples": samples,
        "value": float(value),
        "reason": reason,
    }


def drawn(metric, value, k=0, *, variant="blob", **coordinates):
    """Measure something about a drawing."""
    return {**row(metric, value, k, variant=variant, experiment="drawings", **coordinates), "attack": DRAWING}


def failure(explainer, reason, case=-1, song="a"):
    return row("failed", 1, explainer=explainer, case=case, song=song, reason=reason)


def refusal(explainer, reason, case=0, **coordinates):
    """An explainer is not applicable to a case."""
    return row("not_applicable", 1, explainer=explainer, case=case, reason=reason, **coordinates)


def flips(explainer, smallest, **coordinates):
    """Flip at every k from the smallest on."""
    return [row("flip", k >= smallest, k, explainer=explainer, **coordinates) for k in range(1, 21)]


def curve(explainer, values, **coordinates):
    """Flip with these probabilities at k = 1, 2, .."""
    return [row("flip", value, k, explainer=explainer, **coordinates) for k, value in enumerate(values, 1)]


def bounds(oracle, random, **coordinates):
    """Flips of both bounds with these probabilities at k = 1, 2, .."""
    return [*curve("oracle", oracle, **coordinates), *curve("random", random, **coordinates)]


def weights(explainer, values, **coordinates):
    """Weigh segments 0, 1, .. with these values."""
    return [row("weight", value, k, explainer=explainer, **coordinates) for k, value in enumerate(values)]


def budget(samples, flip, correlation, queries=None, explainer="lime", **coordinates):
    """Explain with a budget: whether the top 3 segments flip, the correlation, the queries spent, by default all."""
    place = {"explainer": explainer, "samples": samples, "experiment": "budget", **coordinates}
    return [
        row("budget_flip", flip, 3, **place),
        row("budget_correlation", correlation, **place),
        row("budget_queries", samples if queries is None else queries, **place),
    ]


def in_songs(metric, values, k=0, **coordinates):
    """Records of songs a .. f, of which d, e, f repeat the three values."""
    return [row(metric, value, k, song=song, **coordinates) for song, value in zip("abcdef", values * 2, strict=True)]


def reversed_beside_random(gap):
    """Flips at k = 1, 2 of weights with their signs reversed, by about so much more than at random."""
    levels = [0.49 + gap, 0.5 + gap, 0.51 + gap]
    return [
        measured
        for k in (1, 2)
        for measured in [*in_songs("reversed_flip", levels, k), *in_songs("flip", [0.5] * 3, k, explainer="random")]
    ]


def material(rows, chosen=(), excerpts=(), **manifest):
    """What sections are made from."""
    return Material(table(rows), chosen, excerpts, manifest)


def section(board, title):
    return board.split(f"## {title}\n\n")[1].split("\n\n## ")[0]


def cells(markdown):
    """The rows of a table by their first cell."""
    lines = [line.strip("|").split("|") for line in markdown.splitlines() if line.startswith("|")]
    return {name.strip(): [cell.strip() for cell in rest] for name, *rest in lines[:1] + lines[2:]}


def overall(rows):
    """The scores of each row of the overall table, by their columns."""
    named = cells(section(render(table(rows), {}), "Overall"))
    headers = named.pop("explainer")
    del named["excerpts"]
    return {name: dict(zip(headers, values, strict=True)) for name, values in named.items()}
