"""What documents show of published runs: parts by name, each made from a run's records and manifest."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from veracity_bench.reports.across_runs import across_runs
from veracity_bench.reports.conclusions import conclusions
from veracity_bench.reports.layout.columns import cells
from veracity_bench.reports.layout.markdown import NOTHING, percent, plain, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.paper_rows import share
from veracity_bench.reports.measurements import paper
from veracity_bench.reports.measurements.conditions import conditions, direction_in_words, directions
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.manifest import error_of
from veracity_bench.reports.measurements.rows import DELTA_NORM, LIME, ORACLE, RANDOM, REFERENCES
from veracity_bench.reports.scores import board_rows, measures, songs
from veracity_bench.reports.scores.claims import CLAIMS
from veracity_bench.reports.scores.contrastive_records import USUAL, as_usual
from veracity_bench.reports.scores.gap import gaps
from veracity_bench.reports.scores.judgements import judge
from veracity_bench.reports.scores.verdicts import Verdict
from veracity_bench.reports.sections import claims_by_question, fidelity, gap, paper_claims, way_to_threshold
from veracity_bench.reports.sections.overall import COLUMNS

FRAME = (ORACLE, DELTA_NORM, RANDOM)  # what one could reach, what one should beat, and chance
BEST = 5


def opening(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Show the best explainers and LIME between the references that frame them, and what was measured."""
    return f"{_scores(records, {*_chosen(records), *FRAME})}\n\n{measured(records, manifest)}"


def finding(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Count whom the sheer size of the perturbation beats under either question, and name those it beats in both."""
    if not records["metric"].isin(USUAL).any():
        raise RecordsError("This run holds no records of the contrastive question; measure one with it.")
    usual, contrastive = (_against_size(which) for which in (records, as_usual(records)))
    behind = _of(usual, Verdict.HOLDS)
    always = sorted(behind & _of(contrastive, Verdict.HOLDS))
    counts = [len(_of(contrastive, verdict)) for verdict in (Verdict.FAILS, Verdict.UNDECIDED)]
    return (
        f"With the run's baseline, as in the paper, {len(behind)} of {len(usual)} explainers flip fewer excerpts than "
        f"the sheer size of the perturbation does (*delta-norm*). With the original excerpt as the baseline, "
        f"{counts[0]} of {len(contrastive)} flip more than it, {counts[1]} cannot be told from it, and "
        f"{len(always)} are behind it under both questions{': ' if always else ''}{', '.join(always)}."
    )


def _against_size(records: pd.DataFrame) -> dict[str, Verdict]:
    """Return by explainer whether the paper's figure 2 holds: the largest perturbation flips more than its segments."""
    figure_2 = [claim for claim in CLAIMS if claim.place == "Figure 2"]
    judged = {name: judgement.verdict for name, (judgement,) in judge(records, figure_2).items()}
    return {name: verdict for name, verdict in judged.items() if verdict is not Verdict.UNKNOWN}


def _of(verdicts: Mapping[str, Verdict], verdict: Verdict) -> set[str]:
    return {name for name, own in verdicts.items() if own == verdict}


def lost(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Show where these explainers lose against the oracle, over all conditions."""
    chosen = _chosen(records)
    return gap.terms({name: own for name, own in gaps(records).items() if name in chosen})


def board(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Show the scores of all explainers over all attacks and directions, without the counts and the costs."""
    return _scores(records, set(board_rows.explainers(records)))


def _chosen(records: pd.DataFrame) -> set[str]:
    """Return the best explainers, and LIME."""
    return {*[name for name in board_rows.explainers(records) if name not in REFERENCES][:BEST], LIME}


def _scores(records: pd.DataFrame, names: Collection[str]) -> str:
    headers, rows = cells(records, (column for column in COLUMNS if column.brief))
    return table(headers, [row for name, row in rows.items() if name in names])


def lime_by_condition(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Show LIME's flip@3 by attack and direction, here and in the paper, in percent."""
    lime = records[records["explainer"] == LIME]
    known = conditions(records)
    here = {condition: percent(measures.FLIP_AT_3.estimate(condition.select(lime))) for condition in known}
    there = {condition: share(flip) for condition, flip in paper.FLIP_AT_3.items()}
    rows = [[condition.words, here[condition], there.get(condition, NOTHING)] for condition in known]
    return table(["flip@3 of LIME", "here", "paper"], rows)


def measured(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Describe in a sentence on what the scores were measured."""
    facts = manifest.get("measured", {})
    corpus, scale, samples = (facts.get(name, "?") for name in ("corpus", "scale", "samples per explanation"))
    of_cases = records["metric"].isin([measures.MEAN_FLIP.metric, measures.FIDELITY.metric])
    cases = records.loc[of_cases, songs.CASE].drop_duplicates()
    ways = ", ".join(f"{(cases['direction'] == d).sum()} {direction_in_words(d)}" for d in directions(records))
    counts = f"{cases['song'].nunique()} songs, {len(cases)} adversarial excerpts ({ways})"
    counts = f"{counts}, {samples} samples per explanation"
    effort = f"{plain(str(scale))}{_effort(manifest)}"
    return f"Measured on {plain(str(corpus))} (scale: {effort}): {counts}.{_accuracy(manifest)}"


def _effort(manifest: Mapping[str, Any]) -> str:
    """Return the figures of a scale that was changed, as far as the sentence does not have them anyway."""
    options = manifest.get("options", {})
    if not str(options.get("scale")).endswith("changed"):
        return ""
    return "".join(f", {option} {options[option]}" for option in ("cases", "iterations"))


def _accuracy(manifest: Mapping[str, Any]) -> str:
    error = error_of(manifest)
    updates = manifest.get("options", {}).get("updates")
    if error is None:
        return ""
    trained = "" if updates is None else f", trained by {updates:,} updates,"
    return f" The detector{trained} errs in {100 * error:.1f} % of the test frames."


def _of_material(body: Callable[[Material], str]) -> Callable[[pd.DataFrame, Mapping[str, Any]], str]:
    """Return as a part of results what the board, or a document, shows of the records alone."""
    return lambda records, manifest: body(Material(records))


PARTS = {
    "opening": opening,
    "finding": finding,
    "lost": lost,
    "board": board,
    "lime-by-condition": lime_by_condition,
    "claims": _of_material(paper_claims.SECTION.body),
    "claims-by-question": _of_material(claims_by_question.SECTION.body),
    "conclusions": _of_material(conclusions),
    "fidelity": _of_material(fidelity.right_and_wrong),
    "way-to-threshold": _of_material(way_to_threshold.by_part),
    "measured": measured,
}
OF_SEVERAL = {"across-runs": across_runs}
