import pytest

from veracity_bench.reports.measurements.columns import COLUMNS
from veracity_bench.reports.measurements.metrics import catalogue
from veracity_bench.reports.schema import main, render


def test_every_column_and_metric_is_documented_once():
    names = [line.split("|")[1].strip() for line in render().splitlines() if line.startswith("|")]
    assert all(names.count(name) == 1 for name in catalogue())
    assert all(name in names for name in COLUMNS)


def test_the_command_writes_the_page_and_checks_it(tmp_path):
    file = tmp_path / "docs" / "records.md"
    with pytest.raises(SystemExit, match=r"records\.md is not what veracity-bench schema .*records\.md writes"):
        main([str(file), "--check"])
    assert not file.exists()
    main([str(file)])
    main([str(file), "--check"])
    assert file.read_text(encoding="utf-8") == render()
    file.write_text("old")
    with pytest.raises(SystemExit, match="is not what"):
        main([str(file), "--check"])
