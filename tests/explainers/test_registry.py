from importlib.metadata import EntryPoint

import pytest
import toys

import explainers.registry
from explainers.base import ContractError
from explainers.lime import Lime
from explainers.registry import BUILT_IN, GROUP, explainer_names, load_explainer
from models.named import NamingError


@pytest.fixture
def install(monkeypatch):
    """Pretend that plug-ins are installed: pairs of name and value."""

    def plugins(*pairs):
        found = [EntryPoint(name, value, GROUP) for name, value in pairs]
        monkeypatch.setattr(explainers.registry, "entry_points", lambda group: found if group == GROUP else [])

    plugins()
    return plugins


@pytest.mark.usefixtures("install")
def test_without_plugins_there_are_the_built_in_ones():
    assert explainer_names() == sorted(BUILT_IN)


def test_plugins_are_listed_and_loaded_by_name(install):
    install(("zeros", "toys:sees_only_zeros"))
    assert explainer_names() == sorted([*BUILT_IN, "zeros"])
    assert load_explainer("zeros", 8) is toys.sees_only_zeros


def test_a_built_in_takes_the_number_of_samples():
    assert load_explainer("lime", 123) == Lime(samples=123)


@pytest.mark.usefixtures("install")
def test_an_explainer_is_named_by_module_and_attribute():
    assert load_explainer("toys:sees_only_zeros", 8) is toys.sees_only_zeros


@pytest.mark.usefixtures("install")
def test_a_class_is_called_to_give_the_explainer(monkeypatch):
    class Counting:
        def __call__(self, instance, rng):
            return [1]

    monkeypatch.setattr(toys, "made", Counting, raising=False)
    explainer = load_explainer("toys:made", 8)
    assert isinstance(explainer, Counting)
    assert explainer(None, None) == [1]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nosuch", "unknown name 'nosuch': choose one of lime, zeros, or write module:attribute"),
        ("nosuchmodule:it", "cannot import 'nosuchmodule'"),
        ("toys:nosuch", "module 'toys' has no attribute 'nosuch'"),
    ],
)
def test_an_unknown_name_says_so(install, monkeypatch, name, message):
    monkeypatch.setattr(explainers.registry, "BUILT_IN", {"lime": BUILT_IN["lime"]})
    install(("zeros", "toys:sees_only_zeros"))
    with pytest.raises(NamingError, match=message):
        load_explainer(name, 8)


def test_a_plugin_that_cannot_be_imported_says_so(install):
    install(("gone", "nosuchmodule:it"))
    with pytest.raises(NamingError, match="cannot import 'nosuchmodule'"):
        load_explainer("gone", 8)


@pytest.mark.usefixtures("install")
def test_what_cannot_be_called_says_so(monkeypatch):
    monkeypatch.setattr(toys, "made", [1, 2], raising=False)
    with pytest.raises(ContractError, match=r"explainer toys:made is a list; it must be callable as \(instance, rng\)"):
        load_explainer("toys:made", 8)


def test_a_plugin_may_not_take_a_built_in_name(install):
    install(("lime", "toys:sees_only_zeros"))
    with pytest.raises(NamingError, match="toys:sees_only_zeros calls itself 'lime', as a built-in explainer does"):
        explainer_names()


def test_two_plugins_may_not_share_a_name(install):
    install(("zeros", "toys:sees_only_zeros"), ("zeros", "toys:broken"))
    with pytest.raises(NamingError, match="toys:sees_only_zeros and toys:broken share the name 'zeros'"):
        explainer_names()


def test_the_same_plugin_may_be_found_twice(install):
    """As with an editable install beside an ordinary one."""
    install(("zeros", "toys:sees_only_zeros"), ("zeros", "toys:sees_only_zeros"))
    assert explainer_names().count("zeros") == 1
