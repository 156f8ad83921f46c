"""Train it by the recipe: `python -m examples.classifiers.train_waveform_cnn waveform_cnn.safetensors 600`."""

import sys

import numpy as np
import torch
from safetensors.torch import save_file
from torch.nn.functional import binary_cross_entropy_with_logits

from examples.classifiers.waveform_cnn import SAMPLES, network
from veracity_bench.fixtures.corpora.corpus import SYNTHETIC_SONGS, read_corpus
from veracity_bench.models.detectors.training import Recipe


def excerpts(songs, n, rng):
    """Return n random excerpts (n, 36934), and whether somebody sings in their middle (n,)."""
    drawn = []
    for audio, labels in (songs[i] for i in rng.integers(len(songs), size=n)):
        start = rng.integers(len(audio) - SAMPLES)
        drawn.append((audio[start : start + SAMPLES], labels[(start + SAMPLES // 2) // 315]))
    audio, labels = zip(*drawn, strict=True)
    return torch.from_numpy(np.stack(audio)), torch.tensor(labels, dtype=torch.float32)


torch.manual_seed(0)
path, made, recipe, rng = sys.argv[1], network(), Recipe(updates=int(sys.argv[2])), np.random.default_rng(0)
train, test = (
    [(audio := song.audio(), song.labels(len(audio))) for song in read_corpus(SYNTHETIC_SONGS).splits[split]]
    for split in ("train", "test")
)
optimizer = torch.optim.Adam(made.parameters())
for step in range(recipe.updates):
    optimizer.param_groups[0]["lr"] = recipe.rate(step)
    audio, labels = excerpts(train, recipe.batch, rng)
    loss = binary_cross_entropy_with_logits(made(audio), recipe.smoothing + (1 - 2 * recipe.smoothing) * labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
audio, labels = excerpts(test, 1024, rng)
error = ((made.eval()(audio) > 0) != labels.bool()).float().mean()
print(f"errs in {100 * error:.1f} % of 1024 test excerpts")
save_file(made.state_dict(), path)
