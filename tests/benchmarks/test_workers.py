"""Whole runs in several workers, and one that is killed: their boards are those of an undisturbed run."""

import re
import subprocess
import time

from tiny_run import ALL, benchmark, command


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


def test_a_run_killed_among_its_attacks_goes_on_and_ends_with_the_same_board(run, shared_corpus_folder, tmp_path):
    options = ["--detector", "toys:layered", "-n", "0", *ALL]
    process = subprocess.Popen(**command(shared_corpus_folder, tmp_path, *options), stdout=subprocess.DEVNULL)
    while not list((tmp_path / "cache").glob("cases/*/checksums.json")):
        assert process.poll() is None, "the run ended before it was killed"
        time.sleep(0.01)
    process.kill()
    process.wait(timeout=30)
    assert not (tmp_path / "report").exists()
    assert benchmark(shared_corpus_folder, tmp_path, *options).returncode == 0
    assert board_without_time(tmp_path) == board_without_time(run[1])
