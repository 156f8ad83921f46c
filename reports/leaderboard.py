"""The leaderboard: one markdown page from the records and the manifest of a run alone.

``python -m reports.leaderboard reports/latest`` renders the page again, without the detector or any explainer.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from reports import agreement, budget, ceiling, claims, conditions, normalised, oracles, ranking, scores, tables, texts
from reports.files import replace
from reports.markdown import NOTHING, figure
from reports.records import RecordsError, canonical, read_run
from reports.references import DELTA_NORM, REFERENCES


def write(file: Path, records: pd.DataFrame, manifest: Mapping[str, Any]) -> None:
    """Write the board, and its figures to the folder ``figures`` beside it; those of an older board go."""
    from reports import figures  # noqa: PLC0415 - matplotlib takes a while to import, which the text need not wait for

    replace(file, render(records, manifest).encode())
    drawn = dict(figures.files(canonical(records)))
    for path in figures.PATHS:
        if path in drawn:
            replace(file.parent / path, drawn[path])
        else:
            (file.parent / path).unlink(missing_ok=True)


def render(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Render the whole board; it depends on the content of the records only, not on their order."""
    records = canonical(records)
    sections = {**({} if records.empty else _results(records)), **_run(records, manifest)}
    page = [f"# {manifest.get('title', 'Veracity Bench')}", introduction(records, manifest)]
    page += [f"## {title}\n\n{body}" for title, body in sections.items() if body]
    return "\n\n".join(page) + "\n"


def introduction(records: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """Ask the question, and say in a paragraph what was measured."""
    if records.empty:
        return f"{texts.QUESTION} Nothing was measured."
    cases = scores.cases(records)
    counts = {"adversarial excerpts": len(cases), "songs with a case": cases["song"].nunique()}
    facts = [f"{name}: {value}" for name, value in {**manifest.get("measured", {}), **counts}.items()]
    paragraph = f"{texts.QUESTION} Measured on {'; '.join([*facts, _rows(records)])}."
    return f"{paragraph} {texts.fill(texts.NO_ORACLE, records)}" if oracles.missing(records) else paragraph


def _rows(records: pd.DataFrame) -> str:
    references = [name in REFERENCES for name in scores.by_explainer(records)]
    return f"{_count(references.count(False), 'explainer')}, {_count(references.count(True), 'reference')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _results(records: pd.DataFrame) -> dict[str, str]:
    others = records[records["explainer"] != DELTA_NORM]
    localisation = texts.PLANTED if oracles.missing(records) else f"{texts.PLANTED} {texts.CEILING}"
    return {
        "Overall": tables.overall(records),
        "The paper's claims here": _section(claims.claims(records)),
        "How to read this board": texts.fill(texts.HOW_TO_READ, records),
        "Ranking": _section(ranking.ranking(records)),
        "Normalised flip@k": _section(normalised.by_k(records), texts.NORMALISED),
        "What localisation can expect": _section(ceiling.ceilings(records), localisation),
        "How many segments a flip needs": _section(oracles.answers(records), texts.fill(texts.ORACLES, records)),
        "Accuracy against budget": _section(
            budget.tables(records), texts.fill(texts.BUDGET, records), figure("budget", texts.BUDGET_FIGURE)
        ),
        "Which explainers agree": _section(
            agreement.most_similar(records), texts.AGREEMENT, figure("agreement", texts.AGREEMENT_FIGURE)
        ),
        "flip@3 by attack and direction": _section(tables.by_setting(records, scores.FLIP_AT_3)),
        "flip@positive by attack and direction": _section(tables.by_setting(records, scores.FLIP_POSITIVE)),
        "flip@positive, controlled: as many segments, chosen by delta-norm": _section(
            tables.by_setting(others, scores.FLIP_POSITIVE_NORM)
        ),
        "Fidelity of right and wrong explanations": _section(
            tables.right_and_wrong(records), texts.fill(texts.RIGHT, records)
        ),
        "flip@k": _section(tables.curves(records)),
        "The attack": f"{texts.ATTACK}\n\n{conditions.attacks(records)}",
        "Failures": conditions.failures(records),
    }


def _section(body: str, *introduction: str) -> str:
    """Introduce a table, or leave out both where nothing was measured."""
    return "" if body == NOTHING else "\n\n".join([*introduction, body])


def _run(records: pd.DataFrame, manifest: Mapping[str, Any]) -> dict[str, str]:
    parts = [name for name in manifest if name not in ("title", "explainers", "timing")]
    body = "\n\n".join(f"### {name}\n\n{conditions.settings(manifest[name])}" for name in parts)
    timing = [conditions.settings(manifest.get("timing", {})), oracles.costs(records)]
    explainers = conditions.explainers(manifest.get("explainers", {}))
    sections = {"Explainers": _section(explainers, texts.EXPLAINERS), "The run": body or NOTHING}
    return {**sections, "Timing": "\n\n".join(filter(None, timing))}


def main(arguments: list[str] | None = None) -> None:
    """Render the records of a run to a file with figures beside it, or the page alone to the standard output."""
    parser = argparse.ArgumentParser(prog="python -m reports.leaderboard", description=main.__doc__)
    parser.add_argument("records", type=Path, help="directory of a run, or its records.parquet")
    parser.add_argument(
        "--output", type=Path, help="file to write, with figures beside it, instead of the standard output"
    )
    options = parser.parse_args(arguments)
    try:
        run = read_run(options.records)
    except RecordsError as error:
        raise SystemExit(str(error)) from error
    if options.output:
        write(options.output, *run)
    else:
        print(render(*run), end="")


if __name__ == "__main__":
    main()
