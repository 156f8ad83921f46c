"""Find explainers by name: the built-in ones, installed plug-ins (entry points), or `module:attribute`."""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points

from explainers.base import ContractError, Explainer
from explainers.lime import Lime
from models.named import NamingError, load_attribute

GROUP = "veracity_bench.explainers"

# Every built-in is made from the number of model queries that the scale of the run allows an explanation.
BUILT_IN: dict[str, Callable[[int], Explainer]] = {
    "lime": lambda samples: Lime(samples=samples),
}


def explainer_names() -> list[str]:
    """Return the names of all built-in and installed explainers, sorted.

    Raises NamingError where a plug-in takes a name that is taken already.
    """
    return sorted([*BUILT_IN, *_plugins()])


def load_explainer(name: str, samples: int) -> Explainer:
    """Return an explainer by its name or as `module:attribute`, ready to be called with (instance, rng).

    A class is called without arguments to give the explainer. Raises NamingError for an unknown name or a plug-in that
    cannot be imported, ContractError for what cannot be called.
    """
    if name in BUILT_IN:
        return BUILT_IN[name](samples)
    plugins = _plugins()
    target = plugins[name].value if name in plugins else name
    attribute = load_attribute(target, known=[*BUILT_IN, *plugins])
    try:
        explainer = attribute() if isinstance(attribute, type) else attribute
    except Exception as error:
        raise ContractError(f"explainer {name} cannot be made without arguments: {error}") from error
    if not callable(explainer):
        raise ContractError(f"explainer {name} is a {type(explainer).__name__}; it must be callable as (instance, rng)")
    return explainer  # type: ignore[no-any-return]


def _plugins() -> dict[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for plugin in entry_points(group=GROUP):
        if plugin.name in BUILT_IN:
            raise NamingError(f"plug-in {plugin.value} calls itself {plugin.name!r}, as a built-in explainer does")
        if plugin.name in found and found[plugin.name].value != plugin.value:
            raise NamingError(f"plug-ins {found[plugin.name].value} and {plugin.value} share the name {plugin.name!r}")
        found[plugin.name] = plugin
    return found
