"""Facts about a run, however nested, as a table."""

from collections.abc import Iterator, Mapping

from veracity_bench.reports.layout.markdown import plain, table


def facts(section: object) -> str:
    """Show a part of the manifest as a table of names and values."""
    return table(
        ["name", "value"], [[plain(name), plain(value)] for name, value in _flatten("", section)], texts=(0, 1)
    )


def _flatten(prefix: str, section: object) -> Iterator[tuple[str, str]]:
    if isinstance(section, Mapping):
        for name, value in section.items():
            yield from _flatten(f"{prefix}.{name}" if prefix else str(name), value)
    elif isinstance(section, list | tuple):
        yield prefix, ", ".join(map(str, section))
    else:
        yield prefix, str(section)
