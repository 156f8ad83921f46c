"""Models of transformers, with random weights, as classifiers."""

import numpy as np
import pytest
import torch

from veracity_bench import SYNTHETIC_SONGS, Argmax, Tag, read_audio
from veracity_bench.fixtures.detectors.classifier_probe import probe_classifier
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.named_classifier import NamedClassifier

transformers = pytest.importorskip("transformers", reason="transformers comes with veracity-bench[hf]")
pytestmark = pytest.mark.filterwarnings("ignore")  # of other people's code

NAMES = {0: "Speech", 1: "Singing", 2: "Drums"}
SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}


@pytest.fixture(scope="module")
def song():
    return read_audio(sorted((SYNTHETIC_SONGS / "audio").iterdir())[0], 16000)


def saved(folder, model, extractor):
    model.save_pretrained(folder)
    extractor.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def ast(tmp_path_factory):
    """A small spectrogram transformer with tags, on half a second."""
    torch.manual_seed(0)
    config = transformers.ASTConfig(
        **SIZES, max_length=48, num_mel_bins=32, id2label=NAMES, problem_type="multi_label_classification"
    )
    extractor = transformers.ASTFeatureExtractor(max_length=48, num_mel_bins=32, mean=-5.0, std=3.0)
    return saved(tmp_path_factory.mktemp("ast"), transformers.ASTForAudioClassification(config), extractor)


@pytest.fixture(scope="module")
def wav2vec2(tmp_path_factory):
    """A small wav2vec2 with classes that exclude each other."""
    torch.manual_seed(0)
    convolutions = {"conv_dim": (8, 8, 8), "conv_stride": (5, 4, 4), "conv_kernel": (10, 8, 4)}
    config = transformers.Wav2Vec2Config(
        **SIZES, **convolutions, num_conv_pos_embeddings=4, num_conv_pos_embedding_groups=2, id2label=NAMES
    )
    model = transformers.Wav2Vec2ForSequenceClassification(config)
    return saved(tmp_path_factory.mktemp("wav2vec2"), model, transformers.Wav2Vec2FeatureExtractor())


def named(folder, settings="", tag=""):
    return NamedClassifier(f"veracity_bench.classifiers.hf:load(model={str(folder)!r}{settings})", tag)


def excerpts(song, classifier):
    """An excerpt of music, the same a thousand times quieter, and silence."""
    loud = song[16000:][: classifier.samples]
    return np.stack([loud, loud / 1000, 0 * loud])


def test_the_front_end_of_spectrogram_transformers_is_the_extractors(ast, song):
    classifier = named(ast).build()
    audio = excerpts(song, classifier)
    due = transformers.AutoFeatureExtractor.from_pretrained(ast)([*audio], sampling_rate=16000)["input_values"]
    assert classifier.front_end(torch.from_numpy(audio)).numpy() == pytest.approx(np.stack(due), abs=1e-3)
    assert classifier.shape == (48, 32)
    assert classifier.has_magnitude


def test_what_is_shorter_is_filled_up_as_the_extractor_does(ast, song):
    classifier = named(ast, ", seconds=0.25").build()
    audio = excerpts(song, classifier)
    due = transformers.AutoFeatureExtractor.from_pretrained(ast)([*audio], sampling_rate=16000)["input_values"]
    assert audio.shape == (3, 4000)
    assert classifier.front_end(torch.from_numpy(audio)).numpy() == pytest.approx(np.stack(due), abs=1e-3)


@pytest.mark.parametrize("kind", ["ast", "wav2vec2"])
def test_logits_are_those_of_the_model_behind_its_extractor(kind, song, request):
    folder = request.getfixturevalue(kind)
    classifier = named(folder).build()
    audio = excerpts(song, classifier)
    extractor = transformers.AutoFeatureExtractor.from_pretrained(folder)
    features = extractor([*audio], sampling_rate=16000, return_tensors="pt")
    with torch.no_grad():
        due = transformers.AutoModelForAudioClassification.from_pretrained(folder)(**features).logits
        found = classifier.network(classifier.front_end(torch.from_numpy(audio)))
    assert torch.allclose(found, due, atol=1e-4)
    assert list(classifier.classes) == ["Speech", "Singing", "Drums"]


@pytest.mark.parametrize("kind", ["ast", "wav2vec2"])
def test_they_hold_what_a_classifier_must(kind, request):
    probe_classifier(kind, named(request.getfixturevalue(kind)).build())


def test_the_rule_follows_the_configuration_unless_it_is_given(ast, wav2vec2):
    assert named(ast).build().rule == Tag("Speech")
    assert named(ast, tag="Singing").build().rule == Tag("Singing")
    assert named(wav2vec2).build().rule == Argmax()
    assert named(wav2vec2, ", multi_label=True", "Drums").build().rule == Tag("Drums")


def test_another_front_end_and_a_missing_folder_are_sentences(tmp_path):
    transformers.WhisperFeatureExtractor().save_pretrained(tmp_path)
    config = transformers.WhisperConfig(d_model=8, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2)
    transformers.WhisperForAudioClassification(config).save_pretrained(tmp_path)
    with pytest.raises(DetectorError, match=r"WhisperFeatureExtractor cannot be differentiated; write a factory"):
        named(tmp_path).build()
    with pytest.raises(DetectorError, match=r"hf:load.* cannot be made: "):
        named(tmp_path / "missing").build()
