"""The figures of the board: drawn from the records, beside the page that links them."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from reports import agreement_figure, budget_figure, style

FIGURES = {"budget": budget_figure.draw, "agreement": agreement_figure.draw}
KINDS = ("svg", "png")
PATHS = [Path("figures", f"{name}.{kind}") for name in FIGURES for kind in KINDS]


def files(records: pd.DataFrame) -> Iterator[tuple[Path, bytes]]:
    """Draw what there are records for: paths relative to the page, and contents."""
    with style.styled():
        for name, draw in FIGURES.items():
            figure = draw(records)
            if figure is not None:
                yield from ((Path("figures", f"{name}.{kind}"), style.encode(figure, kind)) for kind in KINDS)
