"""What could not be rendered, as sentences: one section or figure less is no reason to lose the others."""

from collections.abc import Iterator
from contextlib import contextmanager

from veracity_bench.reports.measurements.errors import one_line


@contextmanager
def kept(what: str, faults: list[str] | None) -> Iterator[None]:
    """Keep the fault of what is rendered here as a sentence in ``faults``; where that is None it is raised.

    A disk that is full is no such fault: it is raised in any case.
    """
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        if faults is None:
            raise
        faults.append(f"{what} could not be rendered: {one_line(f'{type(error).__name__}: {error}')}.")
