from boards import cells, curve, material, row

from veracity_bench.reports.sections.baseline_margins import sides


def margin(value, **coordinates):
    return row("baseline_margin", value, explainer="", experiment="baseline", **coordinates)


def test_excerpts_on_either_side_by_condition():
    """At 0 the baseline lies on the threshold, and decides nothing."""
    rows = [
        margin(-2.0),
        margin(-1.0, case=1),
        margin(0.5, song="b"),
        margin(3.0, condition=(1, 1)),
        margin(0.0, condition=(1, 1), case=1),
    ]
    assert cells(sides(material(rows))) == {
        "attack": ["excerpts", "on the target's side", "on the origin's side", "median margin"],
        "waveform, no sing to sing": ["3", "1", "2", "-1.0"],
        "waveform, sing to no sing": ["0", "0", "0", "-"],
        "spectrogram, no sing to sing": ["0", "0", "0", "-"],
        "spectrogram, sing to no sing": ["2", "1", "1", "+1.5"],
        "all": ["5", "2", "3", "+0.0"],
    }


def test_where_nothing_was_measured_there_is_nothing_to_show():
    assert sides(material(curve("lime", [1]))) == "-"
