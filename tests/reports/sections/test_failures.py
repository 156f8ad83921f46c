from boards import failure, flips, material

from veracity_bench.reports.sections.failures import failures


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


def test_reasons_that_differ_in_numbers_are_one_row():
    """But not of items without an explainer: their numbers may be names of songs."""
    sums = [
        failure("lime", f"a sum of {value} instead of 1", case) for case, value in enumerate(("0.5", "-2e-06", "3"))
    ]
    died = [{"metric": "failed", "value": 1.0, "reason": f"test[song-{number}]: it died"} for number in (1, 2)]
    lines = failures(material([*sums, *died])).splitlines()[2:]
    assert [[cell.strip() for cell in line.strip("|").split(" | ")][2:] for line in lines] == [
        ["1", r"test\[song-1\]: it died"],
        ["1", r"test\[song-2\]: it died"],
        ["3", "a sum of -2e-06 instead of 1 (2 more reasons differ in numbers)"],
    ]


def test_a_run_without_failures_has_none_to_list():
    assert failures(material(flips("lime", 3))) == "Nothing failed."
    assert failures(material([])) == "-"
