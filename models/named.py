"""Look up what a user names on the command line as `module:attribute`."""

import warnings
from collections.abc import Iterable
from importlib import import_module
from typing import Any


class NamingError(LookupError):
    """A name given on the command line, or by a plug-in, stands for nothing or for two things."""


def load_attribute(name: str, *, known: Iterable[str]) -> Any:
    """Return the attribute that `module:attribute` names; `known` lists the built-in names for the error message.

    Raises NamingError with one sentence that says what is wrong with the name.
    """
    module_name, colon, attribute = name.partition(":")
    if not (module_name and colon and attribute):
        raise NamingError(f"unknown name {name!r}: choose one of {', '.join(sorted(known))}, or write module:attribute")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default")  # what other people's modules warn of is no failure
            module = import_module(module_name)
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        raise NamingError(f"cannot import {module_name!r}, which {name!r} names ({what})") from error
    if not hasattr(module, attribute):
        raise NamingError(f"module {module_name!r} has no attribute {attribute!r}")
    return getattr(module, attribute)
