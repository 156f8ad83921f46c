from boards import MANIFEST, cells, flips, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table


def test_the_manifest_is_shown_whole_and_its_timing_last():
    board = render(table(flips("lime", 3)), MANIFEST)
    assert cells(section(board, "The run").split("### options")[1]) == {
        "name": ["value"],
        "attack.waveform.eps": ["0.01"],
        "ks": ["1, 3, 5"],
    }
    before, timing = board.split("## Timing")
    assert cells(timing) == {"name": ["value"], "started": ["today"], "seconds": ["12.5"]}
    assert "12.5" not in before


def test_explainers_are_introduced_in_a_table_of_their_own():
    lime = {
        "access": "black box",
        "library": "lime",
        "reference": "Ribeiro et al. 2016",
        "settings": "Lime(kernel=0.25)",
    }
    own = {"access": "", "library": "", "reference": "", "settings": "my:own"}
    board = render(table(flips("lime", 3)), {**MANIFEST, "explainers": {"lime": lime, "my:own": own}})
    introduced = cells(section(board, "Explainers"))
    assert introduced.pop("name") == ["access", "library", "reference", "settings"]
    assert introduced == {"lime": list(lime.values()), "my:own": ["-", "-", "-", "my:own"]}
    assert "explainers" not in section(board, "The run")
