from boards import cells, curve, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections import localisation
from veracity_bench.reports.sections.tables import SETTINGS, setting_title


def confined(metric, value, k, **coordinates):
    return row(f"confined_{metric}", value, k, explainer="", case=-1, **coordinates)


def test_the_twelve_subsets_and_the_papers():
    """Waveform to sing: 1 of 2 found at k = 1; spectrogram from sing: 3 of 5 at k = 5."""
    rows = [
        *curve("lime", [0] * 20),
        *(row("found", case, 1, case=case) for case in (0, 1)),
        row("found", 3, 5, setting=(1, 1)),
        row("found", 0.05, 1, explainer="random"),
    ]
    one, five = localisation.by_setting(table(rows)).split("\n\n### ")
    assert one.startswith("### 1 planted segment\n")
    assert cells(one) == {
        "explainer": [setting_title(*setting) for setting in SETTINGS],
        "excerpts": ["2", "0", "0", "0"],
        "chance": ["5", "-", "-", "-"],
        "lime": ["50", "-", "-", "-"],
        "lime, paper": ["41", "9", "50", "40"],
    }
    assert five.startswith("5 planted segments\n")
    assert cells(five)["lime"] == ["-", "-", "-", "60"]
    assert cells(five)["chance"] == ["-", "-", "-", "25"]


def test_what_the_oracle_and_the_attack_planted():
    """The oracle: 1 of 1 and 1 of 3 found, 1/20 and 9/20 expected by chance; the attack: 1 of 3."""
    rows = [
        *curve("lime", [0] * 20),
        row("oracle_found", 1, 1),
        row("oracle_found", 1, 3, case=1),
        row("confined_found", 1, 3, case=5),
        row("confined_found", 3, 3, case=5, explainer="shap"),
        *(confined(metric, value, 3) for metric, value in (("attempts", 8), ("successes", 2), ("slots", 3))),
        {**confined("unfilled", 1, 3), "reason": "6 of 8 attempts failed"},
    ]
    first, _, attacks = localisation.otherwise(table(rows)).split("\n\n")
    assert cells(first) == {
        "found": ["planted by oracle", "planted by attack, 3"],
        "excerpts": ["2", "1"],
        "chance": ["12.5", "15"],
        "lime": ["50", "33"],
        "shap": ["-", "100"],
    }
    reason = "6 of 8 attempts failed: 1"
    assert cells(attacks)["waveform, no sing to sing"] == ["3", "8", "2", "25%", "3", "1", reason]


def test_attacks_that_all_failed_are_accounted_for():
    rows = [confined(metric, value, 1) for metric, value in (("attempts", 4), ("successes", 0), ("slots", 1))]
    shown = localisation.otherwise(table(rows))
    assert cells(shown)["waveform, no sing to sing"][:4] == ["1", "4", "0", "0%"]
    assert "planted by" not in shown


def test_without_planted_segments_there_is_nothing_to_show():
    records = table(curve("lime", [0, 1]))
    assert localisation.by_setting(records) == localisation.otherwise(records) == "-"
