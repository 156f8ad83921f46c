"""Registers the project's two pytest plugins, nothing else."""

pytest_plugins = ["veracity_bench.fixtures.plugin", "veracity_bench.reports.plugin"]
