"""Toy trainings of a detector, with a checkpoint every other update, in processes of their own."""

import time
from pathlib import Path

import torch
from forked import fork

from veracity_bench.fixtures.corpora.corpus import read_corpus
from veracity_bench.fixtures.detectors.trained import train_detector
from veracity_bench.fixtures.store import Store
from veracity_bench.models.detectors import training

DETECTOR = "toys:Small"


def start_training(corpus, out):
    return fork(out, _train, str(corpus), str(out / "cache"))


def weights(out):
    """Return the bytes of the trained weights, None where there are none."""
    found = [*out.glob("cache/detectors/*/weights.safetensors")]
    return found[0].read_bytes() if found else None


def checkpoints(out):
    return [*out.glob("cache/detectors/*.scratch/checkpoint.safetensors")]


def interrupted_training(corpus, out):
    """Leave a training that was killed after its first checkpoint."""
    run = start_training(corpus, out)
    while not checkpoints(out) and run.process.exitcode is None:
        time.sleep(0.01)
    run.process.kill()
    run.wait()


def _train(corpus, cache):
    training.CHECKPOINT_EVERY = 2
    recipe = training.Recipe(updates=24, epochs=4, batch=8, learning_rate=0.01)
    train_detector(read_corpus(Path(corpus)), DETECTOR, recipe, Store(Path(cache)), torch.device("cpu"))
