import numpy as np
from boards import cells, curve, drawn, material, row

from veracity_bench.reports.measurements.excerpts import Excerpt
from veracity_bench.reports.sections.drawings import by_shape, draw


def test_drawings_by_shape():
    rows = [
        *(drawn("touched", share, 3, song=song) for song, share in (("a", 1), ("b", 1 / 3))),
        *(drawn("touched", 0.1, 3, song=song, explainer="random") for song in "ab"),
        *(drawn("drawn_fidelity", 0.8, song=song) for song in "ab"),
        drawn("touched", 0, 3, variant="vibrato"),
        {**drawn("drawings_unfilled", 1, explainer="", case=-1, variant="sine"), "reason": "nothing to draw on"},
    ]
    touched, why, fidelity = by_shape(material(rows)).replace("### ", "").split("\n\n", 1)[1].split("\n\n", 2)
    assert cells(touched) == {
        "explainer": ["blob", "vibrato", "all"],
        "drawings": ["2", "1", "3"],
        "not found": ["-", "-", "1"],
        "chance": ["10 [10, 10]", "-", "10 [10, 10]"],
        "lime": ["67 [0, 100]", "0", "44 [0, 100]"],
    }
    assert why == "Why no drawing was found: nothing to draw on: 1."
    assert cells(fidelity) == {
        "explainer": ["blob", "vibrato", "all"],
        "lime": ["0.80 [0.80, 0.80]", "-", "0.80 [0.80, 0.80]"],
        "lime, paper": ["0.96", "-", "-"],
    }


def test_without_drawings_there_is_nothing_to_show():
    assert by_shape(material([*curve("lime", [0, 1]), row("fidelity", 0.5)])) == "-"


def excerpt(shape, song="a", attack="drawing", case=0):
    coordinates = {"attack": attack, "direction": "nosing_to_sing", "song": song, "case": case, "variant": shape}
    versions = {"original": np.zeros((115, 80), np.float32), "adversarial": np.ones((115, 80), np.float32)}
    return Excerpt(**coordinates, **versions, frame=100, probabilities=(0.02, 0.961))


def explained(shape, weights, fidelity=0.5, explainer="lime", **place):
    drawing = {"attack": "drawing", "variant": shape}
    rows = [row("drawn_weight", weight, k, explainer=explainer, **place) for k, weight in enumerate(weights)]
    return [line | drawing for line in [*rows, row("drawn_fidelity", fidelity, explainer=explainer, **place)]]


WEIGHTS = np.arange(20.0)[::-1]  # segments 0, 1, 2 are the top three


def corners(axes):
    return {patch.get_xy() for patch in axes.patches if not patch.get_fill()}


def test_a_row_per_shape_original_drawn_and_explanations():
    rows = [
        *explained("sine", WEIGHTS, 0.68),
        *explained("blob", -WEIGHTS, 0.957),
        *explained("blob", WEIGHTS, explainer="rise"),
    ]
    panels = draw(material(rows, ["lime"], [excerpt("sine"), excerpt("blob")])).axes
    assert [axes.get_title() for axes in panels[:3]] == [
        "original\nsing 0.02",
        "drawn\nsing 0.96",
        "lime\nfidelity 0.96",
    ]
    assert panels[5].get_title() == "fidelity 0.68"
    assert [panels[0].get_ylabel(), panels[3].get_ylabel()] == ["blob", "sine"]
    assert corners(panels[2]) == {(4, 1), (4, 2), (4, 3)}
    assert corners(panels[5]) == {(0, 0), (0, 1), (0, 2)}  # time, frequency
    assert len(panels[2].patches) == 20


def test_the_lowest_frequency_is_at_the_bottom_and_time_runs_to_the_right():
    one = excerpt("sine")
    one.original[:] = np.arange(115)[:, None] + np.arange(80) / 100
    panel = draw(material(explained("sine", WEIGHTS), ["lime"], [one])).axes[0]
    shown = panel.images[0]
    assert (shown.origin, shown.get_extent()) == ("lower", [0, 5, 0, 4])
    assert (np.diff(shown.get_array(), axis=1) > 0.5).all()
    assert np.allclose(np.diff(shown.get_array(), axis=0), 0.01, atol=1e-4)


def test_of_several_songs_the_first_stands_for_its_shape():
    rows = explained("sine", WEIGHTS, 0.1, song="aa") + explained("sine", WEIGHTS, 0.2, song="a", case=1)
    excerpts = [excerpt("sine", "aa"), excerpt("sine", "a", case=1)]
    assert draw(material(rows, ["lime"], excerpts)).axes[2].get_title() == "lime\nfidelity 0.20"


def test_an_explanation_that_is_missing_is_marked():
    rows = [*explained("sine", WEIGHTS), *explained("blob", WEIGHTS, explainer="rise")]
    panels = draw(material(rows, ["lime", "rise"], [excerpt("sine"), excerpt("blob")])).axes
    assert panels[2].get_title() == "lime\nno weights"


def test_without_excerpts_or_explanations_or_on_other_segments_there_is_no_figure():
    rows, excerpts = explained("sine", WEIGHTS), [excerpt("sine")]
    assert draw(material(rows, ["lime"])) is None
    assert draw(material(rows, ["lime"], [excerpt("", attack="waveform")])) is None
    assert draw(material(rows, ["rise"], excerpts)) is None
    assert draw(material(explained("sine", WEIGHTS[:8]), ["lime"], excerpts)) is None
