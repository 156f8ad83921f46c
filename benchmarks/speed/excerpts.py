"""The excerpts of the measurement: random places in test songs, one song after another."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from veracity_bench.fixtures.corpora.corpus import Corpus
from veracity_bench.fixtures.corpora.features import read_song
from veracity_bench.fixtures.seeds import generator
from veracity_bench.models.audio.log_mel import EXCERPT_FRAMES, LogMel


def excerpts(corpus: Corpus, n: int) -> Iterator[NDArray[np.float32]]:
    """Yield n log-mel excerpts (115, 80), the same ones every time."""
    songs = corpus.splits["test"]
    for i in range(n):
        song = songs[i % len(songs)]
        log_mel = LogMel().log_mel(read_song(song)[0]).numpy()
        start = generator("speed", song.name, i).integers(len(log_mel) - EXCERPT_FRAMES + 1)
        yield log_mel[start : start + EXCERPT_FRAMES].copy()
