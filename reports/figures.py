"""The figures of a run: beside the board that links them, or by themselves for explainers of one's choice.

``veracity-bench figures reports/latest --explainer lime --figure curves`` draws again from the records alone.
"""

import argparse
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from veracity_bench.reports.layout import figure_style as style
from veracity_bench.reports.layout.dark import with_dark_version
from veracity_bench.reports.layout.faults import kept
from veracity_bench.reports.layout.figure_form import COLUMNS, KINDS, Form
from veracity_bench.reports.layout.material import Material, of_choice
from veracity_bench.reports.layout.source import source
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts
from veracity_bench.reports.measurements.files import replace
from veracity_bench.reports.measurements.folder import check_outside
from veracity_bench.reports.measurements.records import read_run
from veracity_bench.reports.sections import order

BOARD = Form()
LEAST_WIDTH, MOST_WIDTH = 2, 40  # inches
NO_DATA = "The run has no data for the figure {name!r}, so it was not drawn."
BACKGROUNDS = {"white": "white", "transparent": "none", "tinted": style.BACKGROUND}


def paths() -> list[Path]:
    """Return where the figures lie that there may be, relative to the board."""
    return [_path(name, kind) for name in order.figures() for kind in Form.kinds]


def _path(name: str, kind: str) -> Path:
    return Path("figures", f"{name}.{kind}")


def files(
    records: pd.DataFrame,
    excerpts: Sequence[Excerpt] = (),
    explainers: Collection[str] = (),
    names: Collection[str] = (),
    form: Form = BOARD,
    faults: list[str] | None = None,
) -> Iterator[tuple[Path, bytes]]:
    """Draw the figures named, by default all that there are records for: paths relative to the page, and contents.

    They show the ``explainers`` named alone; without any, a few that differ in kind where there is no room for all.
    Raises RecordsError for an explainer that was not measured. ``faults``: see `veracity_bench.reports.layout.faults`.
    """
    material = of_choice(records, explainers, excerpts)
    for name in names or order.figures():
        drawn: dict[Path, bytes] = {}
        with kept(f"The figure {name}", faults):
            drawn = _drawn(name, material, form)
        yield from drawn.items()


def _drawn(name: str, material: Material, form: Form) -> dict[Path, bytes]:
    with style.styled(form.settings):
        figure = order.figures()[name].draw(material)
        if figure is None:
            return {}
        form.fit(figure)
        drawn = {_path(name, kind): style.encode(figure, kind) for kind in form.kinds}
    if form.embedded:
        return drawn
    return {path: with_dark_version(content) if path.suffix == ".svg" else content for path, content in drawn.items()}


def main(arguments: list[str] | None = None) -> None:
    """Draw the figures of a run again, for a paper: in its width, with fonts embedded."""
    known = order.figures()
    options = _parser(known).parse_args(arguments)
    if unknown := [name for name in options.figure if name not in known]:
        raise SystemExit(f"There is no figure {unknown[0]!r}; there are {', '.join(known)}.")
    try:
        check_outside(options.output)
        (records, manifest), excerpts = read_run(options.run), read_excerpts(options.run)
        kinds, background = tuple(options.kind or KINDS), BACKGROUNDS[options.background]
        form = Form(kinds, options.width, background, embedded=True, source=source(options.run, manifest))
        found = set()
        for path, content in files(records, excerpts, options.explainer, options.figure, form):
            replace(options.output / path.name, content)
            print(options.output / path.name)
            found.add(path.stem)
    except (OSError, RecordsError) as error:
        raise SystemExit(str(error)) from error
    missing = "\n".join(NO_DATA.format(name=name) for name in options.figure or known if name not in found)
    if missing and (options.figure or not found):
        raise SystemExit(missing)
    print(missing, end="\n" if missing else "", file=sys.stderr)


def _parser(known: Collection[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="veracity-bench figures", description=main.__doc__)
    parser.add_argument("run", type=Path, help="directory of a run")
    parser.add_argument("--explainer", action="append", default=[], help="explainer to show, repeatable; else a few")
    parser.add_argument("--figure", action="append", default=[], help=f"one of {', '.join(known)}; else all")
    parser.add_argument("--kind", action="append", choices=KINDS, help="kind of file, repeatable; else all")
    parser.add_argument("--width", type=inches, help="inches, or columns of a journal: one (3.5) or two (7.16)")
    parser.add_argument("--background", choices=BACKGROUNDS, default="white", help="(default: %(default)s)")
    parser.add_argument("--output", type=Path, default=Path("figures"), help="folder to write to (%(default)s)")
    return parser


def inches(text: str) -> float:
    """Read a width, in inches or as columns of a journal; raises ArgumentTypeError for one that there cannot be."""
    with suppress(ValueError):
        if text in COLUMNS or LEAST_WIDTH <= float(text) <= MOST_WIDTH:
            return COLUMNS.get(text) or float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is neither one, two nor from {LEAST_WIDTH} to {MOST_WIDTH} inches")
