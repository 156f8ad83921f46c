from boards import bounds, cells, curve, material, row

from veracity_bench.reports.sections.normalised_flip import by_k, draw

BOUNDS = [
    line for song in "ab" for name, flip in (("oracle", 1), ("random", 0)) for line in curve(name, [flip], song=song)
]


def rows(name, *by_song):
    return [line for song, flip in zip("ab", by_song, strict=False) for line in curve(name, [flip], song=song)]


def points(axes):
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    drawn = {line.get_ydata()[0]: line.get_xdata()[0] for line in axes.get_lines() if len(line.get_xdata()) == 1}
    return {names[place]: drawn[place] for place in sorted(drawn)}


def test_the_table_pools_the_conditions_at_each_k():
    """At k = 1 a gain of 1/2 of 1/2 in one condition, a loss of 1/4 of 3/4 in the other; at k = 2 all of 1/2.

    At k = 3 chance flips, too; at k = 4, all segments, it must.
    """
    rows = [
        *curve("lime", [1, 1, 1, 1]),
        *bounds([1, 1, 1, 1], [0.5, 0.5, 1, 1]),
        *curve("lime", [0], condition=(1, 1)),
        *bounds([1], [0.25], condition=(1, 1)),
        row("found", 1, 1, explainer="shap"),
    ]
    assert cells(by_k(material(rows))) == {
        "k": ["1", "2", "3"],
        "*oracle*": ["100", "100", "-"],
        "lime": ["20", "100", "-"],
        "*random*": ["0", "0", "-"],
    }


def test_the_best_stands_first_between_chance_and_the_oracle():
    known = [*BOUNDS, *rows("b", 0, 0), *rows("a", 0, 1), *rows("exact-lime", 1, 1), *rows("delta-norm", 1, 0.5)]
    axes = draw(material(known, ["a"])).axes[0]
    assert list(points(axes).items()) == [("exact-lime", 1), ("a", 0.5), ("b", 0)]
    assert [tick.get_fontstyle() for tick in axes.get_yticklabels()] == ["italic", "normal", "normal"]
    assert {text.get_text(): text.xy[0] for text in axes.texts} == {"random": 0, "delta-norm": 0.75, "oracle": 1}
    low, high = axes.get_ylim()
    assert low > high  # the first row is the uppermost


def test_two_songs_that_disagree_leave_all_open():
    axes = draw(material([*BOUNDS, *rows("a", 0, 1)])).axes[0]
    (interval,) = axes.collections[0].get_segments()
    assert interval[:, 0].tolist() == [-1, 1]


def test_one_song_alone_has_no_interval():
    axes = draw(material([*BOUNDS, *rows("a", 1)])).axes[0]
    assert points(axes) == {"a": 1}
    assert not axes.collections


def test_without_bounds_or_explainers_there_is_no_figure():
    assert draw(material(rows("a", 0, 1))) is None
    assert draw(material(BOUNDS)) is None
