"""What failed, and why."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, plain, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.measurements.metrics import ANY_K, Metric, Range

NO_FAILURE = "Nothing failed."
NUMBER = r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?"


def failures(material: Material) -> str:
    """List the failures of a run, or state that there was none."""
    if material.records.empty:
        return NOTHING
    found = listed(material.records, FAILED)
    return NO_FAILURE if found == NOTHING else found


def listed(records: pd.DataFrame, metric: str) -> str:
    """List who failed or was not applicable, by the metric, in which experiments, how often and why; "-" for nobody.

    Reasons of an explainer that differ in numbers alone are one.
    """
    found = records[records["metric"] == metric].astype({"explainer": str, "reason": str})
    kinds = found["reason"].str.replace(NUMBER, "", regex=True).where(found["explainer"] != "", found["reason"])
    rows = []
    for (explainer, _), group in found.groupby(["explainer", kinds.rename("kind")]):
        experiments = ", ".join(map(plain, sorted(set(group["experiment"]) - {""})))
        reason, *alike = sorted(set(group["reason"]))
        more = f" ({len(alike)} more reasons differ in numbers)" if alike else ""
        why = plain(f"{reason}{more}")
        rows.append([label(str(explainer)) or "(no explainer)", experiments or NOTHING, str(len(group)), why])
    return table(["explainer", "experiments", "times", "reason"], rows, texts=(0, 1, 3))


SECTION = Section(
    "Failures",
    "",
    failures,
    metrics=(
        Metric(FAILED, ANY_K, Range(1, 1), "", "an item (case -1) or one of its cases failed, for the reason given"),
    ),
)
