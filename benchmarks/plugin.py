"""The pytest plugin: benchmarks are imported as modules of the package, wherever the session runs.

By itself pytest would import them as `benchmarks.test_x` where they lie in the repository, and so take that name from a
package of the user's own.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent.resolve()
BESIDE = ("studied_cases", "rankings", "planted_segments", "flipping_sets")
pytest_plugins = [f"veracity_bench.benchmarks.{name}" for name in BESIDE]


class Benchmark(pytest.Module):
    """A module of this folder."""

    def _getobj(self) -> ModuleType:  # where pytest imports the module
        return import_module(f"{__package__}.{self.path.stem}")


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect this folder without importing its `__init__.py`."""
    return pytest.Dir.from_parent(parent, path=path) if path.resolve() == HERE else None


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> Benchmark | None:
    """Collect its modules."""
    return Benchmark.from_parent(parent, path=module_path) if module_path.resolve().parent == HERE else None
