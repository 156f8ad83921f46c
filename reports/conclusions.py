"""What a run decides about the paper's six conclusions: for LIME in each part of it, and for how many explainers."""

from collections import Counter
from collections.abc import Mapping, Sequence

from veracity_bench.reports.layout.markdown import NOTHING, plain, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.measurements.columns import ATTACKS
from veracity_bench.reports.measurements.conditions import direction_in_words
from veracity_bench.reports.measurements.rows import LIME
from veracity_bench.reports.scores.claims import CLAIMS
from veracity_bench.reports.scores.contrastive_records import as_usual
from veracity_bench.reports.scores.judgements import Judgement, judge
from veracity_bench.reports.scores.verdicts import Verdict
from veracity_bench.reports.sections.claims_by_question import BOTH
from veracity_bench.reports.sections.paper_claims import judged_parts

ALL = "all"
COUNTED = (Verdict.HOLDS, Verdict.FAILS)

Judged = Mapping[str, Sequence[Judgement]]


def conclusions(material: Material) -> str:
    """Show the verdicts on LIME in all, by direction, by attack and with the original as the baseline, and count all.

    Each part is judged by itself, with corrections of its own.
    """
    records = material.records
    by_direction = {direction_in_words(name) or ALL: own for name, own in judged_parts(material).items()}
    judged = by_direction | {attack: judge(records[records["attack"] == attack]) for attack in ATTACKS}
    together, contrastive = judged[ALL], judge(as_usual(records), BOTH)
    headers = ["conclusion", *(f"LIME, {title}" for title in judged), "LIME, original as baseline", "explainers, all"]
    rows = [
        [
            f"{claim.place}: {plain(claim.title)}",
            *(_verdict(own, place) for own in judged.values()),
            _verdict(contrastive, BOTH.index(claim)) if claim in BOTH else NOTHING,
            _counted([own[place].verdict for own in together.values()]),
        ]
        for place, claim in enumerate(CLAIMS)
    ]
    return table(headers, rows, texts=range(len(headers)))


def _verdict(judged: Judged, place: int) -> str:
    return judged[LIME][place].verdict if LIME in judged else NOTHING


def _counted(verdicts: Sequence[Verdict]) -> str:
    """Count those that are decided, and the rest, such as "holds 16, does not hold 5, open 1"."""
    counts = Counter(verdicts)
    decided = [f"{verdict} {counts[verdict]}" for verdict in COUNTED]
    return ", ".join([*decided, f"open {len(verdicts) - sum(counts[verdict] for verdict in COUNTED)}"])
