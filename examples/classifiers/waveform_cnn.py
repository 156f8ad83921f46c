"""Does somebody sing in 1.7 s of sound? A network on samples, without a spectrogram; train_waveform_cnn.py trains it.

veracity-bench run --classifier 'examples.classifiers.waveform_cnn:load(weights="waveform_cnn.safetensors")'
"""

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from veracity_bench import Classifier

SAMPLES = 36934  # at 22,050 Hz: what the built-in front end makes 115 frames of


class LogEnergy(nn.Module):
    """Outputs of filters (n, filters, time) -> the logarithm of their energy, half as often."""

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.avg_pool1d(x.square(), 2).add(1e-5).log()


def block(inputs: int, outputs: int) -> list[nn.Module]:
    """Return a convolution, normalised, of which the largest of each four outputs in time is kept."""
    return [nn.Conv1d(inputs, outputs, 5, padding=2), nn.BatchNorm1d(outputs), nn.ReLU(), nn.MaxPool1d(4)]


def network() -> nn.Sequential:
    """Return audio (n, 36934) -> logits (n,), larger = "sing"; its filters begin as sines from 80 to 8000 Hz."""
    filters = nn.Conv1d(1, 64, 512, stride=128, bias=False)
    hertz, seconds = torch.logspace(1.9, 3.9, 64)[:, None], torch.arange(512) / 22050
    filters.weight.data[:, 0] = torch.hann_window(512) * torch.sin(2 * torch.pi * hertz * seconds)
    body = nn.BatchNorm1d(64), *block(64, 64), *block(64, 64)
    head = nn.Flatten(), nn.Dropout(0.5), nn.Linear(64 * 8, 1), nn.Flatten(0)
    return nn.Sequential(nn.Unflatten(1, (1, SAMPLES)), filters, LogEnergy(), *body, *head)


def load(weights: str) -> Classifier:
    made = network()
    made.load_state_dict(load_file(weights))
    return Classifier(network=made, sample_rate=22050, samples=SAMPLES, classes=("nosing", "sing"))
