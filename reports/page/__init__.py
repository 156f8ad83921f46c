"""The page: the board's table and figures, and its excerpts to look at and listen to, in one HTML file.

It needs no server and no network, and its content security policy forbids both. ``veracity-bench page`` renders it
again from a run's directory.
"""

from veracity_bench.reports.page.render import render, write

__all__ = ["render", "write"]
