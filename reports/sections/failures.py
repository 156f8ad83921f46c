"""What failed, and why."""

import pandas as pd

from veracity_bench.reports.layout.markdown import NOTHING, label, plain, table
from veracity_bench.reports.layout.material import Material
from veracity_bench.reports.layout.section import Section
from veracity_bench.reports.measurements.columns import FAILED
from veracity_bench.reports.measurements.metrics import ANY_K, Metric, Range

NO_FAILURE = "Nothing failed."


def failures(material: Material) -> str:
    """List the failures of a run, or state that there was none."""
    if material.records.empty:
        return NOTHING
    found = listed(material.records, FAILED)
    return NO_FAILURE if found == NOTHING else found


def listed(records: pd.DataFrame, metric: str) -> str:
    """List who failed or was not applicable, by the metric, in which experiments, how often and why; "-" for nobody."""
    found = records[records["metric"] == metric]
    rows = []
    for kind, group in found.groupby(["explainer", "reason"]):
        explainer, reason = map(str, kind)
        experiments = ", ".join(map(plain, sorted(set(group["experiment"]) - {""})))
        rows.append([label(explainer) or "(no explainer)", experiments or NOTHING, str(len(group)), plain(reason)])
    return table(["explainer", "experiments", "times", "reason"], rows, texts=(0, 1, 3))


SECTION = Section(
    "Failures",
    "",
    failures,
    metrics=(
        Metric(FAILED, ANY_K, Range(1, 1), "", "an item (case -1) or one of its cases failed, for the reason given"),
    ),
)
