"""Explainers that lie, flood, kill, and fail in odd ways. What is not worth a failure is answered by `plain`."""

import ctypes
import json
import os
import signal
import struct
import sys
import threading
import time
from pathlib import Path

import numpy as np


def plain(instance, rng):
    """Explain nothing, honestly."""
    return np.arange(float(instance.n_segments))


def kills_parent(instance, rng):
    os.kill(os.getppid(), signal.SIGKILL)
    return plain(instance, rng)


def interrupts_group(instance, rng):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.killpg(0, signal.SIGINT)
    return plain(instance, rng)


def is_killed(instance, rng):
    os.kill(os.getpid(), signal.SIGKILL)


def stops(instance, rng):
    os.kill(os.getpid(), signal.SIGSTOP)


def crashes(instance, rng):
    ctypes.string_at(0)


def aborts(instance, rng):
    os.abort()


def ignores_all_signals(instance, rng):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def forks(instance, rng):
    """Leave children behind, as a small bomb."""
    for _ in range(50):
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
            os._exit(0)
    return plain(instance, rng)


def keeps_threads(instance, rng):
    threading.Thread(target=time.sleep, args=(600,)).start()
    return plain(instance, rng)


def closes_pipes(instance, rng):
    os.closerange(0, 4096)
    return plain(instance, rng)


def forges(instance, rng):
    """Write an answer of one's own, with other numbers, to whatever leads out."""
    header = json.dumps({"number": 3, "passes": 0}).encode()
    payload = np.full(instance.n_segments, 7.0).tobytes()
    return _write(struct.pack(">II", len(header), len(payload)) + header + payload, instance, rng)


def forges_lengths(instance, rng):
    return _write(struct.pack(">II", 2**32 - 1, 2**32 - 1), instance, rng)


def nests(instance, rng):
    header = b'{"number":' + b"[" * 60_000
    return _write(struct.pack(">II", len(header), 0) + header, instance, rng)


def _write(frame, instance, rng):
    for descriptor in map(int, os.listdir("/proc/self/fd")):
        try:
            if "pipe" in os.readlink(f"/proc/self/fd/{descriptor}"):
                os.write(descriptor, frame)
        except OSError:
            continue
    return plain(instance, rng)


def big_message(instance, rng):
    raise ValueError("z" * 50_000_000)


def markup(instance, rng):
    raise ValueError(
        "<script>alert(1)</script> | `a` [x](javascript:alert(3)) \x1b[31m\x1b]0;mine\x07 \u202e $\\input{x}$"
    )


class ReducingError(Exception):
    """Runs code where it is unpickled."""

    def __reduce__(self):
        return os._exit, (0,)


def reduces(instance, rng):
    raise ReducingError("no")


class WordlessError(Exception):
    """Has no message that could be shown."""

    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def is_wordless(instance, rng):
    raise WordlessError


class Named(str):
    """Text that is not what it shows."""

    __slots__ = ()

    def __str__(self):
        return "oracle"

    def __reduce__(self):
        return os._exit, (0,)


def odd_text(instance, rng):
    raise ValueError(Named("x"))


class Lying(np.ndarray):
    """Weights that are other ones when they are looked at again."""

    def __array__(self, *arguments, **options):
        return np.random.default_rng().normal(size=20)

    def __reduce__(self):
        return os._exit, (0,)


def lies(instance, rng):
    return plain(instance, rng).view(Lying)


def endless(instance, rng):
    class Endless:
        def __len__(self):
            return instance.n_segments

        def __getitem__(self, index):
            return 1.0

    return Endless()


def huge(instance, rng):
    return np.zeros(2**26)


def infinite(instance, rng):
    return np.full(instance.n_segments, np.inf)


def tiny_differences(instance, rng):
    """Subnormal numbers, which some arithmetic takes for equal; their order is that of `plain`."""
    return np.arange(instance.n_segments) * 5e-324


def patches(instance, rng):
    """Let the program that it runs in believe anything."""
    for module in list(sys.modules.values()):
        for name in ("checked_weights", "plain", "Message"):
            if getattr(module, "__name__", "").startswith("veracity_bench") and hasattr(module, name):
                setattr(module, name, lambda *_, **__: np.full(3, np.nan))
    return plain(instance, rng)


def recurses(instance, rng):
    sys.setrecursionlimit(10**8)

    def deeper(n):
        return deeper(n + 1)

    return deeper(0)


def fills_its_folder(instance, rng):
    """Write much, or until nothing more goes."""
    for folder in (".", os.environ["TMPDIR"], os.environ["HOME"]):
        try:
            with open(Path(folder, "filled"), "wb") as file:
                for _ in range(64):
                    file.write(bytes(2**20))
        except OSError:
            continue
    return plain(instance, rng)


def takes_descriptors(instance, rng):
    try:
        while True:
            os.open(os.devnull, os.O_RDONLY)
    except OSError:
        return plain(instance, rng)


NAMES = "kills_parent interrupts_group is_killed stops crashes aborts ignores_all_signals forks keeps_threads"
NAMES += " closes_pipes forges forges_lengths nests big_message markup reduces is_wordless odd_text lies endless huge"
NAMES += " infinite tiny_differences patches recurses fills_its_folder takes_descriptors"
