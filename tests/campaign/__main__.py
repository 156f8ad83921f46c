"""The long form, `make campaign`: all kinds of trials, and the table of docs/campaign.md."""

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "fixtures" / "toys"))

from campaign_table import write
from world import World

FULL = {"kills": 100, "full_disks": 50, "damage": 50, "hostile_plugins": 100, "fuzzed_files": 1000}


def main():
    parser = argparse.ArgumentParser(prog="tests/campaign", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, help="of all random numbers (%(default)s)")
    parser.add_argument("--kind", choices=FULL, action="append", help="one of them, may be repeated (all)")
    parser.add_argument("--minutes", type=float, default=1e9, help="start no more trials of a kind after so many")
    options = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="campaign-") as folder:
        world, kinds = World(Path(folder)), {name: importlib.import_module(name) for name in FULL}
        for name in options.kind or FULL:
            kind = kinds[name]
            if why := getattr(kind, "obstacle", str)():
                print(f"{kind.NAME}: not tried, {why}")
                continue
            outcomes = run(kind, world, options)
            failed += sum(bool(outcome.fault) for outcome in outcomes)
            write(kinds.values(), kind, outcomes, options.seed)
    return min(failed, 1)


def run(kind, world, options):
    """Run the trials of a kind; return their outcomes."""
    end = time.monotonic() + 60 * options.minutes
    outcomes = []
    for outcome in kind.tries(world, options.seed, FULL[kind.__name__]):
        print(f"{kind.NAME} {len(outcomes)}: {outcome.tried}: {outcome.fault or 'survived'}", flush=True)
        outcomes.append(outcome)
        if time.monotonic() > end:
            break
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
