"""An explainer that is tried on toys: its weights, what it learns, and what it could leave changed."""

import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from veracity_bench.explainers.contract.fitting import Product, checked_product, fit_of
from veracity_bench.explainers.contract.instance import Instance, NotApplicableError
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.toy_classifiers import loudness_classifier, noise_excerpt, toy_instance
from veracity_bench.explainers.contract.toy_sounds import toy_songs
from veracity_bench.explainers.contract.weights import checked_weights
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.detectors.singing import singing_classifier

SAMPLES = 512  # model queries for an explainer that takes as many as it is given
PLANTED = 13  # the segment that matters


def weights_of(name: str, instance: Instance, classifier: Classifier | None = None) -> NDArray[np.float64]:
    """Return an explainer's weights; one that has a `fit` learns about the classifier first."""
    explainer = load_explainer(name, SAMPLES)
    if fit_of(explainer) is not None:
        instance = replace(instance, fitted=learnt(name, classifier or singing_classifier(instance.detector)))
    return checked_weights(name, explainer(instance, np.random.default_rng(0)), instance.n_segments)


def weights_if_applicable(name: str, classifier: Classifier, instance: Instance) -> None:
    """Let an explainer explain, where it is applicable."""
    with suppress(NotApplicableError):
        weights_of(name, instance, classifier)


def learnt(name: str, classifier: Classifier) -> Product:
    """Return what an explainer that has a `fit` learns of toy songs."""
    fit: Any = fit_of(load_explainer(name, SAMPLES))
    return checked_product(name, fit(classifier, toy_songs(classifier), np.random.default_rng(0)))


def equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Return whether arrays are the same, their kinds of number included."""
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)


def planted(seed: int = 0) -> Instance:
    """Return an excerpt with one loud segment, the only one that speaks for "sing"."""
    return toy_instance(loudness_classifier([PLANTED]), noise_excerpt([PLANTED], seed))


def state(detector: nn.Module) -> tuple[list[object], dict[str, object], list[object]]:
    """Return all of a detector that an explainer could leave behind changed."""
    modules: list[object] = [
        (type(m), m.training, len(m._forward_hooks), len(m._forward_pre_hooks), len(m._backward_hooks), len(vars(m)))
        for m in detector.modules()
    ]
    tensors: dict[str, object] = {name: tensor.tolist() for name, tensor in detector.state_dict().items()}
    parameters: list[object] = [(p.requires_grad, p.grad is None) for p in detector.parameters()]
    return modules, tensors, parameters


def random_numbers() -> tuple[object, ...]:
    """Return the state of the global generators."""
    legacy = np.random.get_state()[1].tolist()  # type: ignore[index]  # noqa: NPY002
    return random.getstate(), legacy, torch.get_rng_state().tolist()
