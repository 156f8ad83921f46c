import pytest
import torch
from torch import nn

import veracity_bench.models.detectors.fully_convolutional
from veracity_bench.models.audio.log_mel import CONTEXT, excerpts, pad_context
from veracity_bench.models.detectors.build import BUILT_IN, build_detector
from veracity_bench.models.detectors.fully_convolutional import FullyConvolutional, song_logits

BLOCK = 16


@pytest.fixture(scope="module", params=sorted(BUILT_IN))
def lively(request):
    """A built-in detector with batch-norm statistics and band statistics that matter."""
    network = build_detector(request.param, seed=1).eval()
    rng = torch.Generator().manual_seed(2)
    for layer in network.modules():
        if isinstance(layer, nn.BatchNorm1d | nn.BatchNorm2d):
            for tensor, low, high in (
                (layer.running_mean, -0.5, 0.5),
                (layer.running_var, 0.3, 2.0),
                (layer.weight.data, 0.5, 1.5),
                (layer.bias.data, -0.5, 0.5),
            ):
                tensor.copy_(low + (high - low) * torch.rand(tensor.shape, generator=rng))
    network.norm.mean.copy_(-4 + torch.rand(80, generator=rng))
    network.norm.std.copy_(1 + torch.rand(80, generator=rng))
    return network


def song(frames):
    return 2 * torch.randn(frames, 80, generator=torch.Generator().manual_seed(frames)) - 4


def one_by_one(network, log_mel):
    with torch.no_grad():
        return torch.cat([network(batch) for batch in torch.split(excerpts(pad_context(log_mel)), 16)])


@pytest.mark.parametrize("frames", [1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5])
def test_every_frame_equals_its_excerpt(lively, monkeypatch, frames):
    monkeypatch.setattr(veracity_bench.models.detectors.fully_convolutional, "BLOCK", BLOCK)
    logits = song_logits(lively, song(frames))
    expected = one_by_one(lively, song(frames))
    assert logits.shape == (frames,)
    assert frames == 1 or expected.max() - expected.min() > 0.01, "the detector says the same of everything"
    torch.testing.assert_close(logits, expected, rtol=0, atol=1e-4)


def test_the_block_changes_nothing(lively, monkeypatch):
    whole = song_logits(lively, song(40))
    monkeypatch.setattr(veracity_bench.models.detectors.fully_convolutional, "BLOCK", 7)
    torch.testing.assert_close(song_logits(lively, song(40)), whole, rtol=0, atol=1e-4)


def test_a_module_of_someone_else_gives_the_same(lively):
    class Wrapped(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = lively

        def forward(self, x):
            return self.inner(x)

    torch.testing.assert_close(song_logits(Wrapped(), song(70)), song_logits(lively, song(70)), rtol=0, atol=1e-4)


def test_a_sequence_of_the_same_layers_gives_the_same(lively):
    sequence = nn.Sequential(nn.Unflatten(1, (1, 115)), lively.trunk, lively.head, nn.Flatten(0)).eval()
    log_mel = song(5)
    network = FullyConvolutional(sequence)
    inside = network(pad_context(log_mel)[None])[0]
    torch.testing.assert_close(inside, sequence(excerpts(pad_context(log_mel))), rtol=0, atol=1e-4)


class Clamped(nn.MaxPool2d):
    def forward(self, x):
        return super().forward(x).clamp(-0.1, 0.1)


@pytest.mark.parametrize(
    "layer",
    [
        nn.MaxPool2d(3, padding=(0, 1)),
        nn.MaxPool2d(3, 2, padding=1),
        nn.MaxPool2d(2, dilation=(3, 1)),
        nn.MaxPool2d(2, ceil_mode=True),
        nn.MaxPool2d((2,)),
        nn.AvgPool2d(2),
        Clamped(2),
        nn.Conv2d(1, 2, 3, padding=1),
        nn.Conv2d(1, 2, 3, stride=2),
        nn.Conv2d(1, 2, 3, dilation=2),
    ],
    ids=str,
)
def test_whatever_the_layer_every_frame_equals_its_excerpt(layer):
    """Most of these have no fully convolutional form, and are run excerpt by excerpt."""
    torch.manual_seed(0)
    trunk = nn.Sequential(nn.Unflatten(1, (1, 115)), layer, nn.Flatten())
    features = trunk(torch.zeros(1, 115, 80)).shape[1]
    norm = nn.BatchNorm1d(8, affine=False)
    head = nn.Sequential(nn.Linear(features, 8), nn.ReLU(), norm, nn.Linear(8, 1), nn.Flatten(0))
    detector = nn.Sequential(trunk, head).eval()
    log_mel = song(7)
    torch.testing.assert_close(
        song_logits(detector, log_mel), detector(excerpts(pad_context(log_mel))), rtol=0, atol=1e-4
    )


def test_dense_layers_alone_give_the_same():
    detector = nn.Sequential(nn.Flatten(), nn.Linear(115 * 80, 1), nn.Flatten(0)).eval()
    log_mel = song(3)
    torch.testing.assert_close(song_logits(detector, log_mel), detector(excerpts(pad_context(log_mel))))


def test_a_batch_of_songs_keeps_its_order(lively):
    padded = torch.stack([pad_context(song(6)), pad_context(song(6).flip(0))])
    with torch.no_grad():
        logits = FullyConvolutional(lively)(padded)
    assert logits.shape == (2, 6)
    torch.testing.assert_close(logits[1], one_by_one(lively, song(6).flip(0)), rtol=0, atol=1e-4)


def test_borders_see_silence(lively):
    silence = pad_context(torch.empty(0, 80))[:CONTEXT]
    inside = song_logits(lively, torch.cat([silence, song(10), silence]))[CONTEXT:-CONTEXT]
    torch.testing.assert_close(song_logits(lively, song(10)), inside, rtol=0, atol=1e-4)


def test_the_detector_is_left_as_it_was(lively):
    before = {name: tensor.clone() for name, tensor in lively.state_dict().items()}
    song_logits(lively, song(3))
    assert all(torch.equal(before[name], tensor) for name, tensor in lively.state_dict().items())
    assert isinstance(lively.head[0], nn.Flatten)


def test_a_layer_without_such_a_form_is_named(lively):
    strange = build_detector("cnn-2015").eval()
    strange.trunk.append(nn.Conv2d(64, 64, 2, dilation=2))
    with pytest.raises(TypeError, match="no fully convolutional form of Conv2d"):
        FullyConvolutional(strange)
