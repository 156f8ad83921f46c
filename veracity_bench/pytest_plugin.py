"""What pytest loads wherever the package is installed: nothing, unless benchmarks are to be run.

Other projects in the same environment see no option, no hook and no slow import. In the repository its conftest.py
registers the same plugins for every session.
"""

import pytest

from veracity_bench.locations import PACKAGE, lie_in

PLUGINS = tuple(f"veracity_bench.{room}.plugin" for room in ("benchmarks", "fixtures", "reports"))
ROOMS = ("benchmarks", "conformance")


def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Register the plugins of the benchmark where its tests, or its list of explainers, are what the session is for."""
    if not _concerns(early_config, args):
        return
    # Without it pytest would put the parent folders of the rooms first on sys.path, before the user's own packages.
    args.insert(0, "--import-mode=importlib")
    for plugin in PLUGINS:
        early_config.pluginmanager.import_plugin(plugin)


def _concerns(config: pytest.Config, args: list[str]) -> bool:
    if "--list-explainers" in args or PACKAGE in args:
        return True
    return any(lie_in(args, name, config.invocation_params.dir) for name in ROOMS)
