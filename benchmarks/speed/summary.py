"""From measurements to figures: ratios with their spread, and how near to the machine's ceiling the work is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from veracity_bench.benchmarks.speed.repetition import TABLE, Repetition
from veracity_bench.benchmarks.speed.ways import FORWARD, LIME_HERE, LIME_IMAGE


@dataclass(frozen=True, kw_only=True)
class Work:
    """The machine's ceiling in FLOP/s, the FLOPs of one forward pass, and the least FLOPs of a table."""

    ceiling: float
    forward_pass: int
    table: int


def summarise(repetitions: Sequence[Repetition], samples: int, work: Work) -> dict[str, Any]:
    """Return the figures of all repetitions, in built-in types."""
    seconds = {way: [repetition.seconds[way] for repetition in repetitions] for way in repetitions[0].seconds}
    return {
        "ways": {way: {"seconds": s, "ratio": ratio(s, seconds[TABLE])} for way, s in seconds.items()},
        "set-up seconds of the table": [repetition.set_up for repetition in repetitions],
        "LimeImageExplainer / LIME here": ratio(seconds[LIME_IMAGE], seconds[LIME_HERE]),
        "forward passes": _forward_passes(samples / median(seconds[FORWARD]), work),
        "floor of the table": _floor(median(seconds[TABLE]), work),
        "ceiling FLOP/s": work.ceiling,
        "largest difference": max(repetition.difference for repetition in repetitions),
    }


def ratio(seconds: Iterable[float], reference: Iterable[float]) -> dict[str, float]:
    """Return median, smallest and largest ratio of a way's seconds to another's in the same repetition."""
    ratios = [ours / other for ours, other in zip(seconds, reference, strict=True)]
    return {"median": median(ratios), "min": min(ratios), "max": max(ratios)}


def _forward_passes(per_second: float, work: Work) -> dict[str, float]:
    speed = per_second * work.forward_pass
    return {
        "per second": per_second,
        "FLOP": work.forward_pass,
        "FLOP/s": speed,
        "share of ceiling": speed / work.ceiling,
    }


def _floor(seconds: float, work: Work) -> dict[str, float]:
    floor = work.table / work.ceiling
    return {"FLOP": work.table, "seconds": floor, "share reached": floor / seconds}
