import functools
import sys
from importlib.metadata import EntryPoint

import pytest

import veracity_bench.models.plugins
from veracity_bench.models.plugins import (
    NamingError,
    did_you_mean,
    installed_plugins,
    load_attribute,
    make,
    split_settings,
    target_of,
)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("lime", ("lime", {})),
        ("lime()", ("lime", {})),
        ("lime(samples=64)", ("lime", {"samples": 64})),
        ("lime( kernel_width = 0.5, output=logit )", ("lime", {"kernel_width": 0.5, "output": "logit"})),
        ("pack.mod:make(sizes=(1, -2), name='a b')", ("pack.mod:make", {"sizes": (1, -2), "name": "a b"})),
        ("m:f(flag=True, nothing=None)", ("m:f", {"flag": True, "nothing": None})),
    ],
)
def test_settings_are_split_from_the_name(name, parts):
    assert split_settings(name) == parts


@pytest.mark.parametrize(
    "name", ["lime(", "lime(64)", "lime(a=)", "lime(a=1)(b=2)", "lime(a=1) + 1", "lime(**{})", "lime(a=f())", "l(a=1"]
)
def test_settings_that_cannot_be_read_are_refused(name):
    with pytest.raises(NamingError, match=r"write them as name\(setting=value, \.\.\.\)"):
        split_settings(name)


def test_settings_are_never_executed():
    with pytest.raises(NamingError):
        split_settings("lime(a=__import__('os').abort())")


def explainer(instance, rng):
    return "an answer"


class Factory:
    def __init__(self, *, samples=8, width=1.0):
        self.settings = (samples, width)


def factory(samples=8, width=1.0):
    return (samples, width)


def passed_on(*args):
    return explainer(*args)


@pytest.mark.parametrize("thing", [explainer, passed_on, functools.partial(explainer, None), 5])
def test_what_needs_arguments_is_no_factory(thing):
    assert make("it", thing, {}, {"samples": 3}) is thing
    with pytest.raises(NamingError, match="it: what it names is no factory, so it takes no settings"):
        make("it", thing, {"width": 2}, {})


def test_a_factory_gets_its_settings_and_those_on_offer():
    assert make("it", factory, {}, {}) == (8, 1.0)
    assert make("it", factory, {"width": 2.0}, {"samples": 3, "other": 1}) == (3, 2.0)
    assert make("it", factory, {"samples": 5}, {"samples": 3}) == (5, 1.0)
    assert make("it", Factory, {"width": 2.0}, {"samples": 3}).settings == (3, 2.0)


def test_the_reason_of_a_factory_that_refuses_is_in_the_error():
    with pytest.raises(NamingError, match=r"it cannot be made: TypeError: .*unexpected keyword argument 'height'"):
        make("it", factory, {"height": 1}, {})


@pytest.mark.parametrize("name", ["./mine.py:good", "mine.py:good", "folder/mine.py:good"])
def test_a_file_in_place_of_a_module_is_a_sentence(name):
    with pytest.raises(NamingError, match=f"^{name!r} names a file; write mine:good, and run where Python finds"):
        load_attribute(name, known=[])


def test_what_is_hardly_alike_is_not_proposed():
    with pytest.raises(NamingError, match=r"has no attribute 'nothere'$"):
        load_attribute("toys:nothere", known=[])
    assert did_you_mean("nothere", ["stereo"]) == ""


def test_a_module_that_exits_when_imported_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "leaves.py").write_text("raise SystemExit(3)")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(NamingError, match=r"cannot import 'leaves', which 'leaves:it' names \(SystemExit: 3\)"):
        load_attribute("leaves:it", known=[])


@pytest.mark.parametrize("name", ["models", "explainers", "fixtures", "benchmarks", "reports"])
def test_packages_of_the_users_own_may_be_called_as_ours(tmp_path, monkeypatch, name):
    """Nothing of this project lies on the path by such a name."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    (tmp_path / name / "mine.py").write_text("def make():\n    return 'theirs'\n")
    monkeypatch.syspath_prepend(tmp_path)
    for module in (name, f"{name}.mine"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    assert load_attribute(f"{name}.mine:make", known=[])() == "theirs"
    for module in (name, f"{name}.mine"):
        monkeypatch.delitem(sys.modules, module)


@pytest.fixture
def install(monkeypatch):
    def plugins(*pairs):
        found = [EntryPoint(name, value, "some.group") for name, value in pairs]
        monkeypatch.setattr(
            veracity_bench.models.plugins, "entry_points", lambda group: found if group == "some.group" else []
        )

    return plugins


def test_installed_plugins_by_name(install):
    install(("b", "m:b"), ("a", "m:a"), ("a", "m:a"))
    assert {name: plugin.value for name, plugin in installed_plugins("some.group", {}).items()} == {
        "a": "m:a",
        "b": "m:b",
    }
    assert installed_plugins("another.group", {}) == {}


def test_two_claims_to_a_name_are_an_error_with_both(install):
    install(("a", "m:a"), ("a", "n:a"))
    with pytest.raises(NamingError, match="m:a and n:a share the name 'a'; rename one of them"):
        installed_plugins("some.group", {})
    install(("a", "m:a"))
    with pytest.raises(NamingError, match="ours and m:a share the name 'a'"):
        installed_plugins("some.group", {"a": "ours"})


def test_an_attribute_may_be_nested():
    assert load_attribute("collections:OrderedDict.fromkeys", known=[])(["a"]) == {"a": None}
    with pytest.raises(NamingError, match=r"module 'collections' has no attribute 'OrderedDict\.nosuch'"):
        load_attribute("collections:OrderedDict.nosuch", known=[])


@pytest.mark.parametrize("value", ["m:A.b", "m:A.b [fast]", "m : A.b", "m:A.b[fast,more]"])
def test_entry_points_may_be_written_as_packaging_specifies(value):
    assert target_of(EntryPoint("it", value, "some.group")) == "m:A.b"


@pytest.mark.parametrize("value", ["m", "", "7:x", "a b c"])
def test_entry_points_that_name_nothing_are_named_when_they_are_used(value):
    with pytest.raises(NamingError):
        load_attribute(target_of(EntryPoint("it", value, "some.group")), known=[])


def test_a_module_whose_name_is_taken_is_named(tmp_path, monkeypatch):
    """The user's folder is last on the path."""
    (tmp_path / "colorsys.py").write_text("def mine(): ...")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    with pytest.raises(
        NamingError, match=rf"the name is taken: .*colorsys\.py is imported, not {tmp_path}/colorsys\.py"
    ):
        load_attribute("colorsys:mine", known=[])
