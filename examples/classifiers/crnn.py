"""A recurrent network behind the built-in front end, to be trained: `--detector examples.classifiers.crnn:make`."""

from torch import Tensor, nn

from veracity_bench.models.detectors.networks import BandNorm


def block(inputs: int, outputs: int) -> list[nn.Module]:
    """Return a convolution, normalised, of which the largest of each four bands is kept, at every frame."""
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    return [convolution, nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d((1, 4))]


class Crnn(nn.Module):
    """Log-mel (n, 115, 80) -> logits (n,), larger = "sing": convolutions, a memory in both directions, its mean."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = BandNorm()  # of the training songs, once training begins
        self.convolutions = nn.Sequential(*block(1, 16), *block(16, 32))
        self.memory = nn.GRU(32 * 5, 32, batch_first=True, bidirectional=True)
        self.logit = nn.Sequential(nn.Dropout(0.5), nn.Linear(64, 1), nn.Flatten(0))

    def forward(self, log_mel: Tensor) -> Tensor:
        maps = self.convolutions(self.norm(log_mel))
        states, _ = self.memory(maps.transpose(1, 2).flatten(2))
        logits: Tensor = self.logit(states.mean(dim=1))
        return logits


def make() -> Crnn:
    return Crnn()
