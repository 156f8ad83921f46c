"""The leaderboard: one markdown page from the records and the manifest of a run alone.

``python -m reports.leaderboard reports/latest`` renders the page again, without the detector or any explainer.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from reports import ceiling, conditions, normalised, oracles, scores, tables, texts
from reports.records import RecordsError, canonical, read_run
from reports.references import REFERENCES


def render(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Render the whole board; it depends on the content of the records only, not on their order."""
    records = canonical(records)
    sections = {} if records.empty else _results(records)
    page = [f"# {manifest.get('title', 'Veracity Bench')}", _measured(records, manifest)]
    page += [f"## {title}\n\n{body}" for title, body in {**sections, **_run(records, manifest)}.items()]
    return "\n\n".join(page) + "\n"


def _measured(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    if records.empty:
        return f"{texts.QUESTION} Nothing was measured."
    numbers = scores.measured(records)
    songs, rows = (set(numbers[name]) - {""} for name in ("song", "explainer"))
    explainers = rows.difference(REFERENCES)
    counts = {"adversarial excerpts": scores.count_cases(records), "songs": len(songs), "explainers": len(explainers)}
    facts = {**manifest.get("measured", {}), **counts}
    return f"{texts.QUESTION} Measured on {'; '.join(f'{name}: {value}' for name, value in facts.items())}."


def _results(records: pd.DataFrame) -> dict[str, str]:
    return {
        "Overall": tables.overall(records),
        "How to read this board": texts.HOW_TO_READ,
        "Normalised flip@k": f"{texts.NORMALISED}\n\n{normalised.by_k(records)}",
        "flip@3 by attack and direction": tables.by_setting(records, scores.FLIP_AT_3),
        "flip@positive by attack and direction": tables.by_setting(records, scores.FLIP_POSITIVE),
        "As many segments, chosen by delta-norm": tables.by_setting(records, scores.FLIP_POSITIVE_NORM),
        "flip@k": tables.curves(records),
        "Localisation ceiling": f"{texts.CEILING}\n\n{ceiling.ceilings(records)}",
        "Fidelity of right and wrong explanations": f"{texts.RIGHT}\n\n{tables.right_and_wrong(records)}",
        "What the oracles say": f"{texts.ORACLES}\n\n{oracles.answers(records)}",
        "The attack": f"{texts.ATTACK}\n\n{conditions.attacks(records)}",
        "Failures": conditions.failures(records),
    }


def _run(records: pd.DataFrame, manifest: Mapping[str, Any]) -> dict[str, str]:
    parts = [name for name in manifest if name not in ("title", "timing")]
    body = "\n\n".join(f"### {name}\n\n{conditions.settings(manifest[name])}" for name in parts)
    timing = f"{conditions.settings(manifest.get('timing', {}))}\n\n{oracles.costs(records)}"
    return {"The run": body or "-", "Timing": timing}


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
