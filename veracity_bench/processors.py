"""The instructions of processors that a run was computed with, by library, as manifests hold them."""

from collections.abc import Iterable, Mapping

PROCESSOR = "processor"  # the section of a manifest


def together(processors: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Join the instructions of several processes or parts, by library: several, where they differ, with "and"."""
    found: dict[str, set[str]] = {}
    for own in processors:
        for library, used in own.items():
            found.setdefault(library, set()).update(used.split(" and "))
    return {library: " and ".join(sorted(used)) for library, used in found.items()}
