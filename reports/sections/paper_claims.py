"""Which of the paper's conclusions hold on these records, for LIME and for the other explainers?"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from veracity_bench.reports.layout.markdown import NOTHING, decimal, joined, label, percent, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.conditions import direction_in_words, directions
from veracity_bench.reports.measurements.rows import LIME, REFERENCES
from veracity_bench.reports.scores import board_rows, measured_cases
from veracity_bench.reports.scores.claims import CLAIMS, Claim
from veracity_bench.reports.scores.judgements import Judgement, judge
from veracity_bench.reports.scores.twins import twins
from veracity_bench.reports.scores.verdicts import Evidence, Verdict
from veracity_bench.reports.statistics.sign_flips import ALPHA, least_p

INTRODUCTION = f"""\
The six conclusions of the paper, drawn for LIME on Jamendo, tested for every explainer on these excerpts. A sign-flip \
test over songs decides whether a number lies on its side of the bar (it *holds*), on the other side (it *does not \
hold*), or neither (*undecided*), at the level of {ALPHA:.0%} after Holm's correction over the explainers of a claim. \
The 95 % intervals are shown beside and decide nothing, but for figure 4: an area under a curve is no sum over songs, \
so there the interval must lie within the bars or beyond one of them, explainer by explainer. Its verdict is *too few \
to decide* where the interval leaves it open and would do so even if fidelity were no sign and all excerpts \
independent. Where all are right, or all wrong, there is no area."""

TOO_FEW_SONGS = """\
With so few songs no test can decide a claim: the least p that {songs} songs can reach is {least:.2g} after the \
correction over {explainers} explainers."""


def introduction(material: Material) -> str:
    """Explain how claims are decided, and whether so few songs can decide any."""
    names = set(board_rows.explainers(measured_cases.measured(material.records)))
    explainers = len(names - twins(material.records).keys() - set(REFERENCES))
    songs = measured_cases.cases(material.records)["song"].nunique()
    least = least_p(songs, explainers)
    facts = {"songs": songs, "explainers": explainers, "least": least}
    return " ".join([INTRODUCTION, TOO_FEW_SONGS.format(**facts)] if songs and least > ALPHA else [INTRODUCTION])


def claims(material: Material) -> str:
    """State of every claim whether it holds for LIME, with the figures, and in a table for which others."""
    judged = judged_parts(material)[""]
    verdicts = verdict_table(judged)
    if verdicts == NOTHING:
        return NOTHING
    by_direction = {direction: own.get(LIME, ()) for direction, own in judged_by_direction(material).items()}
    words = [
        _claim(claim, judged.get(LIME, ())[place:], {d: own[place:] for d, own in by_direction.items()})
        for place, claim in enumerate(CLAIMS)
    ]
    return joined(["\n".join(words), verdicts])


@lru_cache(maxsize=1)
def judged_parts(material: Material) -> dict[str, dict[str, list[Judgement]]]:
    """Judge all claims on all records, under "", and in each direction that has any.

    They are kept for the other sections of the same board.
    """
    parts = {
        direction: material.records[material.records["direction"] == direction]
        for direction in directions(material.records)
    }
    known = {direction: records for direction, records in parts.items() if len(records)}
    return {name: judge(records) for name, records in {"": material.records, **known}.items()}


def judged_by_direction(material: Material) -> dict[str, dict[str, list[Judgement]]]:
    """Return the judgements in each direction that has records."""
    return {direction: own for direction, own in judged_parts(material).items() if direction}


def verdict_table(judged: Mapping[str, Sequence[Judgement]]) -> str:
    """Show the verdicts of every explainer; "-" where nothing is known."""
    rows = [[label(name), *(judgement.verdict for judgement in own)] for name, own in judged.items()]
    if all(verdict == Verdict.UNKNOWN for _, *verdicts in rows for verdict in verdicts):
        return NOTHING
    headers = ["explainer", *(claim.place.lower() for claim in CLAIMS)]
    return table(headers, rows, texts=range(len(headers)))


def _claim(claim: Claim, together: Sequence[Judgement], by_direction: Mapping[str, Sequence[Judgement]]) -> str:
    """Put a claim in words, with the first of LIME's judgements of both directions together, and of each."""
    statement = f"- **{claim.place}. {claim.title}.** Bar: {claim.bar}."
    if not together:
        return statement
    if together[0].verdict == Verdict.UNKNOWN:
        return f"{statement} For {LIME}: not measured."
    known = {direction: own[0] for direction, own in by_direction.items() if own and _known(own[0])}
    parts = [f"{direction_in_words(direction)}, {_verdict(own)}" for direction, own in known.items()]
    sentences = [f"For {LIME} {_verdict(together[0])}", *(f"{part[0].upper()}{part[1:]}" for part in parts)]
    return " ".join([statement, *(f"{sentence}." for sentence in sentences)])


def _known(judgement: Judgement) -> bool:
    return judgement.verdict != Verdict.UNKNOWN


def _verdict(judgement: Judgement) -> str:
    verdict = judgement.verdict
    outcome = f"**{verdict}**" if verdict in (Verdict.HOLDS, Verdict.FAILS) else f"is **{verdict}**"
    return f"it {outcome}: {', '.join(map(in_words, judgement.evidence))}"


def in_words(evidence: Evidence) -> str:
    """Write what was measured and its number, with the interval."""
    show = percent if evidence.share else decimal
    return f"{evidence.what} {show(evidence.estimate)}"


SECTION = Section("The paper's claims here", introduction, claims)
