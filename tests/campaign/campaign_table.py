"""The table of what was tried, from the results of each kind, which may come from several processes."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from veracity_bench.fixtures.explanations.isolation.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
RESULTS, PAGE = ROOT / "build" / "campaign", ROOT / "docs" / "campaign.md"
OPENING, CLOSING = "<!-- results of make campaign -->", "<!-- end -->"
COMMIT = subprocess.run(  # when the program starts: another one may be there when it ends
    ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
).stdout.strip()
COLUMNS = "| kind | tried | survived | failed | seed | date | commit |\n|---|---|---|---|---|---|---|"


def save(name, kind, outcomes, seed):
    """Keep the results of a kind."""
    faults = [f"{kind.NAME}, {outcome.tried}: {outcome.fault}" for outcome in outcomes if outcome.fault]
    about = {"date": datetime.now(UTC).date().isoformat(), "commit": COMMIT, "seed": seed}
    RESULTS.mkdir(parents=True, exist_ok=True)
    found = {"kind": kind.NAME, "means": kind.MEANS, "tried": len(outcomes), "faults": faults, **about}
    (RESULTS / f"{name}.json").write_text(json.dumps(found, indent=1))


def write(names):
    """Write the results that there are into the page."""
    files = [RESULTS / f"{name}.json" for name in names]
    results = [json.loads(file.read_text()) for file in files if file.exists()]
    page = PAGE.read_text(encoding="utf-8")
    start, end = page.index(OPENING) + len(OPENING), page.index(CLOSING)
    PAGE.write_text(f"{page[:start]}\n\n{_body(results)}\n\n{page[end:]}", encoding="utf-8")


def _body(results):
    faults = [f"- {' '.join(fault.split())[:400]}" for one in results for fault in one["faults"]]
    survived = [f"- **{one['kind']}**: {one['means']}" for one in results]
    where = f"Machine: {platform.system()}, {os.cpu_count()} cores; isolation of plug-ins: {Sandbox().isolation}."
    parts = ["\n".join([COLUMNS, *map(_row, results)]), where, "\n".join(["Failed:", "", *faults]) if faults else ""]
    return "\n\n".join(filter(None, [*parts, "\n".join(["What counts as survived:", "", *survived])]))


def _row(one):
    failed = len(one["faults"])
    cells = one["kind"], one["tried"], one["tried"] - failed, failed, one["seed"], one["date"], one["commit"]
    return f"| {' | '.join(map(str, cells))} |"
