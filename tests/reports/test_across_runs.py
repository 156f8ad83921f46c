import pandas as pd
from boards import cells, flips, row

from veracity_bench.reports.across_runs import across_runs
from veracity_bench.reports.measurements.records import table

SCORED = {"detector": {"test": {"error": 0.1234}}}


def run(manifest, **smallest):
    songs = "abcdefgh"
    return (
        table([line for song in songs for name, k in smallest.items() for line in flips(name, k, song=song)]),
        manifest,
    )


def test_runs_stand_below_each_other_and_against_the_first():
    runs = {
        "long": run(SCORED, lime=1, rise=2, lrp=3, oracle=1),
        "short": run(SCORED, lime=3, rise=2, lrp=1, oracle=1),
        "foreign": run({}, rise=2),
    }
    rows = cells(across_runs(runs))
    assert rows["run"] == [
        "test error (%)",
        "excerpts",
        "mean flip of LIME",
        "flip@3 of LIME, no sing to sing",
        "flip@3 of LIME, sing to no sing",
        "leads",
        "order as in long",
    ]
    assert rows["long"][:2] == ["12.3", "8"]
    assert rows["long"][2].startswith("100")
    assert rows["long"][4:] == ["-", "lime", "-"]
    assert rows["short"][2].startswith("90")
    assert rows["short"][5:] == ["lrp", "-1.00 [-1.00, -1.00]"]
    assert rows["foreign"] == ["-", "8", "-", "-", "-", "rise", "-"]


def test_what_is_found_of_planted_segments_stands_where_a_run_has_planted_any():
    """Of three planted segments 1 and 2 are found in two songs, from no sing to sing."""
    records, manifest = run(SCORED, lime=1)
    found = table([row("found", count, 3, song=song) for song, count in (("a", 1), ("b", 2))])
    planted = pd.concat([records, found], ignore_index=True)
    rows = cells(across_runs({"planted": (planted, manifest), "flips": (records, manifest)}))
    start = rows["run"].index("loc@3 of LIME, no sing to sing")
    assert rows["run"][start + 1] == "loc@3 of LIME, sing to no sing"
    assert rows["planted"][start].startswith("50 [")
    assert rows["planted"][start + 1] == "-"
    assert rows["flips"][start : start + 2] == ["-", "-"]
