"""Documents name files, options and explainers that there are."""

import re
from dataclasses import fields
from pathlib import Path
from pkgutil import resolve_name

import pytest

from veracity_bench.explainers.contract.catalogue import BUILT_IN
from veracity_bench.fixtures.run.options import add_options

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", *(f"docs/{page.name}" for page in ROOT.glob("docs/*.md")))
]
ROOMS = ("benchmarks", "docs", "examples", "explainers", "fixtures", "models", "reports", "tests")
WRITTEN_BY_RUNS = ("reports/latest", "reports/old", "explainers/both_ends.py", "models/cnn.py")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_between_backticks_are_those_of_files(page):
    named = re.findall(rf"`((?:{'|'.join(ROOMS)})/[\w./-]*)`", page.read_text(encoding="utf-8"))
    missing = [name for name in named if not (ROOT / name).exists() and not name.startswith(WRITTEN_BY_RUNS)]
    assert missing == []


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 200


def test_the_page_of_options_holds_each_of_a_run_and_no_other():
    class Group:
        options = ("--report-dir",)  # of reports

        def addoption(self, name, **settings):
            self.options = (*self.options, name)

    group = Group()
    add_options(group)
    page = (ROOT / "docs" / "options.md").read_text(encoding="utf-8").partition("## Exit status")[0]
    assert set(re.findall(r"`(--[a-z-]+)", page)) - {"--help"} == set(group.options)


@pytest.mark.parametrize("entry", BUILT_IN, ids=lambda entry: entry.name)
def test_the_page_of_explainers_has_their_source_and_settings(entry):
    page = (ROOT / "docs" / "explainers.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| `{entry.name}` |")]
    _, _, library, source, settings, _ = [cell.strip() for cell in row.strip("|").split("|")]
    own = [field for field in fields(resolve_name(entry.target)) if field.name != "output"]
    assert (library, source) == (entry.library or "-", entry.reference)
    assert settings == (", ".join(f"`{field.name}={field.default!r}`" for field in own) or "-")
