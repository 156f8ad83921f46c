from veracity_bench.reports.layout.fitting import folded, narrowed
from veracity_bench.reports.layout.tables import Table

HEADERS = ["explainer", "mean flip", "loc@1", "queries", "flags"]
SCORES = Table("", HEADERS, [["lime", "64 [0, 100]", "-", "1024", "-"], ["rise", "60 [0, 100]", "-", "1024", "fooled"]])


def test_columns_without_a_number_are_left_out():
    assert narrowed(SCORES, 100).splitlines() == [
        "explainer      mean flip    queries    flags",
        "-----------  -----------  ---------  -------",
        "lime         64 [0, 100]       1024        -",
        "rise         60 [0, 100]       1024   fooled",
    ]


def test_what_has_no_room_is_named_and_a_warning_has_room_first():
    *table, note = narrowed(SCORES, 34, kept=("flags",)).splitlines()
    assert note == "No room for: queries."
    assert table[0].split() == ["explainer", "mean", "flip", "flags"]
    assert max(map(len, table)) <= 34


def test_nothing_is_shown_of_a_table_without_any_number():
    assert narrowed(Table("", HEADERS, [["lime", "-", "-", "-", "-"]]), 80) == ""


def test_long_texts_are_broken_to_fit():
    reason = "explainer lime raised ValueError: " + "a cow jumped over the moon, and " * 4
    table = Table("", ["explainer", "experiments", "times", "reason"], [["lime", "flip_at_k, sanity", "3", reason]])
    lines = folded(table, 64).splitlines()
    assert max(map(len, lines)) <= 64
    assert len(lines) > 4
    assert len(folded(table, 400).splitlines()) == 3
