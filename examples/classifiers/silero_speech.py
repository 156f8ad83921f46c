"""Is there speech in half a second of sound? The network of `pip install silero-vad`; its weights come in the wheel."""

from importlib.metadata import distribution  # importing silero_vad itself sets torch's threads

import torch
from torch import Tensor, nn
from torch.nn.functional import logsigmoid, pad

from veracity_bench import Classifier


class Network(nn.Module):
    """Audio (n, samples) -> logits (n,): the log-odds of the mean probability of all chunks."""

    def __init__(self) -> None:
        super().__init__()
        self.stft_conv = nn.Conv1d(1, 258, 256, stride=128, bias=False)
        for i, (inputs, outputs, stride) in enumerate([(129, 128, 1), (128, 64, 2), (64, 64, 2), (64, 128, 1)], 1):
            self.add_module(f"conv{i}", nn.Conv1d(inputs, outputs, 3, stride, padding=1))
        self.lstm_cell, self.final_conv = nn.LSTMCell(128, 128), nn.Conv1d(128, 1, 1)
        script = torch.jit.load(distribution("silero-vad").locate_file("silero_vad/data/silero_vad.jit"))
        weights = [tensor for name, tensor in script.state_dict().items() if name.startswith("_model.")]  # of 16 kHz
        self.load_state_dict(dict(zip(self.state_dict(), weights, strict=True)))

    def forward(self, audio: Tensor) -> Tensor:
        chunks = pad(audio, (64, 0)).unfold(1, 64 + 512, 512)  # each with the 64 samples before it
        x = self.stft_conv(pad(chunks.flatten(0, 1), (0, 64), "reflect")[:, None])
        x = x.unflatten(1, (2, 129)).square().sum(1).clamp_min(1e-20).sqrt()  # the root of 0 has no gradient
        for layer in (self.conv1, self.conv2, self.conv3, self.conv4):
            x = layer(x).relu()
        states = [(x.new_zeros(len(audio), 128),) * 2]
        for chunk in x.unflatten(0, chunks.shape[:2]).squeeze(-1).unbind(1):
            states.append(self.lstm_cell(chunk, states[-1]))
        z = self.final_conv(torch.stack([hidden for hidden, _ in states[1:]], -1).relu())[:, 0]
        return logsigmoid(z).logsumexp(1) - logsigmoid(-z).logsumexp(1)


def load() -> Classifier:
    return Classifier(network=Network(), sample_rate=16000, samples=8192, classes=("no speech", "speech"))
