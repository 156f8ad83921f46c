import campaign_table
import pytest
from judgement import Outcome


class Kind:
    def __init__(self, name):
        self.NAME, self.MEANS = name, f"All {name} end well."


@pytest.fixture
def page(tmp_path, monkeypatch):
    page = tmp_path / "campaign.md"
    page.write_text("# It\n\n<!-- results of make campaign -->\n\nnone\n\n<!-- end -->\n\nMore.\n")
    monkeypatch.setattr(campaign_table, "PAGE", page)
    return page


def test_a_kind_replaces_its_own_row_and_faults_and_leaves_the_others(page):
    kinds = kills, disks = Kind("kills"), Kind("full disks")
    campaign_table.write(kinds, disks, [Outcome("cache, 9 kB", "no\nrecords"), Outcome("cache, 8 kB", "")], seed=3)
    assert "| full disks | 2 | 1 | 1 | 3 |" in page.read_text()
    assert "- full disks, cache, 9 kB: no records" in page.read_text()
    campaign_table.write(kinds, kills, [Outcome("KILL", "")], seed=4)
    campaign_table.write(kinds, kills, [Outcome("KILL", ""), Outcome("TERM", "")], seed=5)
    text = page.read_text()
    assert text.count("| kills |") == 1
    assert text.index("| kills | 2 | 2 | 0 | 5 |") < text.index("| full disks | 2 | 1 | 1 | 3 |"), "in order of kinds"
    assert text.count("- full disks, cache, 9 kB: no records") == 1
    assert "- **kills**: All kills end well." in text
    assert text.startswith("# It\n")
    assert text.endswith("<!-- end -->\n\nMore.\n")
    campaign_table.write(kinds, disks, [Outcome("cache, 9 kB", "")], seed=6)
    assert "Failed:" not in page.read_text()
