import pytest
from boards import cells, row

from veracity_bench.reports.measurements.records import table
from veracity_bench.reports.sections.fidelity import right_and_wrong


def judged(found, fidelities, **coordinates):
    return [
        *(row("found", value, 1, case=case, **coordinates) for case, value in enumerate(found)),
        *(row("fidelity", value, 1, case=case, **coordinates) for case, value in enumerate(fidelities)),
    ]


def parts(rows):
    shown = right_and_wrong(table(rows))
    return {part.split("\n")[0].strip("# "): cells(part) for part in shown.split("\n\n### ")}


def test_fidelity_is_split_by_whether_the_explanation_is_right():
    """Of six pairs, the right one has the larger fidelity in two: 0.8 beside 0.5 and 0.7."""
    rows = [
        *judged([1, 1, 1, 0, 0], [0.2, 0.4, 0.8, 0.5, 0.7]),
        row("fidelity", 0.9, 1, case=9),  # no such localisation
        row("fidelity", 0.1, 0, case=0),  # of the full perturbation
        row("found", 1, 1, explainer="other"),
    ]
    shown = parts(rows)
    assert list(shown) == ["no sing to sing"]
    assert shown["no sing to sing"]["lime"] == ["0.40 [0.30, 0.60]", "3", "0.60 [0.55, 0.65]", "2", "0.33"]
    assert "other" not in shown["no sing to sing"]


@pytest.mark.parametrize(("fidelities", "area"), [([0.9, 0.1], "1.00"), ([0.5, 0.5], "0.50"), ([0.1, 0.9], "0.00")])
def test_the_area_of_perfect_useless_and_inverted_fidelity(fidelities, area):
    rows = [measure for song in "ab" for measure in judged([1, 0], fidelities, song=song)]
    assert parts(rows)["no sing to sing"]["lime"][-1] == f"{area} [{area}, {area}]"


def test_without_a_wrong_one_there_is_no_area():
    assert parts(judged([1, 1], [0.9, 0.8]))["no sing to sing"]["lime"][2:] == ["-", "0", "-"]


def test_both_directions_are_shown_and_the_papers_numbers_beside_lime_in_its_own():
    rows = [*judged([1, 0], [0.9, 0.8]), *judged([1, 0], [0.9, 0.8], setting=(1, 1))]
    shown = parts(rows)
    assert list(shown["no sing to sing"])[1:] == ["lime", "lime, paper, waveform", "lime, paper, spectrogram"]
    assert shown["no sing to sing"]["lime, paper, waveform"] == [
        "0.71 [0.65, 0.81]",
        "13",
        "0.68 [0.63, 0.70]",
        "19",
        "-",
    ]
    assert list(shown["sing to no sing"])[1:] == ["lime"]


def test_without_planted_segments_there_is_nothing_to_show():
    assert right_and_wrong(table([row("fidelity", 0.5)])) == "-"
