"""Registers the project's pytest plugins, nothing else."""

from veracity_bench.pytest_plugin import PLUGINS

pytest_plugins = list(PLUGINS)
