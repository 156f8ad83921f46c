"""Find explainers by name: built in, installed as plug-ins, dropped into this folder, or `module:attribute`."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from veracity_bench.explainers.contract.catalogue import BUILT_IN, ITSELF, Entry
from veracity_bench.explainers.contract.instance import Explainer
from veracity_bench.models.plugins import (
    NamingError,
    installed_plugins,
    load_attribute,
    make,
    split_settings,
    target_of,
)

GROUP = "veracity_bench.explainers"
FOLDER = Path(__file__).parents[1]
OURS = {entry.name: entry for entry in BUILT_IN}


def entries() -> dict[str, Entry]:
    """Return all explainers that have a name, by name, sorted.

    Raises NamingError, naming both, where two claim one name.
    """
    found = dict(OURS)
    for entry in _dropped():
        if entry.name in found:
            raise NamingError(f"{found[entry.name].target} and {entry.target} share the name {entry.name!r}")
        found[entry.name] = entry
    plugins = installed_plugins(GROUP, {name: entry.target for name, entry in found.items()})
    for name, plugin in plugins.items():
        found[name] = Entry(name, target_of(plugin), library=plugin.dist.name if plugin.dist else "")
    return dict(sorted(found.items()))


def is_built_in(name: str) -> bool:
    """Return whether an explainer is the project's own; `name` may carry settings."""
    return split_settings(name)[0] in OURS


def takes_samples(name: str) -> bool:
    """Return whether an explainer is built in and leaves its number of model queries to the run."""
    base, settings = split_settings(name)
    return "samples" not in settings and base in OURS and OURS[base].samples


def limit_of(name: str) -> str:
    """Return what the weights of an explainer come to with ever more samples, as the catalogue has it; "" if unknown.

    Settings other than the number of samples may move the limit; but what samples nothing is its own.
    """
    base, settings = split_settings(name)
    if base not in OURS:
        return ""
    entry = OURS[base]
    if entry.limit == ITSELF:
        return "" if entry.samples and settings else ITSELF
    return entry.limit if settings.keys() <= {"samples"} else ""


def load_explainer(name: str, samples: int) -> Explainer:
    """Return an explainer by its name or as `module:attribute`, ready to be called with (instance, rng).

    A class, or a function that can be called without arguments, is a factory: it is called to give the explainer, with
    the settings that the name carries, as in `lime(kernel_width=0.5)`, and with `samples`, the model queries that an
    explanation may take, if it has such a setting. Raises NamingError for what cannot be found, imported or made.
    """
    base, settings = split_settings(name)
    attribute = _attribute(base)
    explainer = (
        attribute if not settings and _explains(attribute) else make(name, attribute, settings, {"samples": samples})
    )
    if not callable(explainer):
        raise NamingError(f"explainer {name} is a {type(explainer).__name__}; it must be callable as (instance, rng)")
    return explainer  # type: ignore[no-any-return]


def described(entry: Entry) -> Entry:
    """Return a plug-in's entry with its own `access` and `reference`, or the first line of its docstring.

    Raises NamingError where it cannot be imported.
    """
    attribute = load_attribute(entry.target, known=())
    about = (attribute.__doc__ or "").strip().partition("\n")[0]
    access, reference = getattr(attribute, "access", ""), getattr(attribute, "reference", about)
    return replace(entry, access=entry.access or access, reference=entry.reference or reference)


def own_files() -> list[Path]:
    """Return the files of this folder that define the built-in explainers."""
    return sorted({FOLDER / f"{entry.target.partition(':')[0].rpartition('.')[2]}.py" for entry in BUILT_IN})


def ignored_files() -> list[str]:
    """Return a sentence for each file of this folder that is no explainer, for its name cannot be imported."""
    ignored = sorted(path for path in FOLDER.glob("*.py") if not path.stem.isidentifier())
    return [f"{path} is ignored, for its name is no name in Python; rename it, as my_method.py" for path in ignored]


def description(explainer: object) -> str:
    """Return an explainer's settings: its repr, or a name where the repr would differ from run to run."""
    settings = str(getattr(explainer, "__qualname__", None) or repr(explainer))
    return type(explainer).__name__ if " at 0x" in settings else settings


def hash_of_file(function: Callable[..., Any]) -> str:
    """Return a hash of the file that defines a function, or the class of what is called like one; "" without a file."""
    what = function if inspect.isroutine(function) else type(function)
    try:
        return sha256(Path(inspect.getsourcefile(inspect.unwrap(what)) or "").read_bytes()).hexdigest()
    except (OSError, TypeError):
        return ""


def _explains(attribute: object) -> bool:
    """Return whether this is a function of (instance, rng), which is no factory even if both have a default."""
    parameters = inspect.signature(attribute).parameters if inspect.isfunction(attribute) else {}
    return list(parameters)[:2] == ["instance", "rng"]


def _attribute(base: str) -> Any:
    # Ours first, since to look for plug-ins takes as long as many an explanation.
    known = OURS if base in OURS else entries()
    return load_attribute(known[base].target if base in known else base, known=known)


def _dropped() -> list[Entry]:
    """Return the explainers in files of this folder that are not the project's: `my_method.py` defines my_method."""
    ours = {"__init__"} | {path.stem for path in own_files()}
    stems = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem.isidentifier() and path.stem not in ours)
    return [
        Entry(stem.replace("_", "-"), f"veracity_bench.explainers.{stem}:{stem}", library="dropped in")
        for stem in stems
    ]
