from boards import cells, curve, failure, row, section

from veracity_bench.reports.leaderboard import render
from veracity_bench.reports.measurements.records import table


def ceilings(rows):
    named = cells(section(render(table(rows), {}), "Upper bound of localisation"))
    assert named.pop("planted segments") == ["1", "3", "5"]
    return named


def found(k, value, explainer="lime", **coordinates):
    return row("found", value, k, explainer=explainer, experiment="localisation", **coordinates)


def fact(metric, k, value, **coordinates):
    return row(metric, value, k, explainer="", experiment="oracle", **coordinates)


def test_each_number_of_segments_has_its_ceiling():
    """Of 3 planted segments 2 and 1 are pivotal: expect 2 + 1/18 and 1 + 4/19 of them, (2.056 + 1.211) / 6 = 54 %."""
    rows = [
        *(fact("needed", 3, value, case=case) for case, value in enumerate([1, 0])),
        *(fact("pivotal", 3, value, case=case) for case, value in enumerate([2, 1])),
        *(fact("ceiling", 3, m + (3 - m) ** 2 / (20 - m), case=case) for case, m in enumerate([2, 1])),
        *(found(3, value, case=case) for case, value in enumerate([3, 1])),
        *(found(3, 9 / 20, "random", case=case) for case in range(2)),
        fact("needed", 1, 1),
        fact("pivotal", 1, 1),
        fact("ceiling", 1, 1),
        found(1, 0),
    ]
    assert ceilings(rows) == {
        "excerpts": ["1", "2", "0"],
        "chance": ["5", "15", "25"],
        "needed": ["100", "17", "-"],
        "pivotal": ["100", "50", "-"],
        "ceiling": ["100", "54", "-"],
        "lime": ["0", "67", "-"],
    }


def test_chance_depends_on_the_number_of_segments():
    """Of 8 segments chance finds k / 8 of k planted ones."""
    rows = [*curve("random", [0.5] * 8), found(1, 1)]
    assert ceilings(rows)["chance"] == ["12.5", "37.5", "62.5"]


def test_excerpts_count_once_whoever_was_asked():
    rows = [
        *(found(5, 1, explainer, song=song) for explainer in ("lime", "shap") for song in "ab"),
        found(5, 1, "shap", condition=(1, 0)),
        failure("lime", "boom", case=1),
    ]
    named = ceilings(rows)
    assert named["excerpts"] == ["0", "0", "3"]
    assert "ceiling" not in named


def test_who_was_asked_stands_beside_the_ceiling_references_last_and_chance_once():
    explainers = ("random", "delta-norm", "lime", "shap")
    rows = [*(found(1, 1, name) for name in explainers), *curve("delta-norm", [1]), *curve("untested", [0, 1])]
    assert list(ceilings(rows)) == ["excerpts", "chance", "lime", "shap", "*delta-norm*"]


def test_what_is_not_known_of_the_planted_segments_is_not_talked_of():
    rows = [found(1, 1), *curve("random", [0, 1])]
    assert "pivotal" not in section(render(table(rows), {}), "Upper bound of localisation")
    assert "pivotal" in section(render(table([*rows, *curve("oracle", [1, 1])]), {}), "Upper bound of localisation")
