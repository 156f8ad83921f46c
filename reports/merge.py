"""Merge the parts of a run: `veracity-bench merge reports/part-* --output reports/latest`.

A part has measured some groups of items: a shard (`--shard 3/40`), or what a worker was given. Its manifest names them.
The report is that of one run that has measured all of them, but for its times.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from veracity_bench.processors import PROCESSOR, together
from veracity_bench.reports import report
from veracity_bench.reports.measurements.categories import joined
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import Excerpt, read_excerpts
from veracity_bench.reports.measurements.folder import check_spares
from veracity_bench.reports.measurements.manifest import BOARD, PART, read_manifest
from veracity_bench.reports.measurements.records import canonical, check_unique, read_run
from veracity_bench.selection import in_words

RELIED_ON = {"measured": set[str](), PART: {"groups", "of", "left out"}, "timing": {"started", "finished", "seconds"}}
SHOWN = 128  # excerpts that a report holds, as a run in one piece does
OWN = (PART, "timing", PROCESSOR)  # what each part has of its own, beside what it measured
NAMED = 3  # groups at most that a message names


def manifest_of(parts: Sequence[Path], groups: Sequence[str] = ()) -> dict[str, Any]:
    """Return the manifest of the run that these parts are of, whose groups these are, by default as shards know them.

    Raises RecordsError where a part cannot be read or is of another run, and for groups measured twice or never.
    """
    manifests = {part: read_manifest(part) for part in parts}
    if len(manifests) < len(parts):
        raise RecordsError(f"{next(part for part in parts if parts.count(part) > 1)} is given twice: give it once.")
    for part, manifest in manifests.items():
        _check_part(part, manifest)
    _check_same(manifests)
    first = manifests[parts[0]]
    _check_groups(manifests, groups or first[PART]["of"])
    left_out = [manifest[PART]["left out"] for manifest in manifests.values()]
    whole = _whole(first, [m["timing"] for m in manifests.values()], sum(items for _, _, items in left_out))
    processors = together([manifest.get(PROCESSOR, {}) for manifest in manifests.values()])
    return whole | {PROCESSOR: processors} if processors else whole


def records_of(parts: Iterable[Path], *others: pd.DataFrame) -> pd.DataFrame:
    """Return the records of all parts, and others, in the order that those of one run have.

    Raises RecordsError for a number that stands in two of them.
    """
    records = canonical(joined([*(read_run(part)[0] for part in parts), *others]))
    check_unique(records)
    return records


def excerpts_of(parts: Iterable[Path]) -> list[Excerpt]:
    """Return the excerpts that the report of one run would hold: the first of every place before the second of any."""
    shown: list[Excerpt] = []
    for part in parts:
        shown = sorted([*shown, *read_excerpts(part)], key=_turn)[:SHOWN]
    return shown


def _turn(excerpt: Excerpt) -> tuple[int, str, str, str]:
    return excerpt.case, excerpt.song, excerpt.attack, excerpt.direction


def _check_part(part: Path, manifest: Mapping[str, Any]) -> None:
    if PART not in manifest:
        raise RecordsError(f"The run at {part} is no part of another: measure parts by --shard.")
    for section, names in RELIED_ON.items():
        if section not in manifest or names - manifest[section].keys():
            raise RecordsError(
                f"The manifest of the part at {part} lacks {section!r}, or some of it: measure it again."
            )
    if why := manifest["measured"].get("incomplete"):
        raise RecordsError(f"The part at {part} is incomplete ({why}): measure it again.")


def _check_same(manifests: Mapping[Path, Mapping[str, Any]]) -> None:
    (first, expected), *others = ((part, dict(_facts("", manifest))) for part, manifest in manifests.items())
    for part, facts in others:
        if differing := sorted(
            name for name in expected.keys() | facts.keys() if expected.get(name) != facts.get(name)
        ):
            sides = f"{expected.get(differing[0], 'nothing')} and {facts.get(differing[0], 'nothing')}"
            raise RecordsError(f"{first} and {part} are parts of different runs: {differing[0]} is {sides}.")


def _facts(name: str, section: object) -> Iterable[tuple[str, object]]:
    """Yield what must be the same in all parts, by names such as "detector weights"."""
    if not isinstance(section, Mapping):
        yield name, section
        return
    for key, value in section.items():
        whole = f"{name} {key}".strip()
        if whole not in (*OWN, "measured selected"):
            yield from _facts(whole, value)


def _check_groups(manifests: Mapping[Path, Mapping[str, Any]], groups: Sequence[str]) -> None:
    measured: dict[str, Path] = {}
    for part, manifest in manifests.items():
        for group in manifest[PART]["groups"]:
            if group in measured:
                raise RecordsError(f"{measured[group]} and {part} have both measured {group}: leave one out.")
            measured[group] = part
    if not groups:
        raise RecordsError("Of these parts it is not known what else there is to measure: measure parts by --shard.")
    if missing := [group for group in groups if group not in measured]:
        more = f" and {len(missing) - NAMED} others" if len(missing) > NAMED else ""
        names = ", ".join(missing[:NAMED])
        raise RecordsError(f"No part has measured {names}{more}: {len(missing)} of {len(groups)} groups are missing.")


def _whole(first: Mapping[str, Any], times: Sequence[Mapping[str, Any]], items: int) -> dict[str, Any]:
    missing, experiments, _ = first[PART]["left out"]
    measured = {name: value for name, value in first["measured"].items() if name != "selected"}
    if words := in_words((missing, experiments, items)):
        measured["selected"] = words
    started, finished = min(time["started"] for time in times), max(time["finished"] for time in times)
    timing = {"started": started, "finished": finished, "seconds": round(sum(time["seconds"] for time in times), 1)}
    whole = {name: value for name, value in first.items() if name != PART}
    return {**whole, "measured": measured, "timing": timing}


def merge(parts: Sequence[Path], place: Path) -> report.Report:
    """Write the report of the run that these parts make up.

    Raises RecordsError as above, and where it would replace a part or a run that was stopped.
    """
    check_spares(place, parts)
    manifest = manifest_of(parts)
    return report.write(place, records_of(parts), manifest, lambda: excerpts_of(parts))


def main(arguments: list[str] | None = None) -> None:
    """Merge the reports of disjoint parts into that of the whole run."""
    parser = argparse.ArgumentParser(prog="veracity-bench merge", description=main.__doc__)
    parser.add_argument("part", type=Path, nargs="+", help="directory of the report of a part")
    parser.add_argument("--output", type=Path, required=True, help="directory of the whole report")
    options = parser.parse_args(arguments)
    try:
        written = merge(options.part, options.output)
    except (OSError, RecordsError) as error:
        raise SystemExit(str(error)) from error
    print(f"The whole board: {written.folder / BOARD}")
    if written.faults:
        raise SystemExit("\n".join(written.faults))
