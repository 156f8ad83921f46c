"""A measurement as people read it: a table of the ways, and a table of what belongs to them."""

from statistics import median
from typing import Any

from tabulate import tabulate

from veracity_bench.benchmarks.speed.repetition import TABLE


def render(report: dict[str, Any]) -> str:
    """Return a report as markdown."""
    headers = ["way to explain an excerpt", "coalitions", "seconds", "times the table's"]
    rows = [_row(name, way, report["settings"]) for name, way in report["ways"].items()]
    ways = tabulate(rows, headers, "pipe", colalign=("left", "right", "right", "right"), disable_numparse=True)
    facts = tabulate(_facts(report), ["quantity", "value"], "pipe", disable_numparse=True)
    return f"{ways}\n\n{facts}\n"


def _row(name: str, way: dict[str, Any], settings: dict[str, Any]) -> list[str]:
    coalitions = settings["coalitions" if name == TABLE else "samples"]
    ratio = "1" if name == TABLE else _ratio(way["ratio"])
    return [name, f"{coalitions:,}", f"{median(way['seconds']):.3g}", ratio]


def _ratio(ratio: dict[str, float]) -> str:
    return "{median:.3g} [{min:.3g}, {max:.3g}]".format(**ratio)


def _facts(report: dict[str, Any]) -> list[tuple[str, str]]:
    settings, passes, floor = report["settings"], report["forward passes"], report["floor of the table"]
    set_up = median(report["set-up seconds of the table"])
    sizes = ", ".join(report["passes per second by batch"])
    return [
        ("detector and corpus", f"{settings['detector']}, {settings['corpus']}"),
        ("processor", f"{report['machine']['processor']}, threads: {settings['threads']}"),
        ("repetitions", f"{settings['repetitions']}, each on another excerpt; median [smallest, largest]"),
        ("excerpts per forward pass", f"{settings['batch']}, the fastest of {sizes}"),
        ("how the table is filled", f"{settings['method']}; {set_up:.2g} s to set them up"),
        ("LimeImageExplainer takes, times LIME here", _ratio(report["LimeImageExplainer / LIME here"])),
        ("ceiling: float32 matrix product", f"{report['ceiling FLOP/s'] / 1e9:.0f} GFLOP/s"),
        ("forward passes", f"{passes['per second']:.0f} excerpts/s of {passes['FLOP'] / 1e9:.2g} GFLOP each"),
        ("their share of the ceiling", f"{passes['share of ceiling']:.0%}, {passes['FLOP/s'] / 1e9:.0f} GFLOP/s"),
        ("floor of the table", f"{floor['FLOP'] / 1e9:.3g} GFLOP, {floor['seconds']:.2g} s at the ceiling"),
        ("share of the floor that is reached", f"{floor['share reached']:.1%}"),
        ("largest difference of a logit", f"{report['largest difference']:.1e}"),
    ]
