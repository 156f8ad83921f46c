from boards import bounds, cells, curve, material, row, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.contrastive import contrastive


def contrast(explainer, flips, found=(), distance=0.5, correlation=0.5, **coordinates):
    """Flip at k = 1, 2, .., find so many of 1, 3, 5 planted segments."""
    place = {"explainer": explainer, "experiment": "contrastive", **coordinates}
    return [
        *(row("contrastive_flip", flip, k, **place) for k, flip in enumerate(flips, 1)),
        *(row("contrastive_found", many, k, **place) for k, many in zip((1, 3, 5), found, strict=False)),
        row("contrastive_distance", distance, **place),
        row("contrastive_correlation", correlation, **place),
    ]


def test_both_questions_beside_each_other_at_small_k():
    """The oracle flips always; chance has 0, 1/4, 1/2, so 9/4 are to gain: of 1 + 3/4 + 1/2, and of -1/4 + 1/2.

    What happens at k = 4 does not count.
    """
    rows = [
        *bounds([1, 1, 1, 1], [0, 0.25, 0.5, 0.5]),
        *curve("saliency", [0, 0, 1, 0]),
        *contrast("saliency", [0, 0, 0, 1], [0, 1, 2], 1, -0.25),
        *curve("lime", [0, 0, 1, 0]),
        *contrast("lime", [1, 1, 1, 0], [1, 3, 4], 0.125),
        *contrast("exact-lime", [0, 1, 1, 1]),
    ]
    assert cells(contrastive(material(rows))) == {
        "explainer": [
            "k = 1..3", "no sing to sing", "sing to no sing", "with the run's baseline",
            "loc@1", "loc@3", "loc@5", "distance", "correlation",
        ],
        "lime": ["100", "100", "-", "11", "100", "100", "80", "0.12", "0.50"],
        "*exact-lime*": ["56", "56", "-", "-", "-", "-", "-", "0.50", "0.50"],
        "saliency": ["-33", "-33", "-", "11", "0", "33", "40", "1.00", "-0.25"],
    }  # fmt: skip


def test_without_bounds_the_rest_is_shown():
    assert cells(contrastive(material(contrast("lime", [1, 0], [1]))))["lime"] == [
        "-", "-", "-", "-", "100", "-", "-", "0.50", "0.50"
    ]  # fmt: skip


def test_the_board_states_what_the_baseline_reveals():
    text = section(render(table(contrast("lime", [1, 0, 1])), {}), "The contrastive question")
    assert "reveals the perturbation" in text
    assert "**k = 1..3**" in text


def test_where_nothing_was_measured_there_is_nothing_to_show():
    assert contrastive(material(curve("lime", [1]))) == "-"
