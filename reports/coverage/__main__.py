"""Print the tables of docs/statistics.md: ``python -m veracity_bench.reports.coverage``."""

from veracity_bench.reports.coverage.tables import report

if __name__ == "__main__":
    print(report())
