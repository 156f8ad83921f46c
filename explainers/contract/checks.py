"""What the contract demands of an explainer: checks that take its name and raise AssertionError, in one sentence.

`violation` runs one check. `pytest --pyargs veracity_bench.conformance --explainer NAME` runs all of them, each in the
process of the explainer. To check an explainer in tests of your own:

    from veracity_bench.explainers.contract.checks import CHECKS, violation

    @pytest.mark.parametrize("check", CHECKS)
    def test_my_explainer(check):
        assert not violation(check, "my_package.my_module:my_explainer")
"""

import traceback
from collections.abc import Callable

import numpy as np

from veracity_bench.explainers.contract.fitting import fit_of
from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.explainers.contract.registry import load_explainer
from veracity_bench.explainers.contract.toy_classifiers import loudness_classifier, noise_excerpt, toy_instance
from veracity_bench.explainers.contract.toy_sounds import toy_classes, toy_waveform
from veracity_bench.explainers.contract.trial import (
    PLANTED,
    SAMPLES,
    equal,
    learnt,
    planted,
    random_numbers,
    state,
    weights_if_applicable,
    weights_of,
)
from veracity_bench.models.detectors.build import build_detector
from veracity_bench.models.detectors.singing import singing_classifier
from veracity_bench.models.games.segments import Grid
from veracity_bench.models.plugins import NamingError

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
    weights = weights_of(name, planted())
    _require(np.ptp(weights) > 0, f"explainer {name} gives every segment the same weight")


def gives_as_many_weights_as_there_are_segments(name: str) -> None:
    """Require the same of another number of segments than the usual 20."""
    partition = Grid(time=10, frequency=1)
    weights_of(name, toy_instance(loudness_classifier([PLANTED]), noise_excerpt([PLANTED]), partition))


def explains_the_network_of_the_paper(name: str) -> None:
    """Require an explanation of cnn-2015, all layers of it."""
    weights_of(name, toy_instance(build_detector("cnn-2015").eval(), noise_excerpt([PLANTED])))


def explains_a_classifier_of_waveforms(name: str) -> None:
    """Require weights where a network takes samples, and segments share them; or that it is not applicable."""
    weights_if_applicable(name, *toy_waveform())


def explains_one_of_several_classes(name: str) -> None:
    """Require the same where one of three outputs is explained, on a spectrogram of another size than the paper's."""
    weights_if_applicable(name, *toy_classes())


def finds_the_planted_segment(name: str) -> None:
    """Require the largest weight, a positive one, for the only segment that speaks for "sing"."""
    weights = weights_of(name, planted())
    _require(weights.argmax() == PLANTED, f"explainer {name} ranks segment {weights.argmax()} first, not {PLANTED}")
    _require(weights[PLANTED] > 0, f"explainer {name} weighs a segment that speaks for singing {weights[PLANTED]}")


def knows_what_speaks_against_singing(name: str) -> None:
    """Require the smallest weight, not a positive one, for the only segment that speaks against "sing"."""
    weights = weights_of(name, toy_instance(loudness_classifier(negative=[PLANTED]), noise_excerpt([PLANTED])))
    _require(weights[PLANTED] == weights.min(), f"explainer {name} does not rank a segment that speaks against last")
    _require(weights[PLANTED] <= 0, f"explainer {name} weighs a segment that speaks against singing {weights[PLANTED]}")


def gives_one_explanation_for_one_generator(name: str) -> None:
    """Require the same weights, to the last bit, for generators in the same state."""
    first, again = (weights_of(name, planted()) for _ in range(2))
    _require((first == again).all(), _other_weights(name))


def does_not_depend_on_the_order_of_calls(name: str) -> None:
    """Require the same weights whichever excerpt was explained before, where two calls in turn give the same."""
    first, again, other, twice, later = (weights_of(name, planted(seed)) for seed in (0, 0, 1, 1, 0))
    _require((first == again).all(), _other_weights(name))
    same = (other == twice).all() and (again == later).all()
    _require(same, f"explainer {name} remembers something from one excerpt to the next")


def leaves_the_instance_as_it_is(name: str) -> None:
    """Require that neither the arrays nor the detector of an instance are changed."""
    seen, untouched = planted(), planted()
    weights_of(name, seen)
    for part in ("spectrogram", "baseline", "segments", "shares"):
        same = np.array_equal(getattr(seen, part), getattr(untouched, part))
        _require(same, f"explainer {name} changes instance.{part}")
    unchanged = state(seen.detector) == state(untouched.detector)
    _require(unchanged, f"explainer {name} changes instance.detector")


def leaves_the_generators_of_others_alone(name: str) -> None:
    """Require that the global generators of Python, numpy and torch are as they were before."""
    seen, before = planted(), random_numbers()
    weights_of(name, seen)
    unchanged = random_numbers() == before
    _require(unchanged, f"explainer {name} changes the global random numbers of numpy or torch")


def learns_the_same_from_the_same_songs(name: str) -> None:
    """Require that a `fit` returns the same arrays for one generator, and leaves the classifier as it is."""
    if fit_of(load_explainer(name, SAMPLES)) is None:
        return
    classifier, untouched = (singing_classifier(loudness_classifier([PLANTED])) for _ in range(2))
    first, again = (learnt(name, classifier) for _ in range(2))
    same = first.keys() == again.keys() and all(equal(first[part], again[part]) for part in first)
    _require(same, f"explainer {name} draws random numbers in its fit that do not come from its generator")
    unchanged = state(classifier.network) == state(untouched.network)
    _require(unchanged, f"explainer {name} changes the classifier in its fit")


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


def _require(holds: bool | np.bool, sentence: str) -> None:
    """Raise AssertionError where something does not hold; Python's -O leaves out an `assert`, and pytest adds to it."""
    if not holds:
        raise AssertionError(sentence)


def _other_weights(name: str) -> str:
    why = "it remembers, or draws random numbers that do not come from its generator"
    return f"explainer {name} gives other weights at a second call: {why}"
