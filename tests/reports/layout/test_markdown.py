import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from veracity_bench.printable import printable
from veracity_bench.reports.layout.markdown import label, plain, table
from veracity_bench.reports.page.hypertext import inline


@given(st.text())
@example("*oracle* __x__ `code` <b> [a](javascript:b) a|b \\| \\\\ &lt; $x$ ~~y~~ \x1b[1m")
def test_the_page_shows_a_text_of_others_as_it_is(text):
    shown = inline(plain(text))
    assert "<" not in shown
    assert unescape(shown) == printable(" ".join(text.split()))


@given(st.lists(st.text(), min_size=1, max_size=3))
@example(["a|b", "\\|", "\\"])
def test_no_text_leaves_its_cell(texts):
    lines = table(list(map(plain, texts)), [[*map(plain, texts)]]).split("\n")
    assert len(lines) == 3
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} == {len(texts) + 1}


@pytest.mark.parametrize("name", ["*oracle*", "_oracle_", "<i>oracle</i>"])
def test_no_explainer_passes_for_a_reference(name):
    assert inline(label("oracle")) == "<em>oracle</em>"
    assert "<" not in inline(label(name))


def test_ordinary_names_stay_as_they_are():
    for name in ("kernel-shap", "my_module:my_explainer(output='logit')", "a_b.c_d:e", "R&D"):
        assert label(name) == name
