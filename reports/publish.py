"""Put a run where others read it: `veracity-bench publish reports/latest reports/published/NAME`.

Records, manifest, board, figures and page are published, the excerpts' own file is not. A page of other songs than the
synthetic ones, whose corpus is known by the key of its contents, holds no sound: licences may forbid to pass it on.
"""

import argparse
import sys
from pathlib import Path

from veracity_bench.reports import report
from veracity_bench.reports.measurements.errors import RecordsError
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.folder import check_spares
from veracity_bench.reports.measurements.manifest import BOARD, read_manifest
from veracity_bench.reports.measurements.records import read_run

SYNTHETIC_SONGS = "70e70f11c1bcab707c9d5336d2165994657134fd63a85162c5682190226cac74"  # content key of the project's own


def publish(run: Path, place: Path) -> list[str]:
    """Publish the run in one folder in another; return what could not be rendered, in sentences.

    Raises RecordsError where it cannot be read, or would be replaced.
    """
    check_spares(place, [run])
    records, manifest = read_run(run)
    excerpts = read_excerpts(run)
    silent = manifest.get("corpus", {}).get("key") != SYNTHETIC_SONGS
    return report.write(place, records, manifest, lambda: excerpts, silent=silent, published=True).faults


def main(arguments: list[str] | None = None) -> None:
    """Publish a run."""
    parser = argparse.ArgumentParser(prog="veracity-bench publish", description=main.__doc__)
    parser.add_argument("run", type=Path, help="directory of the run")
    parser.add_argument("folder", type=Path, help="folder to write to, which is made where it does not exist")
    options = parser.parse_args(arguments)
    try:
        faults = publish(options.run, options.folder)
        measured = read_manifest(options.folder).get("measured", {})
    except (OSError, RecordsError) as error:
        raise SystemExit(str(error)) from error
    print(options.folder / BOARD)
    if "incomplete" in measured:
        print(f"This run is incomplete, and its board states why: {measured['incomplete']}.", file=sys.stderr)
    if faults:
        raise SystemExit("\n".join(faults))
