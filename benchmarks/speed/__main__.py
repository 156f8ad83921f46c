"""How long does it take to explain one excerpt: by sampling, in several libraries, and by the exact table here?

Prints a table and writes what it was made from as JSON. Everything runs on the CPU, on the detector and the synthetic
songs that come with the project, one way after another on the same excerpt. It takes about nine minutes on two cores;
let nothing else run meanwhile.
"""

import argparse
import json
import os
import warnings
from pathlib import Path

import torch

from veracity_bench.benchmarks.speed.excerpts import excerpts
from veracity_bench.benchmarks.speed.measure import measure
from veracity_bench.benchmarks.speed.render import render
from veracity_bench.fixtures.corpora.corpus import SYNTHETIC_SONGS, read_corpus
from veracity_bench.fixtures.detectors.weights import load_weights, shipped_weights
from veracity_bench.models.games.segments import PAPER_GRID

DETECTOR = "cnn-2015"
OUTPUT = Path("reports/latest/speed.json")


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table and write the JSON."""
    options = _parser().parse_args(arguments)
    torch.set_num_threads(options.threads)
    detector = load_weights(shipped_weights(DETECTOR), torch.device("cpu")).module
    inputs = list(excerpts(read_corpus(SYNTHETIC_SONGS), options.repetitions))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries; what fails raises
        report = measure(detector, PAPER_GRID, inputs, options.samples)
    report["settings"] = {"detector": DETECTOR, "corpus": "synthetic songs"} | report["settings"]
    print(render(report), end="")
    _write(options.output, json.dumps(report, indent=2) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("veracity-bench speed", description=__doc__.partition("\n")[0])
    parser.add_argument("--samples", type=_positive, default=8192, help="per explanation (%(default)s)")
    parser.add_argument("--repetitions", type=_positive, default=3, help="each on another excerpt (%(default)s)")
    parser.add_argument("--threads", type=_positive, default=os.cpu_count() or 1, help="of torch (%(default)s)")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the JSON file (%(default)s)")
    return parser


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return number


def _write(path: Path, text: str) -> None:
    """Write a file at once or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
