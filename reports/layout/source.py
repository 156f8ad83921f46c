"""Where numbers come from: the run, in a line of small print that stands with every figure, table and page."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from veracity_bench.reports.measurements.manifest import digest_of
from veracity_bench.reports.measurements.records import RECORDS

PROGRAM = "veracity-bench"
DIGITS = 12  # of the SHA-256 of the records, which the manifest holds and `sha256sum` shows


def source(run: Path, manifest: Mapping[str, Any]) -> str:
    """Name a run: corpus, scale, when it finished, the version that shows it, the beginning of its records' digest."""
    measured, timing = (manifest.get(part) or {} for part in ("measured", "timing"))
    facts = [measured.get("corpus"), measured.get("scale"), str(timing.get("finished", ""))[:10]]
    records = digest_of(run if run.is_file() else run / RECORDS)[:DIGITS]
    return ", ".join(filter(None, [*map(_text, facts), f"{PROGRAM} {version(PROGRAM)}", f"records {records}"]))


def _text(fact: object) -> str:
    return "" if fact is None else str(fact)
