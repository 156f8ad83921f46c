"""The contract, for every built-in explainer or for those of `--explainer NAME`: a kit for who writes one.

`pytest --pyargs veracity_bench.conformance --explainer my_package.my_module:my_explainer`. Other people's explainers
run in a process of their own, and each check within `--time-limit` seconds.
"""

from collections.abc import Iterator
from contextlib import closing

import pytest

from veracity_bench.explainers.contract.catalogue import BUILT_IN
from veracity_bench.explainers.contract.checks import CHECKS, Check, violation
from veracity_bench.explainers.contract.instance import ContractError
from veracity_bench.explainers.contract.registry import is_built_in
from veracity_bench.explainers.contract.trial import SAMPLES
from veracity_bench.fixtures.explanations.references import REFERENCES
from veracity_bench.fixtures.explanations.selection import choose_explainers
from veracity_bench.fixtures.explanations.subprocess_runner import SubprocessRunner
from veracity_bench.models.plugins import NamingError
from veracity_bench.models.threads import compute_on_one_thread


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take the explainers of the command line, or all that are built in."""
    try:
        chosen = choose_explainers(metafunc.config.option.explainer or [entry.name for entry in BUILT_IN])
    except NamingError as error:
        raise pytest.Collector.CollectError(str(error)) from None  # shown without a traceback
    metafunc.parametrize("explainer", [name for name in chosen if name not in REFERENCES])


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> None:
    """Compute as in a run; several workers with threads on all processors wait for each other."""
    compute_on_one_thread()


@pytest.fixture(scope="module")
def runner(request: pytest.FixtureRequest) -> Iterator[SubprocessRunner]:
    """Return what runs an explainer in a process of its own."""
    with closing(SubprocessRunner(request.config.option.time_limit, SAMPLES)) as processes:
        yield processes


@pytest.fixture(scope="module")
def failures() -> set[str]:
    """Return what has failed already: many checks meet an explainer that cannot be made, and one shows it."""
    return set()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_explainer(explainer: str, check: Check, runner: SubprocessRunner, failures: set[str]) -> None:
    """A check finds no violation; one that an earlier check has found is not shown again."""
    try:
        ours = is_built_in(explainer)
        found = violation(check, explainer) if ours else runner.violation(explainer, check.__name__)
    except (ContractError, NamingError) as error:
        found = str(error)
    if found in failures:
        pytest.skip("fails as in an earlier check")
    if found:
        failures.add(found)
        pytest.fail(found, pytrace=False)
