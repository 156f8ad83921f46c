"""A project whose packages have the names of our rooms runs from its own root: nothing of ours is in their way."""

import os
import subprocess
import sys

import pytest

from veracity_bench.reports.measurements.records import read_run

DETECTOR = """
import torch
from models.layers import scale
from torch import nn

def make():
    heard = torch.zeros(115, 80)
    heard[46:69, 20:60] = scale() / (23 * 40)
    dense = nn.Linear(115 * 80, 1)
    dense.load_state_dict({"weight": heard.reshape(1, -1), "bias": torch.tensor([4.2 * scale()])})
    return nn.Sequential(nn.Unflatten(1, (1, 115)), nn.Flatten(), dense, nn.Flatten(0))
"""
EXPLAINER = """
import fixtures.numbers

def {name}(instance, rng):
    "Loudness of each segment."
    return fixtures.numbers.FACTOR * instance.sums(instance.spectrogram - instance.baseline)
"""
FILES = {
    "models/__init__.py": "",
    "models/layers.py": "def scale():\n    return 8\n",
    "models/cnn.py": DETECTOR,
    "fixtures/__init__.py": "",
    "fixtures/numbers.py": "FACTOR = 2\n",
    "reports/__init__.py": "",
    "reports/loudness.py": EXPLAINER.format(name="reported"),
    "benchmarks/__init__.py": "",
    "benchmarks/loudness.py": EXPLAINER.format(name="named"),
    "conftest.py": "raise RuntimeError('this conftest is not for the benchmark')\n",
    "site/mine-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: mine\nVersion: 1\n",
    "site/mine-1.dist-info/entry_points.txt": "[veracity_bench.explainers]\nloudness = reports.loudness:reported\n",
}
TINY = ["--updates", "0", "--songs", "1", "--cases", "1", "--attempts", "2", "--iterations", "60", "--samples", "32"]
FEW = ["--attack", "waveform", "-k", "flip_at_k or test_detector"]
CHOSEN = [*FEW, "--detector", "models.cnn:make", "--explainer", "loudness", "--explainer", "benchmarks.loudness:named"]


@pytest.fixture
def project(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_it_runs_from_its_root_by_name_and_by_entry_point(project, shared_corpus_folder):
    command = [sys.executable, "-m", "veracity_bench", "run", "-n", "1", "--corpus", shared_corpus_folder]
    environment = os.environ | {"PYTHONPATH": str(project / "site"), "OMP_NUM_THREADS": "1"}
    finished = subprocess.run(
        [*map(str, command), *TINY, *CHOSEN], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    records, manifest = read_run(project / "reports" / "latest")
    assert {"loudness", "benchmarks.loudness:named"} <= set(records["explainer"])
    assert not (records["metric"] == "failed").any()
    assert manifest["detector"]["coalitions"] == "tables of segment patterns"
    assert (project / ".cache" / "cases").is_dir()
