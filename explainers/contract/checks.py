"""What the contract demands of an explainer: checks that take its name and raise AssertionError, in one sentence.

`violation` runs one check. `pytest --pyargs veracity_bench.conformance --explainer NAME` runs all of them, each in the
process of the explainer. To check an explainer in tests of your own:

    from veracity_bench.explainers.contract.checks import CHECKS, violation

    @pytest.mark.parametrize("check", CHECKS)
    def test_my_explainer(check):
        assert not violation(check, "my_package.my_module:my_explainer")
"""

import random
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from veracity_bench.explainers.contract.fitting import Product, checked_product, fit_of
from veracity_bench.explainers.contract.instance import ContractError, Instance, NotApplicableError
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.toy_classifiers import loudness_classifier, noise_excerpt, toy_instance
from veracity_bench.explainers.contract.toy_sounds import toy_classes, toy_songs, toy_waveform
from veracity_bench.explainers.contract.weights import checked_weights
from veracity_bench.models.classifier import Classifier
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.detectors.singing import singing_classifier
from veracity_bench.models.games.segments import Grid
from veracity_bench.models.plugins import NamingError

SAMPLES = 512  # model queries for an explainer that takes as many as it is given
PLANTED = 13  # the segment that matters

Check = Callable[[str], None]


def violation(check: Check, name: str) -> str:
    """Return how the explainer of this name violates a check; an empty string where it does not."""
    try:
        check(name)
    except (AssertionError, ContractError, NamingError) as error:
        return str(error)
    except Exception:
        return traceback.format_exc()
    return ""


def gives_one_finite_weight_per_segment(name: str) -> None:
    """Require finite numbers that are not all the same, as many as there are segments."""
    weights = _weights(name, _planted())
    assert np.ptp(weights) > 0, f"explainer {name} gives every segment the same weight"


def gives_as_many_weights_as_there_are_segments(name: str) -> None:
    """Require the same of another number of segments than the usual 20."""
    partition = Grid(time=10, frequency=1)
    _weights(name, toy_instance(loudness_classifier([PLANTED]), noise_excerpt([PLANTED]), partition))


def explains_the_network_of_the_paper(name: str) -> None:
    """Require an explanation of cnn-2015, all layers of it."""
    _weights(name, toy_instance(build_detector("cnn-2015").eval(), noise_excerpt([PLANTED])))


def explains_a_classifier_of_waveforms(name: str) -> None:
    """Require weights where a network takes samples, and segments share them; or that it is not applicable."""
    _weights_if_applicable(name, *toy_waveform())


def explains_one_of_several_classes(name: str) -> None:
    """Require the same where one of three outputs is explained, on a spectrogram of another size than the paper's."""
    _weights_if_applicable(name, *toy_classes())


def finds_the_planted_segment(name: str) -> None:
    """Require the largest weight, a positive one, for the only segment that speaks for "sing"."""
    weights = _weights(name, _planted())
    assert weights.argmax() == PLANTED, f"explainer {name} ranks segment {weights.argmax()} first, not {PLANTED}"
    assert weights[PLANTED] > 0, f"explainer {name} weighs a segment that speaks for singing {weights[PLANTED]}"


def knows_what_speaks_against_singing(name: str) -> None:
    """Require the smallest weight, not a positive one, for the only segment that speaks against "sing"."""
    weights = _weights(name, toy_instance(loudness_classifier(negative=[PLANTED]), noise_excerpt([PLANTED])))
    assert weights[PLANTED] == weights.min(), f"explainer {name} does not rank a segment that speaks against last"
    assert weights[PLANTED] <= 0, f"explainer {name} weighs a segment that speaks against singing {weights[PLANTED]}"


def gives_one_explanation_for_one_generator(name: str) -> None:
    """Require the same weights, to the last bit, for generators in the same state."""
    first, again = (_weights(name, _planted()) for _ in range(2))
    assert (first == again).all(), _other_weights(name)


def does_not_depend_on_the_order_of_calls(name: str) -> None:
    """Require the same weights whichever excerpt was explained before, where two calls in turn give the same."""
    first, again, other, twice, later = (_weights(name, _planted(seed)) for seed in (0, 0, 1, 1, 0))
    assert (first == again).all(), _other_weights(name)
    same = (other == twice).all() and (again == later).all()
    assert same, f"explainer {name} remembers something from one excerpt to the next"


def leaves_the_instance_as_it_is(name: str) -> None:
    """Require that neither the arrays nor the detector of an instance are changed."""
    seen, untouched = _planted(), _planted()
    _weights(name, seen)
    for part in ("spectrogram", "baseline", "segments", "shares"):
        same = np.array_equal(getattr(seen, part), getattr(untouched, part))
        assert same, f"explainer {name} changes instance.{part}"
    assert _state(seen.detector) == _state(untouched.detector), f"explainer {name} changes instance.detector"


def leaves_the_generators_of_others_alone(name: str) -> None:
    """Require that the global generators of Python, numpy and torch are as they were before."""
    seen, before = _planted(), _random_numbers()
    _weights(name, seen)
    assert _random_numbers() == before, f"explainer {name} changes the global random numbers of numpy or torch"


def learns_the_same_from_the_same_songs(name: str) -> None:
    """Require that a `fit` returns the same arrays for one generator, and leaves the classifier as it is."""
    if fit_of(load_explainer(name, SAMPLES)) is None:
        return
    classifier, untouched = (singing_classifier(loudness_classifier([PLANTED])) for _ in range(2))
    first, again = (_learnt(name, classifier) for _ in range(2))
    same = first.keys() == again.keys() and all(_equal(first[part], again[part]) for part in first)
    assert same, f"explainer {name} draws random numbers in its fit that do not come from its generator"
    assert _state(classifier.network) == _state(untouched.network), (
        f"explainer {name} changes the classifier in its fit"
    )


CHECKS: tuple[Check, ...] = (
    gives_one_finite_weight_per_segment,
    gives_as_many_weights_as_there_are_segments,
    explains_the_network_of_the_paper,
    explains_a_classifier_of_waveforms,
    explains_one_of_several_classes,
    finds_the_planted_segment,
    knows_what_speaks_against_singing,
    gives_one_explanation_for_one_generator,
    does_not_depend_on_the_order_of_calls,
    leaves_the_instance_as_it_is,
    leaves_the_generators_of_others_alone,
    learns_the_same_from_the_same_songs,
)


def _other_weights(name: str) -> str:
    why = "it remembers, or draws random numbers that do not come from its generator"
    return f"explainer {name} gives other weights at a second call: {why}"


def _weights(name: str, instance: Instance, classifier: Classifier | None = None) -> NDArray[np.float64]:
    """Return an explainer's weights; one that has a `fit` learns about the classifier first."""
    explainer = load_explainer(name, SAMPLES)
    if fit_of(explainer) is not None:
        instance = replace(instance, fitted=_learnt(name, classifier or singing_classifier(instance.detector)))
    return checked_weights(name, explainer(instance, np.random.default_rng(0)), instance.n_segments)


def _weights_if_applicable(name: str, classifier: Classifier, instance: Instance) -> None:
    with suppress(NotApplicableError):
        _weights(name, instance, classifier)


def _learnt(name: str, classifier: Classifier) -> Product:
    """Return what an explainer that has a `fit` learns of toy songs."""
    fit: Any = fit_of(load_explainer(name, SAMPLES))
    return checked_product(name, fit(classifier, toy_songs(classifier), np.random.default_rng(0)))


def _equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)


def _planted(seed: int = 0) -> Instance:
    """Return an excerpt with one loud segment, the only one that speaks for "sing"."""
    return toy_instance(loudness_classifier([PLANTED]), noise_excerpt([PLANTED], seed))


def _state(detector: nn.Module) -> tuple[list[object], dict[str, object], list[object]]:
    """Return all of a detector that an explainer could leave behind changed."""
    modules: list[object] = [
        (type(m), m.training, len(m._forward_hooks), len(m._forward_pre_hooks), len(m._backward_hooks), len(vars(m)))
        for m in detector.modules()
    ]
    tensors: dict[str, object] = {name: tensor.tolist() for name, tensor in detector.state_dict().items()}
    parameters: list[object] = [(p.requires_grad, p.grad is None) for p in detector.parameters()]
    return modules, tensors, parameters


def _random_numbers() -> tuple[object, ...]:
    """Return the state of the global generators."""
    legacy = np.random.get_state()[1].tolist()  # type: ignore[index]  # noqa: NPY002
    return random.getstate(), legacy, torch.get_rng_state().tolist()
