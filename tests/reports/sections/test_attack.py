from boards import cells, material, row

from veracity_bench.reports.sections.attack import attacks


def test_the_attack_is_accounted_for():
    def attack(metric, value, song="a", case=-1, reason=""):
        return row(metric, value, explainer="", song=song, case=case, experiment="attack", reason=reason)

    rows = [
        *(attack(metric, value) for metric, value in (("attempts", 8), ("successes", 2), ("slots", 4))),
        *(attack(metric, value, "b") for metric, value in (("attempts", 2), ("successes", 2), ("slots", 2))),
        attack("unfilled", 2, reason="6 of 8 attempts failed"),
        attack("unfilled", 0, "b"),
        *(attack("iterations", steps, case=case) for case, steps in enumerate([10, 20, 90])),
        *(attack("snr", level, case=case) for case, level in enumerate([30.0, 41.26, 50.0])),
    ]
    accounts = cells(attacks(material(rows)))
    reasons = "6 of 8 attempts failed: 2"
    assert accounts["waveform, no sing to sing"] == ["10", "4", "40%", "6", "2", reasons, "20", "41.3", "60.5%"]
    assert accounts["spectrogram, sing to no sing"] == [*["-"] * 8, "28.4%"]
