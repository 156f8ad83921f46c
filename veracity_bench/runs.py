"""The commands that are pytest runs. Neither settings nor conftest of the folder that they run in reach them."""

import argparse
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from veracity_bench.locations import room
from veracity_bench.pytest_plugin import PLUGINS

INI = Path(__file__).with_name("pytest.toml")


def run(arguments: list[str]) -> int:
    """Run the benchmarks; return pytest's exit status."""
    if {"-h", "--help"} & set(arguments):
        print(_help())
        return 0
    return _pytest("run", str(room("benchmarks")), *arguments)


def explainers(arguments: list[str]) -> int:
    """List the explainers; return pytest's exit status."""
    argparse.ArgumentParser(prog="veracity-bench explainers", description="List the explainers.").parse_args(arguments)
    return _pytest("explainers", "--list-explainers")


def check(arguments: list[str]) -> int:
    """Hold explainers to the contract; return pytest's exit status. Raises UserError for names that are none."""
    parser = argparse.ArgumentParser(prog="veracity-bench check", description="Hold explainers to the contract.")
    parser.add_argument("explainer", nargs="+", help="name, glob or module:attribute, also with settings")
    parser.add_argument("--time-limit", default="120", metavar="SECONDS", help="for each check (%(default)s)")
    options = parser.parse_args(arguments)
    import_module("veracity_bench.fixtures.explanations.selection").choose_explainers(options.explainer)
    names = [part for name in options.explainer for part in ("--explainer", name)]
    return _pytest("check", str(room("conformance")), *names, "--time-limit", options.time_limit)


class Named:
    """A plugin by which pytest's errors name the command that was given."""

    def __init__(self, name: str) -> None:
        self._name = name

    def pytest_addoption(self, parser: pytest.Parser) -> None:
        """Name the program."""
        parser.prog = f"veracity-bench {self._name}"


def _pytest(name: str, *arguments: str) -> int:
    return int(pytest.main(["-c", str(INI), "--rootdir", str(Path.cwd()), *arguments], [Named(name)]))


def _help() -> str:
    """Return the help of the options that the plugins declare; pytest's own are many, and listed by pytest."""
    parser = argparse.ArgumentParser(
        prog="veracity-bench run",
        usage="veracity-bench run [options] [options of pytest]",
        description="Measure explainers. Of pytest's options, -n NUMBER or -n auto sets the number of processes.",
    )
    group = SimpleNamespace(addoption=parser.add_argument)
    for plugin in map(import_module, PLUGINS):  # here only: pytest rewrites the asserts of what it imports itself
        if hasattr(plugin, "pytest_addoption"):
            plugin.pytest_addoption(SimpleNamespace(getgroup=lambda name: group))
    return parser.format_help()
