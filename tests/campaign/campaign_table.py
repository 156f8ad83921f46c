"""The table of what was tried, a row per kind, which may be of several campaigns."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from veracity_bench.fixtures.explanations.isolation.sandbox import Sandbox
from veracity_bench.reports.layout.markdown import plain

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "campaign.md"
OPENING, CLOSING = "<!-- results of make campaign -->", "<!-- end -->"
COMMIT = subprocess.run(  # when the program starts: another one may be there when it ends
    ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.strip()
COLUMNS = "| kind | tried | survived | failed | seed | date | commit | machine |\n|---|---|---|---|---|---|---|---|"


def write(kinds, kind, outcomes, seed):
    """Write the results of a kind into the page; those of all other kinds stay as they are there."""
    page = PAGE.read_text(encoding="utf-8")
    start, end = page.index(OPENING) + len(OPENING), page.index(CLOSING)
    lines = page[start:end].splitlines()
    results = {one.NAME: _results(one.NAME, lines) for one in kinds}
    results[kind.NAME] = _row(kind.NAME, outcomes, seed), _faults(kind.NAME, outcomes)
    PAGE.write_text(f"{page[:start]}\n\n{_body(kinds, results)}\n\n{page[end:]}", encoding="utf-8")


def _results(name, lines):
    """Return the row of a kind, "" where there is none, and its faults, as the page has them."""
    rows = [line for line in lines if line.startswith(f"| {name} |")]
    return "".join(rows), [line for line in lines if line.startswith(f"- {name}, ")]


def _body(kinds, results):
    rows = [row for row, _ in results.values() if row]
    faults = [fault for _, found in results.values() for fault in found]
    survived = [f"- **{kind.NAME}**: {kind.MEANS}" for kind in kinds if results[kind.NAME][0]]
    parts = ["\n".join([COLUMNS, *rows]), "\n".join(["Failed:", "", *faults]) if faults else ""]
    return "\n\n".join(filter(None, [*parts, "\n".join(["What counts as survived:", "", *survived])]))


def _row(name, outcomes, seed):
    failed = sum(bool(outcome.fault) for outcome in outcomes)
    today = datetime.now(UTC).date().isoformat()
    machine = f"{platform.system()}, {os.cpu_count()} cores, plug-ins in {Sandbox().isolation}"
    cells = name, len(outcomes), len(outcomes) - failed, failed, seed, today, COMMIT, machine
    return f"| {' | '.join(map(str, cells))} |"


def _faults(name, outcomes):
    texts = (f"{name}, {outcome.tried}: {outcome.fault}" for outcome in outcomes if outcome.fault)
    return [f"- {plain(' '.join(text.split())[:400])}" for text in texts]
