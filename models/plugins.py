"""Look up what a user names on the command line: `name`, `module:attribute`, either with `(setting=value, ...)`."""

import ast
import inspect
import sys
import warnings
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from operator import attrgetter
from pathlib import Path
from typing import Any

from veracity_bench.errors import UserError


class NamingError(UserError):
    """A name given on the command line, or by a plug-in, stands for nothing or for two things."""


def load_attribute(name: str, *, known: Iterable[str]) -> Any:
    """Return what `module:attribute` names; an attribute may have attributes of its own, as in `mod:Class.method`.

    `known` lists the built-in names for the error message. Raises NamingError with one sentence about what is wrong.
    """
    module_name, colon, attribute = name.partition(":")
    if not (module_name and colon and attribute):
        names = sorted(known)
        choices = f"choose one of {', '.join(names)}, or write module:attribute"
        raise NamingError(f"unknown name {name!r}{did_you_mean(name, names)}: {choices}")
    if {"/", "\\"} & set(module_name) or module_name.endswith(".py"):
        found = f"{Path(module_name).stem}:{attribute}"
        raise NamingError(
            f"{name!r} names a file; write {found}, and run where Python finds that module, as in its folder"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what other people's modules warn of is no failure
            module = import_module(module_name)
    except (Exception, SystemExit) as error:
        what = f"{type(error).__name__}: {error}"
        taken = _taken(module_name)
        raise NamingError(f"cannot import {module_name!r}, which {name!r} names ({what}){taken}") from error
    try:
        return attrgetter(attribute)(module)
    except AttributeError as error:
        meant = did_you_mean(attribute, dir(module))
        raise NamingError(
            f"module {module_name!r} has no attribute {attribute!r}{meant}{_taken(module_name)}"
        ) from error


def load_named(name: str, plugins: Mapping[str, EntryPoint], built_in: Iterable[str] = ()) -> Any:
    """Return what a name stands for: an installed plug-in, or `module:attribute`; raises NamingError as above."""
    return load_attribute(target_of(plugins[name]) if name in plugins else name, known=[*built_in, *plugins])


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like it, as a bracket for a sentence; "" where none is like it."""
    names = {each.casefold(): each for each in known}
    closest = get_close_matches(name.casefold(), names, n=1, cutoff=0.7)
    return f" (did you mean {names[closest[0]]!r}?)" if closest else ""


def split_settings(name: str) -> tuple[str, dict[str, Any]]:
    """Split `base(setting=value, ...)` into base and settings; values are Python literals or bare words.

    Raises NamingError for what cannot be read so.
    """
    base, bracket, inside = name.partition("(")
    if not bracket:
        return base, {}
    try:
        call = ast.parse(f"f({inside}", mode="eval").body
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.args:
            raise ValueError("more than one call, or settings without a name")
        return base.strip(), {_setting(keyword): _value(keyword.value) for keyword in call.keywords}
    except (SyntaxError, ValueError) as error:
        raise NamingError(f"cannot read the settings of {name!r}; write them as name(setting=value, ...)") from error


def make(name: str, attribute: Any, settings: Mapping[str, Any], offered: Mapping[str, Any]) -> Any:
    """Return what a factory makes with these settings, and those of the `offered` ones that it takes.

    A factory is a class, or a function that can be called without arguments; anything else is returned as it is. Raises
    NamingError for settings that it does not take, or that it refuses.
    """
    if not _is_factory(attribute):
        if settings:
            raise NamingError(f"{name}: what it names is no factory, so it takes no settings")
        return attribute
    taken = {key: value for key, value in offered.items() if key in inspect.signature(attribute).parameters}
    try:
        return attribute(**{**taken, **settings})
    except (Exception, SystemExit) as error:
        raise NamingError(f"{name} cannot be made: {type(error).__name__}: {error}") from error


def installed_plugins(group: str, owners: Mapping[str, str]) -> dict[str, EntryPoint]:
    """Return the plug-ins that are installed for a group, by name; `owners` are those of names that are taken already.

    Raises NamingError, naming both, where two claim one name.
    """
    found: dict[str, EntryPoint] = {}
    for plugin in entry_points(group=group):
        target = target_of(plugin)
        owner = target_of(found[plugin.name]) if plugin.name in found else owners.get(plugin.name, target)
        if owner != target:  # the same plug-in may be found twice, as an editable install beside an ordinary one
            raise NamingError(f"{owner} and {target} share the name {plugin.name!r}; rename one of them")
        found[plugin.name] = plugin
    return found


def target_of(plugin: EntryPoint) -> str:
    """Return what an entry point names as `module:attribute`, without extras; its value where that names nothing."""
    try:
        return f"{plugin.module}:{plugin.attr}"
    except AttributeError:
        return plugin.value


def _taken(module_name: str) -> str:
    """Return which other file of a module's name is hidden by the one that is imported, as the end of a sentence."""
    top = module_name.partition(".")[0]
    places = [Path(folder, *parts) for folder in sys.path for parts in ((top, "__init__.py"), (f"{top}.py",))]
    files = list(dict.fromkeys(place.resolve() for place in places if place.is_file()))
    return f"; the name is taken: {files[0]} is imported, not {files[1]}, so rename that" if len(files) > 1 else ""


def _is_factory(attribute: Any) -> bool:
    if isinstance(attribute, type):
        return True
    try:
        parameters = inspect.signature(attribute).parameters.values()
    except (TypeError, ValueError):
        return False
    return all(p.default is not p.empty or p.kind is p.VAR_KEYWORD for p in parameters)


def _setting(keyword: ast.keyword) -> str:
    if keyword.arg is None:
        raise ValueError("** has no name")
    return keyword.arg


def _value(node: ast.expr) -> Any:
    return node.id if isinstance(node, ast.Name) else ast.literal_eval(node)
