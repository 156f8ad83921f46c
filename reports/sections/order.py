"""The sections of the board, in their order; one is "" where nothing was measured."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, figure
from veracity_bench.reports.scores import normalised
from veracity_bench.reports.sections import (
    agreement,
    budget,
    ceiling,
    claims,
    conditions,
    detector,
    drawings,
    fidelity,
    flips,
    fooling,
    localisation,
    oracles,
    ranking,
    sanity,
    stability,
    tables,
    texts,
)

FIGURES = {
    "Stability over seeds": "stability",
    "Drawings": "drawings",
    "flip@k": "curves",
    "Localisation by attack and direction": "localisation",
    "Fidelity of right and wrong explanations": "fidelity",
    "Normalised flip@k": "ranks",
    "Accuracy against budget": "budget",
    "Which explainers agree": "agreement",
}  # which figure a section begins with


def all_of(records: pd.DataFrame, manifest: Mapping[str, Any], shows: Mapping[str, str]) -> dict[str, str]:
    """Return every section by its title; ``shows`` says what the figures show that are drawn, by their names."""
    results = {} if records.empty else {**summary(records), **paper(records), **beyond(records), **accounts(records)}
    links = {title: figure(name, shows[name]) for title, name in FIGURES.items() if name in shows}
    return {
        title: f"{links[title]}\n\n{body}" if body and title in links else body
        for title, body in {**results, **run(records, manifest)}.items()
    }


def summary(records: pd.DataFrame) -> dict[str, str]:
    """Say what there is to conclude."""
    return {
        "Overall": tables.overall(records),
        "The paper's claims here": _section(claims.claims(records)),
        "How to read this board": texts.fill(texts.HOW_TO_READ, records),
        "Ranking": _section(ranking.ranking(records)),
    }


def paper(records: pd.DataFrame) -> dict[str, str]:
    """Show the paper's experiments, in its order."""
    return {
        "The detector over several trainings": _section(detector.detector(records), detector.INTRODUCTION),
        "Stability over seeds": _section(stability.over_seeds(records), stability.SEEDS),
        "Contents of masked segments": _section(stability.over_contents(records), stability.CONTENTS),
        "Drawings": _section(drawings.drawings(records), drawings.INTRODUCTION),
        "flip@3 by attack and direction": _section(flips.at_3(records), flips.AT_3),
        "flip@k": _section(flips.curves(records), flips.CURVES),
        "flip@positive by attack and direction": _section(flips.positive(records), flips.POSITIVE),
        "flip@positive, controlled: as many segments, chosen by delta-norm": _section(
            flips.controlled(records), flips.CONTROLLED
        ),
        "Localisation by attack and direction": _section(localisation.by_setting(records), localisation.BY_SETTING),
        "Fidelity of right and wrong explanations": _section(
            fidelity.right_and_wrong(records), texts.fill(fidelity.INTRODUCTION, records)
        ),
    }


def beyond(records: pd.DataFrame) -> dict[str, str]:
    """Show what the paper did not ask."""
    expected = texts.PLANTED if oracles.missing(records) else f"{texts.PLANTED} {texts.CEILING}"
    return {
        "Normalised flip@k": _section(normalised.by_k(records), texts.NORMALISED),
        "What localisation can expect": _section(ceiling.ceilings(records), expected),
        "Localisation of what others planted": _section(localisation.otherwise(records), localisation.OTHERWISE),
        "How many segments a flip needs": _section(oracles.answers(records), texts.fill(texts.ORACLES, records)),
        "Accuracy against budget": _section(budget.tables(records), texts.fill(texts.BUDGET, records)),
        "Which explainers agree": _section(agreement.most_similar(records), texts.AGREEMENT),
        "Sanity": _section(sanity.sanity(records), sanity.INTRODUCTION),
        "Who is fooled": _section(fooling.fooling(records), fooling.INTRODUCTION),
    }


def accounts(records: pd.DataFrame) -> dict[str, str]:
    """Account for the excerpts and for what failed."""
    return {
        "The attack": f"{texts.ATTACK}\n\n{conditions.attacks(records)}",
        "Failures": conditions.failures(records),
    }


def run(records: pd.DataFrame, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Say how the numbers came about."""
    parts = [name for name in manifest if name not in ("title", "explainers", "timing")]
    body = "\n\n".join(f"### {name}\n\n{conditions.settings(manifest[name])}" for name in parts)
    timing = [conditions.settings(manifest.get("timing", {})), oracles.costs(records)]
    explainers = conditions.explainers(manifest.get("explainers", {}))
    sections = {"Explainers": _section(explainers, texts.EXPLAINERS), "The run": body or NOTHING}
    return {**sections, "Timing": "\n\n".join(filter(None, timing))}


def _section(body: str, *introduction: str) -> str:
    """Introduce a table, or leave out both where nothing was measured."""
    return "" if body == NOTHING else "\n\n".join([*introduction, body])
