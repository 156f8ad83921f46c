"""Sessions of other projects, in an environment where the package is installed, are left alone."""

import subprocess
import sys

TEST = """
import sys

def test_it(pytestconfig):
    assert "torch" not in sys.modules
    assert "veracity_bench.fixtures" not in sys.modules
    assert not hasattr(pytestconfig.option, "corpus")
"""


def pytest_in(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_no_option_no_hook_and_no_slow_import(tmp_path):
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "benchmarks" / "test_mine.py").write_text(TEST)
    finished = pytest_in(tmp_path, "benchmarks")
    assert finished.returncode == 0, finished.stdout
    assert "veracity bench" not in pytest_in(tmp_path, "--help").stdout


def test_the_options_are_there_where_benchmarks_are_asked_for(tmp_path):
    assert "--corpus" in pytest_in(tmp_path, "--pyargs", "veracity_bench.benchmarks", "--help").stdout
