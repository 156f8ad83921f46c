"""Detectors by name: built in, installed as plug-ins, or `module:attribute` of a factory."""

from collections.abc import Callable

import torch
from torch import nn

from veracity_bench.models.audio.log_mel import EXCERPT_FRAMES, MEL_BANDS
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.detectors.networks import cnn_2015, cnn_2018
from veracity_bench.models.plugins import installed_plugins, load_attribute, split_settings, target_of

GROUP = "veracity_bench.detectors"
BUILT_IN: dict[str, Callable[[], nn.Module]] = {"cnn-2015": cnn_2015, "cnn-2018": cnn_2018}


def build_detector(name: str, seed: int = 0) -> nn.Module:
    """Return a freshly initialised detector: built in, installed as a plug-in, or `module:attribute` of a factory.

    The name may carry settings of the factory, as in `my_package:make(width=32)`. Raises NamingError when there is no
    such factory, DetectorError when it fails, or what it makes maps excerpts to something else.
    """
    base, settings = split_settings(name)
    factory = _factory(base)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        try:
            detector = factory(**settings)
        except Exception as error:
            raise DetectorError(f"detector {name} cannot be made: {type(error).__name__}: {error}") from error
    _check(name, detector)
    return detector


def _factory(name: str) -> Callable[..., nn.Module]:
    plugins = installed_plugins(GROUP, dict.fromkeys(BUILT_IN, "a built-in detector"))
    if name in BUILT_IN:
        return BUILT_IN[name]
    factory: Callable[..., nn.Module] = load_attribute(
        target_of(plugins[name]) if name in plugins else name, known=[*BUILT_IN, *plugins]
    )
    return factory


def _check(name: str, detector: object) -> None:
    if not isinstance(detector, nn.Module):
        raise DetectorError(f"detector {name} is a {type(detector).__name__}; a factory must return a torch.nn.Module")
    training = detector.training
    try:
        with torch.no_grad():
            shape = tuple(detector.eval()(torch.zeros(2, EXCERPT_FRAMES, MEL_BANDS)).shape)
    except Exception as error:
        raise DetectorError(f"detector {name} does not take excerpts (2, 115, 80): {error}") from error
    detector.train(training)
    if shape != (2,):
        raise DetectorError(
            f"detector {name} maps excerpts (2, 115, 80) to shape {shape}; it must return one logit each, (2,)"
        )
