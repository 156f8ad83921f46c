import pytest
from boards import curve, material

from veracity_bench.reports.layout.section import Section

FLIPS = material(curve("lime", [0, 1, 1, 1]))


@pytest.mark.parametrize(
    ("introduction", "body"),
    [
        ("Of {n} segments.", "Of 4 segments.\n\ntable"),
        (lambda material: f"{len(material.records)} records {{n}}.", "4 records {n}.\n\ntable"),
        ("", "table"),
    ],
)
def test_a_table_stands_below_its_introduction(introduction, body):
    assert Section("title", introduction, lambda material: "table").body(FLIPS) == body


def test_a_section_without_a_table_is_left_out():
    assert Section("title", "introduction", lambda material: "-").body(FLIPS) == ""
