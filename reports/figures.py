"""The figures of the board: drawn from the records, beside the page that links them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from reports import agreement_figure, budget_figure, style, texts

FIGURES = {"budget": budget_figure.draw, "agreement": agreement_figure.draw}
SHOWS = {"budget": texts.BUDGET_FIGURE, "agreement": texts.AGREEMENT_FIGURE}  # to those who cannot see them
KINDS = ("svg", "png")
PATHS = [Path("figures", f"{name}.{kind}") for name in FIGURES for kind in KINDS]


def files(records: pd.DataFrame, kinds: Sequence[str] = KINDS) -> Iterator[tuple[Path, bytes]]:
    """Draw what there are records for: paths relative to the page, and contents."""
    with style.styled():
        for name, draw in FIGURES.items():
            figure = draw(records)
            if figure is not None:
                yield from ((Path("figures", f"{name}.{kind}"), style.encode(figure, kind)) for kind in kinds)
