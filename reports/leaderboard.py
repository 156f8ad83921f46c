"""The leaderboard: one markdown page from the records and the manifest of a run alone.

``python -m reports.leaderboard reports/latest`` renders the page again, without the detector or any explainer.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from reports import conditions, scores, tables
from reports.records import RecordsError, canonical, read_run

QUESTION = """\
Which explainers tell the truth about an audio classifier? A detector hears whether an excerpt of music holds singing. \
An adversarial attack changes the excerpt until the detector changes its mind, so what caused the new prediction is \
known, and a good explainer must find it."""

ATTACK = """\
A song's excerpts are attacked in random order until its slots are filled, so the success rate is that of the excerpts \
tried, not of all excerpts of the corpus. Iterations and signal-to-noise ratio are medians over those that flipped."""

HOW_TO_READ = """\
Larger is better, except for queries and seconds. Shares are in percent, and stand with their 95 % interval: a \
percentile bootstrap over songs, as excerpts of one song are not independent (one song alone gives no interval). \
"-" means not measured.

- **flip@3**: how often the prediction flips when the perturbation is inserted in the explainer's top 3 of the 20 \
segments only.
- **mean flip**: the mean of flip@k over k = 1..20, that is the area under the flip@k curve; it orders the board.
- **flip@positive**: the same for all positively weighted segments. Their number is the explainer's choice, and more \
segments flip more easily; compare with as many segments chosen by delta-norm, for which all 20 are positive.
- **localisation@k**: the share of k planted segments that are among the explainer's top k, over excerpts that flip \
with these k segments alone. A random ranking finds k of 20: 5, 15 and 25 %.
- **fidelity**: weighted R^2 of the explainer's weights, best rescaled, as a linear model of the detector on LIME's \
neighbourhood of the full adversarial excerpt (fresh samples, the same for all). It does not say that an explanation \
is right.
- **queries**, **seconds**: predictions asked for and time taken by one explanation (medians).
- **cases**: adversarial excerpts with at least one number. **failed**: failures, listed below; a score covers the \
cases that did not fail, so an explainer that failed stands below those that did not.
- **references**: *random* ranks the segments at random and *delta-norm* by the size of the perturbation, which no \
explainer sees: it plants the segments that localisation looks for, and so finds them all. They show what a score is \
worth and do not compete."""


def render(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Render the whole board; it depends on the content of the records only, not on their order."""
    records = canonical(records)
    sections = {} if records.empty else _results(records)
    page = [f"# {manifest.get('title', 'Veracity Bench')}", _measured(records, manifest)]
    page += [f"## {title}\n\n{body}" for title, body in {**sections, **_run(manifest)}.items()]
    return "\n\n".join(page) + "\n"


def _measured(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    if records.empty:
        return f"{QUESTION} Nothing was measured."
    numbers = scores.measured(records)
    songs, explainers = (numbers.loc[numbers[name] != "", name].nunique() for name in ("song", "explainer"))
    counts = {"adversarial excerpts": scores.count_cases(records), "songs": songs, "explainers": explainers}
    facts = {**manifest.get("measured", {}), **counts}
    return f"{QUESTION} Measured on {'; '.join(f'{name}: {value}' for name, value in facts.items())}."


def _results(records: pd.DataFrame) -> dict[str, str]:
    return {
        "Overall": tables.overall(records),
        "How to read this board": HOW_TO_READ,
        "flip@3 by attack and direction": tables.by_setting(records, scores.FLIP_AT_3),
        "flip@positive by attack and direction": tables.by_setting(records, scores.FLIP_POSITIVE),
        "As many segments, chosen by delta-norm": tables.by_setting(records, scores.FLIP_POSITIVE_NORM),
        "flip@k": tables.curves(records),
        "Fidelity of right and wrong explanations": (
            "One planted segment; an explanation is right if that segment is its top one (by chance: 5 %). "
            f"Median [quartiles] of the fidelity.\n\n{tables.right_and_wrong(records)}"
        ),
        "The attack": f"{ATTACK}\n\n{conditions.attacks(records)}",
        "Failures": conditions.failures(records),
    }


def _run(manifest: Mapping[str, Any]) -> dict[str, str]:
    parts = [name for name in manifest if name not in ("title", "timing")]
    body = "\n\n".join(f"### {name}\n\n{conditions.settings(manifest[name])}" for name in parts)
    return {"The run": body or "-", "Timing": conditions.settings(manifest.get("timing", {}))}


def main(arguments: list[str] | None = None) -> None:
    """Render the records of a run to a file or to the standard output."""
    parser = argparse.ArgumentParser(prog="python -m reports.leaderboard", description=main.__doc__)
    parser.add_argument("records", type=Path, help="directory of a run, or its records.parquet")
    parser.add_argument("--output", type=Path, help="file to write instead of the standard output")
    options = parser.parse_args(arguments)
    try:
        page = render(*read_run(options.records))
    except RecordsError as error:
        raise SystemExit(str(error)) from error
    if options.output:
        options.output.write_text(page, encoding="utf-8")
    else:
        print(page, end="")


if __name__ == "__main__":
    main()
