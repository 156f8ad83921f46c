"""Registers the project's two pytest plugins, nothing else."""

pytest_plugins = ["fixtures.plugin", "reports.plugin"]
