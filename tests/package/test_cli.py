import warnings
from pathlib import Path

import pytest

import veracity_bench
from veracity_bench.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]


def status(*arguments):
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    return stopped.value.code or 0


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_all_commands_are_listed(arguments, capsys):
    main(arguments)
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown and command.help in shown for name, command in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_under_its_own_name(name, capsys):
    assert status(name, "--help") == 0
    assert f"usage: veracity-bench {name} " in capsys.readouterr().out


def test_the_help_of_a_run_has_the_options_of_both_plugins(capsys):
    status("run", "--help")
    shown = capsys.readouterr().out
    assert "--corpus" in shown
    assert "--report-dir" in shown


def test_a_wrong_option_of_a_run_is_charged_to_the_command(capsys):
    assert status("run", "--cases", "few") == 4
    shown = capsys.readouterr().err
    assert "\nveracity-bench run: error: argument --cases: 'few' is no whole number" in shown
    assert "pytest" not in shown.partition("inifile")[0]


def test_a_name_that_check_does_not_know_is_one_sentence():
    assert "no explainer is called 'nosuch'" in status("check", "nosuch")


def test_a_command_that_does_not_exist_is_named(capsys):
    assert status("bord") == 2
    assert "no command 'bord'" in capsys.readouterr().err


def test_an_interrupted_command_has_no_traceback(capsys, monkeypatch):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("veracity_bench.reports.leaderboard.main", interrupted)
    assert status("board", "run") == 130
    assert capsys.readouterr().err == "veracity-bench board was interrupted\n"


def test_a_warning_is_its_sentence_alone(capsys, monkeypatch):
    monkeypatch.setattr("veracity_bench.reports.leaderboard.main", lambda _: warnings.warn("it is so", stacklevel=1))
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert status("board", "run") == 0
    assert capsys.readouterr().err == "it is so\n"


def test_the_version_comes_from_one_place(capsys):
    main(["--version"])
    assert capsys.readouterr().out == f"veracity-bench {veracity_bench.__version__}\n"
    assert f"\nversion: {veracity_bench.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_a_board_is_rendered_from_a_published_run(capsys):
    run = ROOT / "reports" / "published" / "synthetic-confidence-0"
    assert status("board", str(run)) == 0
    published = (run / "leaderboard.md").read_text(encoding="utf-8")
    without_figures = "\n\n".join(part for part in published.split("\n\n") if not part.startswith("!["))
    assert capsys.readouterr().out == without_figures
