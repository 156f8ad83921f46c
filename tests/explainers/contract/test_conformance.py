import numpy as np
import pytest
import torch
from forked import fork

from veracity_bench.conformance import test_explainer_contract as conformance
from veracity_bench.explainers.contract.checks import (
    CHECKS,
    does_not_depend_on_the_order_of_calls,
    gives_one_explanation_for_one_generator,
    violation,
)

OTHER_WEIGHTS = (
    "gives other weights at a second call: it remembers, or draws random numbers that do not come from its generator"
)


def test_what_several_checks_find_fails_one_and_skips_the_rest():
    first, second = CHECKS[:2]
    failures = set()
    with pytest.raises(pytest.fail.Exception, match=r"^lime\(kernel_width=-1\) cannot be made: "):
        conformance.test_explainer("lime(kernel_width=-1)", first, None, failures)
    with pytest.raises(pytest.skip.Exception, match="fails as in an earlier check"):
        conformance.test_explainer("lime(kernel_width=-1)", second, None, failures)
    conformance.test_explainer("leave-one-in", first, None, failures)


def run_the_kit():
    torch.set_num_threads(2)
    chosen = ["--explainer", "leave-one-in", "-k", "finite_weight", "-p", "no:cacheprovider"]
    code = pytest.main(["--pyargs", "veracity_bench.conformance", *chosen])
    print(f"{torch.get_num_threads()} thread left")
    return code


def test_the_kit_computes_on_one_thread_as_runs_do(tmp_path):
    """Workers whose threads share processors take seven times as long."""
    kit = fork(tmp_path / "kit", run_the_kit)
    assert kit.wait() == 0, kit.output
    assert "1 thread left" in kit.output


def test_one_that_draws_its_own_random_numbers_is_not_charged_with_a_memory(explainer):
    drawn = np.random.default_rng(0)
    name = explainer(lambda instance, rng: drawn.random(instance.n_segments))
    found = [violation(gives_one_explanation_for_one_generator, name) for _ in range(2)]
    assert found[0] == found[1] == f"explainer {name} {OTHER_WEIGHTS}", "pytest adds nothing to the sentence"
    assert violation(does_not_depend_on_the_order_of_calls, name) == found[0], "the same failure, shown once"


def test_one_that_remembers_an_excerpt_is_found(explainer):
    seen = []

    def compares(instance, rng):
        if not seen or not np.array_equal(instance.spectrogram, seen[-1]):
            seen.append(instance.spectrogram)
        return np.arange(instance.n_segments) + len(seen)

    name = explainer(compares)
    assert not violation(gives_one_explanation_for_one_generator, name)
    assert "remembers something from one excerpt to the next" in violation(does_not_depend_on_the_order_of_calls, name)
