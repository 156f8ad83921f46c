"""A whole run in several workers: its board is that of a run without. Runs that are killed are in tests/campaign."""

import re

from tiny_run import ALL, benchmark


def board_without_time(out):
    """The board without its column of seconds and its section on timing."""
    board = (out / "report" / "leaderboard.md").read_text(encoding="utf-8").split("## Timing")[0]
    rows = [line.split("|") for line in board.splitlines()]
    seconds = {i for row in rows for i, cell in enumerate(row) if "seconds" in cell}
    assert seconds, "the board has no column of seconds"
    return "\n".join("|".join(c for i, c in enumerate(row) if i not in seconds or len(row) < 3) for row in rows)


def test_two_workers_give_the_same_board(run, shared_corpus_folder, tmp_path):
    finished = benchmark(shared_corpus_folder, tmp_path, "--detector", "toys:layered", "-n", "2", "-v", *ALL)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert board_without_time(tmp_path) == board_without_time(run[1])
    # xdist 3.8 does not keep groups together under pytest 9.2, without a warning.
    ran = re.findall(r"\[(gw\d)\].* (?:PASSED|SKIPPED) .*\[(\w+-\w+-[cd])[-\]]", finished.stdout)
    assert len(set(ran)) == len({place for _, place in ran}) == 10, "a song's items went to several workers"
    assert {worker for worker, _ in ran} == {"gw0", "gw1"}
