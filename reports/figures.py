"""The figures of a run: beside the board that links them, or by themselves for explainers of one's choice.

``python -m veracity_bench.reports.figures reports/latest --explainer lime --figure curves`` draws anew from the records alone.
"""

import argparse
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.records import RecordsError, read_run
from veracity_bench.reports.sections import (
    agreement_figure,
    budget_figure,
    curves_figure,
    drawings_figure,
    fidelity_figure,
    localisation_figure,
    ranks_figure,
    stability_figure,
)
from veracity_bench.reports.sections.material import Material, choice, default_choice

FIGURES = {
    "ranks": ranks_figure,
    "curves": curves_figure,
    "localisation": localisation_figure,
    "fidelity": fidelity_figure,
    "drawings": drawings_figure,
    "stability": stability_figure,
    "budget": budget_figure,
    "agreement": agreement_figure,
}
SHOWS = {name: figure.SHOWS for name, figure in FIGURES.items()}  # to those who cannot see them
KINDS = ("svg", "png")
PATHS = [Path("figures", f"{name}.{kind}") for name in FIGURES for kind in KINDS]


def files(
    records: pd.DataFrame,
    excerpts: Sequence[Excerpt] = (),
    explainers: Collection[str] = (),
    names: Collection[str] = tuple(FIGURES),
    kinds: Sequence[str] = KINDS,
) -> Iterator[tuple[Path, bytes]]:
    """Draw what there are records for: paths relative to the page, and contents.

    Where a figure has no room for all, it shows the ``explainers`` named, by default a few that differ in kind.
    Raises RecordsError for an explainer that was not measured.
    """
    chosen = choice(records, explainers) if explainers else default_choice(records)
    with style.styled():
        for name in names:
            figure = FIGURES[name].draw(Material(records, chosen, excerpts))
            if figure is not None:
                yield from ((Path("figures", f"{name}.{kind}"), style.encode(figure, kind)) for kind in kinds)


def main(arguments: list[str] | None = None) -> None:
    """Draw the figures of a run anew."""
    parser = argparse.ArgumentParser(prog="python -m veracity_bench.reports.figures", description=main.__doc__)
    parser.add_argument("run", type=Path, help="directory of a run")
    parser.add_argument("--explainer", action="append", default=[], help="explainer to show, repeatable; else a few")
    parser.add_argument("--figure", action="append", default=[], help=f"one of {', '.join(FIGURES)}; else all")
    parser.add_argument("--output", type=Path, default=Path("figures"), help="folder to write to (%(default)s)")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.figure if name not in FIGURES]:
        raise SystemExit(f"There is no figure {unknown[0]!r}; there are {', '.join(FIGURES)}.")
    try:
        records, excerpts = read_run(options.run)[0], read_excerpts(options.run)
        for path, content in files(records, excerpts, options.explainer, options.figure or tuple(FIGURES)):
            replace(options.output / path.name, content)
            print(options.output / path.name)
    except RecordsError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
