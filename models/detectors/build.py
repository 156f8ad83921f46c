"""Detectors by name: built in, installed as plug-ins, or `module:attribute` of a factory."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor, nn

from veracity_bench.errors import in_words
from veracity_bench.models.audio.log_mel import EXCERPT_FRAMES, MEL_BANDS
from veracity_bench.models.detectors.errors import DetectorError
from veracity_bench.models.detectors.networks import cnn_2015, cnn_2018
from veracity_bench.models.plugins import installed_plugins, load_named, split_settings

GROUP = "veracity_bench.detectors"
BUILT_IN: dict[str, Callable[[], nn.Module]] = {"cnn-2015": cnn_2015, "cnn-2018": cnn_2018}


def build_detector(name: str, seed: int = 0) -> nn.Module:
    """Return a freshly initialised detector: built in, installed as a plug-in, or `module:attribute` of a factory.

    The name may carry settings of the factory, as in `my_package:make(width=32)`. What the factory draws from the
    global generators of torch, numpy and `random` follows from the seed. Raises NamingError when there is no such
    factory, DetectorError when it fails, or what it makes maps excerpts to something else.
    """
    base, settings = split_settings(name)
    with torch_as_it_was():
        factory = _factory(base)
        with seeded(seed):
            try:
                detector = factory(**settings)
            except (Exception, SystemExit) as error:
                raise DetectorError(f"detector {name} cannot be made: {in_words(error)}") from error
    with torch_as_it_was():
        _check(name, detector)
    return detector


def _factory(name: str) -> Callable[..., nn.Module]:
    plugins = installed_plugins(GROUP, dict.fromkeys(BUILT_IN, "a built-in detector"))
    if name in BUILT_IN:
        return BUILT_IN[name]
    factory: Callable[..., nn.Module] = load_named(name, plugins, BUILT_IN)
    return factory


@contextmanager
def torch_as_it_was() -> Iterator[None]:
    """Keep what other people's modules set for all of torch from everything that runs after them."""
    dtype, grad = torch.get_default_dtype(), torch.is_grad_enabled()
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(grad)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Seed the global generators, and put them back afterwards."""
    ours, numpys = random.getstate(), np.random.get_state()  # noqa: NPY002 - factories of old draw from it
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            np.random.seed(seed % 2**32)  # noqa: NPY002
            random.seed(seed)
            yield
    finally:
        random.setstate(ours)
        np.random.set_state(numpys)  # noqa: NPY002


def _check(name: str, detector: object) -> None:
    if not isinstance(detector, nn.Module):
        raise DetectorError(f"detector {name} is a {type(detector).__name__}; a factory must return a torch.nn.Module")
    training = detector.training
    try:
        with torch.no_grad():
            logits = detector.eval()(torch.zeros(2, EXCERPT_FRAMES, MEL_BANDS))
    except Exception as error:
        raise DetectorError(f"detector {name} does not take excerpts (2, 115, 80): {in_words(error)}") from error
    detector.train(training)
    if not isinstance(logits, Tensor):
        raise DetectorError(f"detector {name} returns a {type(logits).__name__}; it must return a tensor of logits")
    if tuple(logits.shape) != (2,):
        shape = tuple(logits.shape)
        raise DetectorError(
            f"detector {name} maps excerpts (2, 115, 80) to shape {shape}; it must return one logit each, (2,)"
        )
    odd = [key for key, value in detector.state_dict().items() if not isinstance(value, Tensor)]
    if odd:
        raise DetectorError(
            f"detector {name} keeps {odd[0]} in its state, which is no tensor; a weights file holds none"
        )
