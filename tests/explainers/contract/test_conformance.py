import pytest

from veracity_bench.conformance import test_explainer_contract as conformance
from veracity_bench.explainers.contract.checks import CHECKS


def test_what_several_checks_find_fails_one_and_skips_the_rest():
    first, second = CHECKS[:2]
    failures = set()
    with pytest.raises(pytest.fail.Exception, match=r"^lime\(kernel_width=-1\) cannot be made: "):
        conformance.test_explainer("lime(kernel_width=-1)", first, None, failures)
    with pytest.raises(pytest.skip.Exception, match="fails as in an earlier check"):
        conformance.test_explainer("lime(kernel_width=-1)", second, None, failures)
    conformance.test_explainer("leave-one-in", first, None, failures)
