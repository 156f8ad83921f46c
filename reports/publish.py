"""Put a run where others read it: `python -m veracity_bench.reports.publish reports/latest NAME` writes reports/published/NAME.

Records, manifest, board, figures and page are published, the excerpts' own file is not. A page of other songs than the
synthetic ones holds no sound: their licences may forbid to pass it on.
"""

import argparse
from pathlib import Path

from veracity_bench.reports import leaderboard, page
from veracity_bench.reports.measurements.excerpts import read_excerpts
from veracity_bench.reports.measurements.records import RecordsError, read_run, write_run

PUBLISHED = Path(__file__).parent / "published"
FREE = "synthetic songs"  # the corpus that is the project's own


def publish(run: Path, place: Path) -> None:
    """Publish the run in one folder in another; raises RecordsError where it cannot be read."""
    records, manifest = read_run(run)
    excerpts = read_excerpts(run)
    write_run(place, records, manifest)
    drawn = leaderboard.write(place / "leaderboard.md", records, manifest, excerpts)
    silent = manifest.get("measured", {}).get("corpus") != FREE
    page.write(place / "leaderboard.html", records, manifest, excerpts, silent=silent, drawn=drawn)


def main(arguments: list[str] | None = None) -> None:
    """Publish a run."""
    parser = argparse.ArgumentParser(prog="python -m veracity_bench.reports.publish", description=main.__doc__)
    parser.add_argument("run", type=Path, help="directory of the run")
    parser.add_argument("name", help="folder in reports/published")
    options = parser.parse_args(arguments)
    try:
        publish(options.run, PUBLISHED / options.name)
    except RecordsError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
