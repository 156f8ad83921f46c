"""The figures of a run: beside the board that links them, or by themselves for explainers of one's choice.

``veracity-bench figures reports/latest --explainer lime --figure curves`` draws again from the records alone.
"""

import argparse
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.faults import kept
from veracity_bench.reports.layout.material import Material, choice, default_choice
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.manifest import MANIFEST
from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.sections import order

KINDS = ("svg", "png")


def paths() -> list[Path]:
    """Return where the figures lie that there may be, relative to the board."""
    return [_path(name, kind) for name in order.figures() for kind in KINDS]


def _path(name: str, kind: str) -> Path:
    return Path("figures", f"{name}.{kind}")


def files(
    records: pd.DataFrame,
    excerpts: Sequence[Excerpt] = (),
    explainers: Collection[str] = (),
    names: Collection[str] = (),
    kinds: Sequence[str] = KINDS,
    faults: list[str] | None = None,
) -> Iterator[tuple[Path, bytes]]:
    """Draw the figures named, by default all that there are records for: paths relative to the page, and contents.

    Where a figure has no room for all, it shows the ``explainers`` named, by default a few that differ in kind.
    Raises RecordsError for an explainer that was not measured. ``faults``: see `veracity_bench.reports.layout.faults`.
    """
    chosen = choice(records, explainers) if explainers else default_choice(records)
    material = Material(records, chosen, excerpts)
    for name in names or order.figures():
        drawn: dict[Path, bytes] = {}
        with kept(f"The figure {name}", faults):
            drawn = _drawn(name, material, kinds)
        yield from drawn.items()


def _drawn(name: str, material: Material, kinds: Sequence[str]) -> dict[Path, bytes]:
    with style.styled():
        figure = order.figures()[name].draw(material)
        return {_path(name, kind): style.encode(figure, kind) for kind in kinds} if figure else {}


def main(arguments: list[str] | None = None) -> None:
    """Draw the figures of a run again."""
    known = order.figures()
    parser = argparse.ArgumentParser(prog="veracity-bench figures", description=main.__doc__)
    parser.add_argument("run", type=Path, help="directory of a run")
    parser.add_argument("--explainer", action="append", default=[], help="explainer to show, repeatable; else a few")
    parser.add_argument("--figure", action="append", default=[], help=f"one of {', '.join(known)}; else all")
    parser.add_argument("--output", type=Path, default=Path("figures"), help="folder to write to (%(default)s)")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.figure if name not in known]:
        raise SystemExit(f"There is no figure {unknown[0]!r}; there are {', '.join(known)}.")
    try:
        if any((folder / MANIFEST).is_file() for folder in (options.output, options.output.parent)):
            raise RecordsError(f"{options.output} belongs to a report, whose figures are its board's; give another.")
        records, excerpts = read_run(options.run)[0], read_excerpts(options.run)
        for path, content in files(records, excerpts, options.explainer, options.figure):
            replace(options.output / path.name, content)
            print(options.output / path.name)
    except RecordsError as error:
        raise SystemExit(str(error)) from error
