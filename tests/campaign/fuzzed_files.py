"""Files that come from others, mutated: each is read, or refused in one sentence that names it."""

import io
import json
import re
import shutil
import warnings
from random import Random

import numpy as np
import soundfile
import torch
from judgement import Outcome, unclear
from mutations import mutated
from toy_trainings import checkpoints

from veracity_bench.errors import UserError
from veracity_bench.fixtures.corpora.audio import read_audio
from veracity_bench.fixtures.corpora.corpus import read_corpus
from veracity_bench.fixtures.corpora.labels import read_labels
from veracity_bench.fixtures.detectors.weights import load_weights
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.detectors.checkpoint import load_checkpoint
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.manifest import MANIFEST, write_manifest
from veracity_bench.reports.measurements.records import read_run

NAME = "fuzzed files"
MEANS = (
    "Label files, file lists, recordings, records, manifests, excerpts, weights and checkpoints of mutated bytes are "
    "read, or refused in one sentence that names the file; nothing else is raised. Half of the reports are bound anew "
    "by digests."
)
SOUNDS = ("wav", "flac", "ogg", "mp3")
TEXTS = (".lab", "", ".json")
WORDS = [b"nan", b"inf", b"-1", b"1e999", b"0", b"9" * 400, b"sing", b"a.wav", b"../a.wav", b"null", b"[", b"{}", b'""']
WORDS += ["\u00e4".encode(), b"a\xcc\x88", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\t", b"\0", b"\x1b[2J", b"\n\n"]


def tries(world, seed, n):
    kinds = [*_texts(world), *_recordings(world), *_reports(world), *_tensors(world)]
    originals = {file: file.read_bytes() for file, _ in kinds}
    for number in range(n):
        rng = Random(f"{seed} fuzzed {number}")
        file, read = kinds[number % len(kinds)]
        original = originals[file]
        if file.suffix in TEXTS and rng.random() < 0.5:
            file.write_bytes(_reworded(original, rng))
        else:
            file.write_bytes(mutated(original, rng, [*originals.values()]))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                became, fault = _read(file, read, rng)
            if fault:
                shutil.copy(file, world.folder / f"fuzzed-{number}-{file.name}")
        finally:
            for one, content in originals.items():
                one.write_bytes(content)
        yield Outcome(f"{file.name}, {became}", fault)


def _reworded(content, rng):
    """Exchange one to three words of a text."""
    parts = re.split(rb"([\s,:]+)", content)
    for _ in range(rng.randint(1, 3)):
        parts[rng.randrange(len(parts))] = rng.choice(WORDS)
    return b"".join(parts)


def _read(file, read, rng):
    """Return what became of a file, and what is wrong with that."""
    try:
        read(file, rng)
    except UserError as error:
        return "refused", unclear(str(error), file.name, file.parent)
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"
    return "read", ""


def _texts(world):
    corpus = shutil.copytree(world.corpus, world.fresh("fuzzed-songs"))
    yield corpus / "labels" / "a.lab", lambda file, rng: read_labels(file)
    yield corpus / "filelists" / "test", lambda file, rng: read_corpus(corpus)


def _recordings(world):
    folder = world.fresh("fuzzed-sounds")
    folder.mkdir()
    for kind in SOUNDS:
        sink = io.BytesIO()
        noise = np.random.default_rng(0).uniform(-0.5, 0.5, (3000, 2))
        soundfile.write(sink, noise, 22050, format=kind)
        (folder / f"song.{kind}").write_bytes(sink.getvalue())
        yield folder / f"song.{kind}", lambda file, rng: read_audio(file)


def _reports(world):
    report = shutil.copytree(world.undisturbed / "report", world.fresh("fuzzed-report"))
    manifest = read_run(report)[1]

    def read(file, rng):
        found = _parsed(file) if file.name == MANIFEST else manifest
        if found and rng.random() < 0.5:
            write_manifest(report, found)
        return read_run(report), read_excerpts(report)

    for name in ("records.parquet", MANIFEST, "excerpts.npz"):
        yield report / name, read


def _parsed(file):
    """Return the mapping that a mutated manifest holds, if any."""
    try:
        found = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _tensors(world):
    folder = shutil.copytree(world.interrupted, world.fresh("fuzzed-tensors"))
    trained = next(world.undisturbed.glob("cache/detectors/*/weights.safetensors"))
    shutil.copy(trained, folder)
    yield folder / trained.name, lambda file, rng: load_weights(file, torch.device("cpu"), "toys:layered")
    module = build_detector("toys:Small", 0)
    optimizer = torch.optim.Adam(module.parameters())
    yield checkpoints(folder)[0], lambda file, rng: load_checkpoint(file, module, optimizer)
