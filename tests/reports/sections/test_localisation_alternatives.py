from boards import cells, curve, material, row

from veracity_bench.reports.sections.localisation_alternatives import alternatives


def confined(metric, value, k, **coordinates):
    return row(f"confined_{metric}", value, k, explainer="", case=-1, **coordinates)


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
    first, _, attacks = alternatives(material(rows)).split("\n\n")
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
    shown = alternatives(material(rows))
    assert cells(shown)["waveform, no sing to sing"][:4] == ["1", "4", "0", "0%"]
    assert "planted by" not in shown


def test_without_planted_segments_there_is_nothing_to_show():
    assert alternatives(material(curve("lime", [0, 1]))) == "-"
