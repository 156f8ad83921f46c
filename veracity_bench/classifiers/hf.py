"""Audio classifiers of Hugging Face's transformers, from a folder or by their id on the hub.

--classifier 'veracity_bench.classifiers.hf:load(model="path/to/folder")'
"""

import torch
from torch import Tensor, nn
from transformers import (
    ASTFeatureExtractor,
    AutoFeatureExtractor,
    AutoModelForAudioClassification,
    Wav2Vec2FeatureExtractor,
)
from transformers.utils import logging

from veracity_bench.classifiers.fbank import Fbank
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.rules import Argmax, Tag

SECONDS = 1.0  # that a network on waveforms takes, unless it is set
TINY = 1e-7


class Normalise(nn.Module):
    """Audio (n, samples) -> the same, each excerpt of mean 0 and deviation 1."""

    def forward(self, audio: Tensor) -> Tensor:
        """Return normalised audio (n, samples)."""
        variance, mean = torch.var_mean(audio, dim=1, correction=0, keepdim=True)
        normalised: Tensor = (audio - mean) / (variance + TINY).sqrt()
        return normalised


class Logits(nn.Module):
    """A model of transformers as a module whose output is a tensor: features (n, ...) -> logits (n, classes)."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, features: Tensor) -> Tensor:
        """Return the logits (n, classes)."""
        logits: Tensor = self.model(features).logits
        return logits


def load(model: str, *, seconds: float | None = None, multi_label: bool | None = None) -> Classifier:
    """Return the classifier in a folder, or of an id on the hub: a spectrogram transformer, or one on waveforms.

    model        what `save_pretrained` of both model and feature extractor has written, or an id
    seconds      how long an excerpt is: by default as long as a spectrogram transformer takes, or one second
    multi_label  whether its classes are tags, each on or off; by default what the model's configuration says

    Of several tags it decides on the first, unless another is chosen with --class. Raises ValueError for models with
    another front end, OSError for what is no model.
    """
    logging.disable_progress_bar()  # each process would show one, in the midst of the run's own
    extractor = AutoFeatureExtractor.from_pretrained(model)
    made = AutoModelForAudioClassification.from_pretrained(model).float()
    names = [made.config.id2label[number] for number in range(made.config.num_labels)]
    if multi_label is None:
        multi_label = made.config.problem_type == "multi_label_classification"
    front_end, network, longest = _parts(extractor, made)
    return Classifier(
        network=network,
        front_end=front_end,
        sample_rate=extractor.sampling_rate,
        samples=longest if seconds is None else round(seconds * extractor.sampling_rate),
        classes=names,
        rule=Tag(names[0]) if multi_label else Argmax(),
    )


def _parts(extractor: object, model: nn.Module) -> tuple[nn.Module, nn.Module, int]:
    """Return front end and network, and how many samples they take at most, or by default."""
    if isinstance(extractor, ASTFeatureExtractor):
        fbank = Fbank(extractor)
        return fbank, Logits(model), fbank.samples
    if isinstance(extractor, Wav2Vec2FeatureExtractor):  # the sound itself is what is cut into segments
        before = Normalise() if extractor.do_normalize else nn.Identity()
        return nn.Identity(), nn.Sequential(before, Logits(model)), round(SECONDS * extractor.sampling_rate)
    kind = type(extractor).__name__
    raise ValueError(f"{kind} cannot be differentiated; write a factory with such a front end in torch")
