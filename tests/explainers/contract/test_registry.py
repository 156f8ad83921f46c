from hashlib import sha256
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import toys

import veracity_bench.explainers
import veracity_bench.explainers.contract.registry
import veracity_bench.models.plugins
from veracity_bench.explainers.contract.catalogue import BLACK, BUILT_IN, WHITE, Entry
from veracity_bench.explainers.contract.registry import (
    FOLDER,
    GROUP,
    described,
    entries,
    hash_of_file,
    ignored_files,
    is_built_in,
    limit_of,
    load_explainer,
)
from veracity_bench.explainers.lime import Lime
from veracity_bench.models.plugins import NamingError

NAMES = sorted(entry.name for entry in BUILT_IN)


@pytest.fixture(autouse=True)
def install(monkeypatch):
    """Pretend that plug-ins are installed: pairs of name and value."""

    def plugins(*pairs):
        found = [EntryPoint(name, value, GROUP) for name, value in pairs]
        monkeypatch.setattr(
            veracity_bench.models.plugins, "entry_points", lambda group: found if group == GROUP else []
        )

    plugins()
    return plugins


@pytest.fixture
def drop(tmp_path, monkeypatch):
    """Drop a file into the folder of explainers, that is into a folder that is searched as this one is."""
    monkeypatch.setattr(veracity_bench.explainers.contract.registry, "FOLDER", tmp_path)
    monkeypatch.setattr(veracity_bench.explainers, "__path__", [*veracity_bench.explainers.__path__, str(tmp_path)])
    return lambda name, text: (tmp_path / name).write_text(text)


def test_the_catalogue():
    assert len(BUILT_IN) >= 20
    assert len(set(NAMES)) == len(BUILT_IN)
    for entry in BUILT_IN:
        assert entry.access in (BLACK, WHITE)
        assert entry.reference


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("lime", "exact-lime"),
        ("lime(samples=64)", "exact-lime"),
        ("lime(kernel_width=0.5)", ""),
        ("kernel-shap", "shapley-masking"),
        ("kernel-shap(output=logit)", ""),
        ("rise", "banzhaf-masking"),
        ("partition-shap", "itself"),
        ("partition-shap(samples=64)", ""),
        ("saliency", "itself"),
        ("saliency(output=probability)", "itself"),
        ("smooth-grad", ""),
        ("exact-lime", ""),
        ("toys:sees_only_zeros", ""),
    ],
)
def test_what_explainers_come_to_with_ever_more_queries(name, limit):
    assert limit_of(name) == limit


def test_every_file_of_the_folder_is_an_explainer():
    assert list(entries()) == NAMES


def test_a_built_in_explainer_is_a_file_of_its_name_and_a_line_of_the_catalogue():
    """But for the samplers of shap, which one file holds."""
    for entry in BUILT_IN:
        module, _, attribute = entry.target.partition(":")
        stem = module.removeprefix("veracity_bench.explainers.")
        assert stem in (entry.name.replace("-", "_"), "shap_samplers")
        assert type(load_explainer(entry.name, 8)).__name__ == attribute
    stems = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert stems == {entry.target.partition(":")[0].rpartition(".")[2] for entry in BUILT_IN}


@pytest.mark.parametrize("name", NAMES)
def test_the_settings_of_a_built_in_can_be_read_from_its_repr(name):
    explainer = load_explainer(name, 123)
    assert repr(explainer).startswith(type(explainer).__name__ + "(")
    assert "samples=123" in repr(explainer) or not hasattr(explainer, "samples")


def test_the_number_of_samples_is_the_runs_unless_it_is_set():
    assert load_explainer("lime", 123) == Lime(samples=123)
    assert load_explainer("lime(samples=7, kernel_width=0.5)", 123) == Lime(samples=7, kernel_width=0.5)


def test_plugins_are_listed_and_loaded_by_name(install):
    install(("zeros", "toys:sees_only_zeros"))
    assert list(entries()) == sorted([*NAMES, "zeros"])
    assert load_explainer("zeros", 8) is toys.sees_only_zeros
    assert not is_built_in("zeros")
    assert is_built_in("lime(samples=3)")


def test_a_file_in_the_folder_is_an_explainer(drop):
    drop("my_method.py", "def my_method(instance, rng):\n    '''Mine.\n\n    And more.'''\n    return 'mine'\n")
    assert entries()["my-method"] == Entry(
        "my-method", "veracity_bench.explainers.my_method:my_method", library="dropped in"
    )
    assert load_explainer("my-method", 8)(None, None) == "mine"
    assert described(entries()["my-method"]).reference == "Mine."


def test_a_file_that_defines_something_else_is_an_error(drop):
    drop("other_method.py", "def my_method(instance, rng):\n    return 'mine'\n")
    with pytest.raises(
        NamingError, match=r"module 'veracity_bench\.explainers\.other_method' has no attribute 'other_method'"
    ):
        load_explainer("other-method", 8)


def test_an_explainer_is_named_by_module_and_attribute():
    assert load_explainer("toys:sees_only_zeros", 8) is toys.sees_only_zeros


class Weighing:
    """Weighs."""

    access, reference = "grey box", "me"

    def __init__(self, *, samples=1, height=2):
        self.settings = samples, height

    def __call__(self, instance, rng):
        return self.settings


def weighing(height=2):
    return Weighing(height=height)


def test_a_factory_is_called_to_give_the_explainer(monkeypatch):
    monkeypatch.setattr(toys, "Weighing", Weighing, raising=False)
    monkeypatch.setattr(toys, "weighing", weighing, raising=False)
    assert load_explainer("toys:Weighing", 8)(None, None) == (8, 2)
    assert load_explainer("toys:Weighing(height=5)", 8)(None, None) == (8, 5)
    assert load_explainer("toys:weighing(height=5)", 8)(None, None) == (1, 5)


def test_a_plugin_may_have_a_description(install, monkeypatch):
    monkeypatch.setattr(toys, "Weighing", Weighing, raising=False)
    install(("scales", "toys:Weighing"), ("zeros", "toys:sees_only_zeros"))
    assert described(entries()["scales"]) == Entry("scales", "toys:Weighing", "grey box", "", "me")
    assert described(entries()["zeros"]).reference == "Explain nothing."
    assert described(entries()["lime"]) == entries()["lime"]


def test_a_plugin_may_be_an_attribute_of_a_class(install, monkeypatch):
    monkeypatch.setattr(toys, "Tools", type("Tools", (), {"explain": staticmethod(len)}), raising=False)
    install(("nested", "toys:Tools.explain [fast]"))
    assert load_explainer("nested", 8) is len


def with_defaults(instance=None, rng=None):
    return "weights"


def test_a_function_whose_arguments_have_defaults_is_no_factory(monkeypatch):
    monkeypatch.setattr(toys, "with_defaults", with_defaults, raising=False)
    assert load_explainer("toys:with_defaults", 8) is with_defaults


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nosuch", "unknown name 'nosuch': choose one of .*lime, .*zeros, or write module:attribute"),
        ("nosuchmodule:it", "cannot import 'nosuchmodule'"),
        ("toys:nosuch", "module 'toys' has no attribute 'nosuch'"),
        ("gone", "cannot import 'nosuchmodule'"),
        ("lime(width=1)", r"lime\(width=1\) cannot be made: TypeError: .*unexpected keyword argument 'width'"),
        ("lime(samples=1e3)", "samples=1000.0: it must be a whole number, as in 8192"),
        ("lime(samples=True)", "samples=True: it must be a whole number, as in 8192"),
        ("lime(kernel_width=1e999)", "kernel_width=inf: it must be a number"),
        ("occlusion(window=5)", r"window=5: it must be 2 whole numbers, as in \(23, 20\)"),
        ("lime(output=odds)", "output=odds: an explainer explains the probability or the logit"),
        ("toys:LEVEL", r"explainer toys:LEVEL is a float; it must be callable as \(instance, rng\)"),
    ],
)
def test_what_cannot_be_used_is_an_error(install, name, message):
    install(("zeros", "toys:sees_only_zeros"), ("gone", "nosuchmodule:it"))
    with pytest.raises(NamingError, match=message):
        load_explainer(name, 8)


def test_names_are_taken_once(install, drop):
    install(("lime", "toys:sees_only_zeros"))
    with pytest.raises(NamingError, match=r"explainers\.lime:Lime and toys:sees_only_zeros share the name 'lime'"):
        entries()
    install(("mine", "toys:sees_only_zeros"))
    drop("mine.py", "def mine(instance, rng): ...")
    with pytest.raises(NamingError, match=r"explainers\.mine:mine and toys:sees_only_zeros share the name 'mine'"):
        entries()
    install()
    drop("kernel_shap.py", "def kernel_shap(instance, rng): ...")
    with pytest.raises(
        NamingError, match=r"and veracity_bench\.explainers\.kernel_shap:kernel_shap share the name 'kernel-shap'"
    ):
        entries()


def test_a_dropped_file_that_cannot_be_imported_is_named(drop, tmp_path):
    drop("my_method.py", "")
    drop("my-method.py", "")
    (sentence,) = ignored_files()
    assert sentence.startswith(f"{tmp_path / 'my-method.py'} is ignored, for its name is no name in Python")


def test_code_is_known_by_the_file_that_it_lies_in():
    of_toys = sha256(Path(toys.__file__).read_bytes()).hexdigest()
    assert hash_of_file(toys.is_precise) == hash_of_file(toys.Small().forward) == hash_of_file(toys.Small()) == of_toys
    assert hash_of_file(len) == ""
