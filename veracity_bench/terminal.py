"""The terminal that a run is shown on: what is wider than it is broken between words, not wherever the line ends."""

import textwrap

import pytest


def terminal_width(config: pytest.Config) -> int | None:
    """Return the number of columns; None where the output is no terminal, as a log keeps long lines."""
    reporter: pytest.TerminalReporter | None = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not reporter.isatty:
        return None
    return config.get_terminal_writer().fullwidth


def wrapped(line: str, width: int | None) -> str:
    """Break a line where it is too wide; what follows is indented a little further. Paths and names stay whole."""
    if width is None or len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
