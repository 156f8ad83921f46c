from boards import cells, failure, flips, material, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.failures import failures


def test_an_explainer_that_is_not_applicable_keeps_its_row_with_the_reason():
    """Its tests were skipped, not failed: there is a record for every case and experiment."""
    reason = "grad-cam needs a convolution, this detector has none"
    rows = [
        *flips("lime", 9),
        *(
            {**failure("grad-cam", reason, case), "experiment": name}
            for name in ("flip", "fidelity")
            for case in (0, 1)
        ),
    ]
    board = render(table(rows), {})
    assert set(cells(section(board, "Overall"))["grad-cam"]) == {"failed", "0", "4"}
    assert cells(section(board, "Failures"))["grad-cam"] == ["fidelity, flip", "4", reason]


def test_failures_are_counted_by_their_sentence_over_experiments():
    rows = [
        *(failure("lime", "boom", case) for case in range(3)),
        {**failure("lime", "boom"), "experiment": "fidelity"},
        failure("lime", "int | None"),
        {"metric": "failed", "value": 1.0, "reason": "the process that ran it died"},
    ]
    lines = failures(material(rows)).splitlines()[2:]
    assert [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines] == [
        ["(no explainer)", "-", "1", "the process that ran it died"],
        ["lime", "fidelity, flip", "4", "boom"],
        ["lime", "flip", "1", r"int \| None"],
    ]


def test_a_run_without_failures_has_none_to_list():
    assert failures(material(flips("lime", 3))) == "Nothing failed."
    assert failures(material([])) == "-"
