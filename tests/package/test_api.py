"""The library is what its page shows: every documented call is executed."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import veracity_bench

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "api.md"


def test_the_examples_of_the_page_are_right(tmp_path):
    names = {"PUBLISHED": ROOT / "reports" / "published", "HERE": tmp_path}
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, extraglobs=names)
    assert tried > 20
    assert failed == 0
    assert (tmp_path / "curves.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("name", veracity_bench.__all__)
def test_every_public_name_is_there_and_on_the_page(name):
    assert getattr(veracity_bench, name) is not None
    assert re.search(rf"\bvb\.{name}\b|`{name}`", PAGE.read_text(encoding="utf-8"))


def test_a_name_that_is_not_public_is_none_of_the_package():
    with pytest.raises(AttributeError, match="has no attribute 'cnn'"):
        veracity_bench.cnn  # noqa: B018


def test_the_package_itself_imports_nothing_slow():
    code = "import sys, veracity_bench; print({'torch', 'pytest', 'pandas'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_the_library_needs_no_pytest():
    code = "import sys, veracity_bench as vb; [getattr(vb, n) for n in vb.__all__]; print('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
